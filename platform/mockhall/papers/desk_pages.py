"""The page of a test at the desk, which each of its forms comes back to: after a change, or with what was refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.bank.queries import subjects
from mockhall.papers import accommodations, desk, desk_access, desk_base, desk_rules, desk_views
from mockhall.papers.desk_checks import Checks, checks
from mockhall.papers.desk_differences import Conflict, differences
from mockhall.papers.desk_rules import Rules
from mockhall.papers.desk_schemes import meaning_of
from mockhall.papers.desk_section_forms import SectionForm, form_of
from mockhall.papers.desk_section_verbs import NotSaidRightError
from mockhall.papers.desk_starts import STARTS, is_short
from mockhall.papers.desk_undo import Undoing
from mockhall.papers.desk_views import Board
from mockhall.papers.queries import Shown
from mockhall.web.pages import json_reply, redirect, render, wants_fragment, wants_json


@dataclass(frozen=True)
class Says:
    """What the page of a test says beside the test: why something was refused, or what it asks or offers."""

    trouble: str = ""
    publishing: bool = False
    deleting: bool = False
    theirs: Sequence[Conflict] | None = None  # rules that stand differently in the form and in the test
    closing: int | None = None  # so many sit it now, and what was sent would end it
    undoing: Undoing | None = None  # that was an undo
    undo: bool = False  # the last change can be taken back
    undone: bool = False  # it was one that took another back


NOTHING = Says()
NAMES = [each.name for each in fields(Says)]


def checked(request: Request, db: Session, board: Board, cohorts: Sequence[desk_access.Offered]) -> Checks:
    """What is to be looked at before it is published."""
    left = sum(each.is_chosen and not each.is_archived for each in cohorts)
    return checks(db, board, left, request.app.state.clock(), is_staff=_is_for_staff(request))


def _is_for_staff(request: Request) -> bool:
    """May who looks see whose accommodations there are?"""
    viewer = getattr(request.state, "person", None)
    return viewer is not None and viewer.can_report


def changed(
    request: Request, db: Session, shown: Shown, began_from: int | None, change: Callable[[], str], anchor: str = "",
    section: SectionForm | None = None, stale: str = desk.STALE, undone: bool = False,
) -> Response:  # fmt: skip
    """Make a change and go back to the paper, which offers to take it back; or show it with the reason why nothing was
    changed. `undone`: it was one that takes another back."""
    before, is_script = shown.paper.version, wants_json(request)
    try:
        desk.check_version(shown, began_from, stale)
        said = change()
    except desk.CannotDoError as refused:
        if is_script:
            reason = "refused" if began_from in {None, before} else "stale"
            return json_reply({"reason": reason, "text": refused.text}, 409)
        return paper_page(request, db, shown, 409, Says(refused.text), section=section)
    except NotSaidRightError:
        if is_script:
            return json_reply({"reason": "fields", "fields": section.errors if section else {}}, 422)
        return paper_page(request, db, shown, 422, Says(publishing=section is None), section=section)
    is_new = shown.paper.version != before
    if is_script:
        return json_reply({"said": said, "version": shown.paper.version, "changed": is_new})
    made = f"?changed={shown.paper.version}{'&undone=1' if undone else ''}" if is_new else ""
    return redirect(request, f"/desk/papers/{shown.paper.slug}{made}{anchor}", said)


def looked_at(request: Request, db: Session, rules: Rules, shown: Shown | None = None) -> Response:
    """What the marks in the form mean, or what candidates see and when: to htmx that alone, else in the form as it was
    typed. Nothing is stored."""
    if not wants_fragment(request):
        return paper_page(request, db, shown, rules=rules) if shown else new_page(request, db, rules)
    if rules.then != "meaning":
        return render(request, "papers_desk/_reveal_words.html", reveal=rules.table)
    board = desk_views.board(db, shown) if shown else None
    meaning = meaning_of(rules.typed, shown.version.scheme if shown else None, board)
    return render(request, "papers_desk/_meaning.html", meaning=meaning, rules=rules)


def new_page(request: Request, db: Session, rules: Rules) -> Response:
    """The form of a new test, short, or with all rules where a script's can't be read and no field says so."""
    status = 422 if rules.errors else 200
    context = {"subjects": subjects(db), "rules": rules, "starts": STARTS, "is_short": is_short(rules)}
    if not context["is_short"]:
        context |= {"cohorts": desk_access.offered(db, None), "meaning": meaning_of(rules.typed, None, None)}
    return render(request, "papers_desk/new.html", status, **context)


def conflict_page(request: Request, db: Session, shown: Shown, rules: Rules) -> Response:
    """Rules written over an older version: what differs, and the form as it was typed, to be saved knowingly."""
    cohorts = desk_access.offered(db, shown.version)
    stored = desk_rules.rules_of_paper(shown, request.app.state.settings.timezone, cohorts)
    mine, base = replace(rules, version=shown.paper.version), _base(request, db, shown, rules)
    return paper_page(request, db, shown, 409, Says(theirs=differences(stored, mine, cohorts, base)), rules=mine)


def is_behind(request: Request, db: Session, shown: Shown, rules: Rules) -> bool:
    """Were the rules changed since the version the form began from? What stands in the sections is none of them."""
    if rules.version in {None, shown.paper.version}:
        return False
    base, zone = _base(request, db, shown, rules), request.app.state.settings.timezone
    stored = desk_rules.rules_of_paper(shown, zone, desk_access.offered(db, shown.version))
    return base is None or not base.says_the_same(stored)


def _base(request: Request, db: Session, shown: Shown, rules: Rules) -> desk_base.Base | None:
    return desk_base.base_of(db, shown, rules.version or 0, request.app.state.settings.timezone)


def closing_page(
    request: Request, db: Session, shown: Shown, rules: Rules | None = None, undoing: Undoing | None = None
) -> Response:  # fmt: skip
    """A closing time that is over, saved or brought back by an undo: what it does, and the way to do it knowingly."""
    _, sitting = request.app.state.started_in(db, shown.paper)
    if wants_json(request):
        text = "It would close at once. Send sure=1 if that is meant."
        return json_reply({"reason": "closes_now", "text": text, "sitting": sitting}, 409)
    return paper_page(request, db, shown, 409, Says(closing=sitting, undoing=undoing), rules=rules)


def paper_page(
    request: Request, db: Session, shown: Shown, status: int = 200, says: Says = NOTHING, rules: Rules | None = None,
    section: SectionForm | None = None,
) -> Response:  # fmt: skip
    """The paper as it stands, with a form that was refused as it was typed; to htmx the board and the rules."""
    board, fragment = desk_views.board(db, shown), wants_fragment(request)
    forms = {part.section.position: form_of(part.section) for part in board.parts}
    forms |= {section.position: section} if section and section.position in forms else {}
    cohorts = desk_access.offered(db, shown.version)
    context = {name: getattr(says, name) for name in NAMES}
    context |= {"board": board, "is_fragment": fragment, "forms": forms, "subjects": subjects(db), "cohorts": cohorts}
    context |= {"checks": checked(request, db, board, cohorts), "rules_typed": rules is not None}
    rules = rules or desk_rules.rules_of_paper(shown, request.app.state.settings.timezone, cohorts)
    context |= {"rules": rules, "meaning": meaning_of(rules.typed, shown.version.scheme, board)}
    if fragment:
        return render(request, "papers_desk/board_response.htmx.html", status, **context)
    is_staff = _is_for_staff(request)
    context["given"] = accommodations.given(db, shown.paper, shown.version) if is_staff else None
    context["accommodated"] = 0 if is_staff else accommodations.count(db, shown.paper)
    errors = rules.errors | (section.errors if section else {})
    return render(request, "papers_desk/paper.html", status, errors=errors, **context)
