"""HTTP of the desk of papers: list, one paper with its questions, where a question is used."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.accounts.access import Desk, Editor, EditorForUpdate
from mockhall.bank.access import EditableQuestion, find_question
from mockhall.bank.queries import subjects
from mockhall.db import Reading, Writing
from mockhall.papers import desk, desk_forms, desk_put, desk_put_routes, desk_rules, desk_sections, desk_views
from mockhall.papers.desk_forms import EditablePaper, EditablePaperForUpdate, Pressed
from mockhall.papers.desk_rules import Rules, SentRules
from mockhall.papers.desk_schemes import meaning_of
from mockhall.papers.desk_section_forms import SectionForm, SentSection, form_of
from mockhall.papers.desk_section_verbs import SECTION_VERBS, NotSaidRightError
from mockhall.papers.models import PaperStatus
from mockhall.papers.queries import Shown
from mockhall.web.errors import Refused
from mockhall.web.now import Now
from mockhall.web.pages import redirect, render, wants_fragment

router = APIRouter(routes=desk_put_routes.router.routes)  # first: its address would be taken for a paper's
UNKNOWN = "This form has a button that isn't known here, so nothing was changed. Reload the page and try again."
STATUSES = {"publish": PaperStatus.PUBLISHED, "withdraw": PaperStatus.WITHDRAWN}

# The form comes first in each signature: a slow upload must not hold the session, which on SQLite is the one writer's.


@router.get("/desk/papers")
def papers(request: Request, db: Reading, _person: Desk) -> Response:
    """All tests with what each role can do on them."""
    return render(request, "papers_desk/papers.html", papers=desk_views.papers(db))


@router.get("/desk/papers/new")
def new_paper(request: Request, db: Reading, _person: Editor) -> Response:
    """The form of a new test."""
    return _new_page(request, db, desk_rules.blank_rules(request.app.state.settings.timezone))


@router.post("/desk/papers")
def create_paper(rules: SentRules, request: Request, db: Writing, person: EditorForUpdate, now: Now) -> Response:
    """Store a new test as a draft; or show what the marks in its form mean."""
    if rules.then == "meaning":
        return _meaning(request, db, rules)
    values = desk_rules.read_rules(rules)
    if rules.errors:
        return _new_page(request, db, rules)
    paper = desk.create(db, rules.subject, values, person, now)
    return redirect(request, f"/desk/papers/{paper.slug}", "The test is a draft. Put questions in, then publish it.")


@router.get("/desk/papers/uses/{code}")
def uses(request: Request, db: Reading, question: EditableQuestion, paper: str = "") -> Response:
    """The tests that hold a question, and a form that puts it into another."""
    template = "papers_desk/_uses.html" if wants_fragment(request) else "papers_desk/uses.html"
    return render(request, template, uses=desk_views.uses(db, question, paper))


@router.get("/desk/papers/{slug}")
def paper(request: Request, db: Reading, shown: EditablePaper) -> Response:
    """A test with its sections and questions."""
    return _paper_page(request, db, shown)


@router.post("/desk/papers/{slug}")
def edit_paper(
    rules: SentRules, request: Request, db: Writing, shown: EditablePaperForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """Title, time, marking: a new version for those who start from now on; or what the marks in the form mean."""
    if rules.then == "meaning":
        return _meaning(request, db, rules, shown)
    values = desk_rules.read_rules(rules, shown.version)
    if rules.errors:
        return _paper_page(request, db, shown, 422, rules=rules)

    def change() -> str:
        desk.edit_rules(db, shown, rules.subject, values, person, now)
        return "Saved. Running attempts keep the rules they began with."

    return _changed(request, db, shown, rules.version, change)


@router.post("/desk/papers/{slug}/questions")
def put_question(
    form: Pressed, request: Request, db: Writing, shown: EditablePaperForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """Put a question into a section, or several at once, all or none."""

    def change() -> str:
        if len(form.questions) > 1:
            return desk_put.put_all(db, shown, form.questions, form.section, person, now)
        question = find_question(db, form.question)
        if question is None:
            raise desk.CannotDoError("There is no question with this code. Copy it from the question's page.")
        title = desk.put(db, shown, question, form.section, person, now)
        return f"Put into “{title}”. Running attempts keep the questions they began with."

    return _changed(request, db, shown, form.version, change, "" if len(form.questions) > 1 else f"#q-{form.question}")


@router.post("/desk/papers/{slug}/questions/{code}")
def change_question(
    form: Pressed, code: str, request: Request, db: Writing, shown: EditablePaperForUpdate, person: EditorForUpdate,
    now: Now,
) -> Response:  # fmt: skip
    """Move a question, take it out, or use its newest version."""
    if form.then not in desk.QUESTION_VERBS or "\0" in code:
        raise Refused(422, "nonsense", UNKNOWN)
    return _changed(
        request, db, shown, form.version,
        lambda: desk.change_question(db, shown, code, form.then, person, now), f"#q-{code}",
    )  # fmt: skip


@router.post("/desk/papers/{slug}/newest")
def use_newest(
    form: Pressed, request: Request, db: Writing, shown: EditablePaperForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """The newest version of every question."""

    def change() -> str:
        renewed = desk.use_newest(db, shown, person, now)
        return f"{renewed} brought up to date." if renewed else "Every question was the newest already."

    return _changed(request, db, shown, form.version, change)


@router.post("/desk/papers/{slug}/sections")
def add_section(
    form: Pressed, request: Request, db: Writing, shown: EditablePaperForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """Another section at the end."""

    def change() -> str:
        desk_sections.add_section(db, shown, _title(form.title), person, now)
        return "The section is there. Put questions into it."

    return _changed(request, db, shown, form.version, change)


@router.post("/desk/papers/{slug}/sections/{position}")
def change_section(
    form: SentSection, request: Request, db: Writing, shown: EditablePaperForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """Title, rules and marks of a section, its draws; or remove it."""
    change = SECTION_VERBS.get(form.then.partition(":")[0] or "rename")
    if change is None:
        raise Refused(422, "nonsense", UNKNOWN)
    return _changed(
        request, db, shown, form.version, lambda: change(db, shown, form, person, now), f"#s-{form.position}",
        section=form,
    )  # fmt: skip


@router.post("/desk/papers/{slug}/status")
def set_status(
    form: Pressed, request: Request, db: Writing, shown: EditablePaperForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """Publish or withdraw."""
    status = STATUSES.get(form.then)
    if status is None:
        raise Refused(422, "nonsense", UNKNOWN)

    def change() -> str:
        desk.set_status(db, shown, status, desk_views.board(db, shown).obstacles, person, now)
        return "Published: candidates can start it." if form.then == "publish" else "Withdrawn. Running attempts go on."

    return _changed(request, db, shown, form.version, change)


def _title(text: str) -> str:
    if trouble := desk_forms.title_trouble(text):
        raise desk.CannotDoError(trouble)
    return text


def _changed(
    request: Request, db: Session, shown: Shown, began_from: int | None, change: Callable[[], str], anchor: str = "",
    section: SectionForm | None = None,
) -> Response:  # fmt: skip
    """Make a change and go back to the paper, or show it with the reason why nothing was changed."""
    try:
        desk.check_version(shown, began_from)
        said = change()
    except desk.CannotDoError as refused:
        return _paper_page(request, db, shown, 409, trouble=refused.text, section=section)
    except NotSaidRightError:
        return _paper_page(request, db, shown, 422, section=section)
    return redirect(request, f"/desk/papers/{shown.paper.slug}{anchor}", said)


def _meaning(request: Request, db: Session, rules: Rules, shown: Shown | None = None) -> Response:
    """What the marks in the form mean: to htmx that alone, else in the form as it was typed. Nothing is stored."""
    if not wants_fragment(request):
        return _paper_page(request, db, shown, rules=rules) if shown else _new_page(request, db, rules)
    board = desk_views.board(db, shown) if shown else None
    meaning = meaning_of(rules.typed, shown.version.scheme if shown else None, board)
    return render(request, "papers_desk/_meaning.html", meaning=meaning, rules=rules)


def _new_page(request: Request, db: Session, rules: Rules) -> Response:
    status = 422 if rules.errors else 200
    meaning = meaning_of(rules.typed, None, None)
    return render(request, "papers_desk/new.html", status, rules=rules, subjects=subjects(db), meaning=meaning)


def _paper_page(
    request: Request, db: Session, shown: Shown, status: int = 200, trouble: str = "", rules: Rules | None = None,
    section: SectionForm | None = None,
) -> Response:  # fmt: skip
    """The paper as it stands, with a form that was refused as it was typed; to htmx the board alone."""
    board, fragment = desk_views.board(db, shown), wants_fragment(request)
    forms = {part.section.position: form_of(part.section) for part in board.parts}
    forms |= {section.position: section} if section and section.position in forms else {}
    context = {"board": board, "trouble": trouble, "is_fragment": fragment, "forms": forms, "subjects": subjects(db)}
    if fragment:
        return render(request, "papers_desk/_board.html", status, **context)
    rules = rules or desk_rules.rules_of_paper(shown, request.app.state.settings.timezone)
    meaning = meaning_of(rules.typed, shown.version.scheme, board)
    errors = rules.errors | (section.errors if section else {})
    return render(request, "papers_desk/paper.html", status, rules=rules, errors=errors, meaning=meaning, **context)
