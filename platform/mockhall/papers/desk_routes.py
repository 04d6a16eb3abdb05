"""HTTP of the desk of papers: list, one paper with its questions, where a question is used."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.accounts.access import Desk, Editor, EditorForUpdate
from mockhall.bank.access import EditableQuestion, find_question
from mockhall.db import Reading, Writing
from mockhall.papers import (
    desk,
    desk_access,
    desk_forms,
    desk_life,
    desk_life_routes,
    desk_put,
    desk_put_routes,
    desk_rules,
    desk_sections,
    desk_starts,
    desk_views,
)  # fmt: skip
from mockhall.papers.desk_forms import EditablePaper, EditablePaperForUpdate, Pressed
from mockhall.papers.desk_pages import (
    Says,
    changed,
    checked,
    closing_page,
    conflict_page,
    is_behind,
    looked_at,
    new_page,
    paper_page,
)
from mockhall.papers.desk_rules import SentRules
from mockhall.papers.desk_section_forms import SentSection
from mockhall.papers.desk_section_verbs import SECTION_VERBS, NotSaidRightError
from mockhall.papers.desk_undo import can_be_taken_back
from mockhall.papers.models import PaperStatus
from mockhall.papers.queries import find
from mockhall.web.errors import Refused
from mockhall.web.now import Now
from mockhall.web.pages import redirect, render, wants_fragment

router = APIRouter()
ROUTERS = (desk_put_routes.router, router, desk_life_routes.router)  # the first's address would be taken for a paper's
UNKNOWN = "This form has a button that isn't known here, so nothing was changed. Reload the page and try again."
MADE = "The test is a draft. Put questions in, look at its rules below, then publish it."
STATUSES = {"publish": PaperStatus.PUBLISHED, "withdraw": PaperStatus.WITHDRAWN}

# The form comes first in each signature: a slow upload must not hold the session, which on SQLite is the one writer's.


@router.get("/desk/papers")
def papers(request: Request, db: Reading, _person: Desk, show: str = "", archived: str = "") -> Response:
    """All tests with what each role can do on them, or those in the archive; `archived` was put there just now."""
    gone = find(db, archived.replace("\0", "")) if archived else None
    undo = gone.paper if gone and gone.paper.status == PaperStatus.ARCHIVED else None
    found = desk_views.papers(db, archived=show == "archived")
    return render(request, "papers_desk/papers.html", papers=found, undo=undo, is_archive=show == "archived")


@router.get("/desk/papers/new")
def new_paper(request: Request, db: Reading, _person: Editor) -> Response:
    """The short form of a new test: the builder has all rules."""
    return new_page(request, db, desk_starts.blank_start(request.app.state.settings.timezone))


@router.post("/desk/papers")
def create_paper(rules: SentRules, request: Request, db: Writing, person: EditorForUpdate, now: Now) -> Response:
    """Store a new test as a draft; or show what the marks in its form mean."""
    if rules.only_looks:
        return looked_at(request, db, rules)
    values = desk_starts.read_new(rules, desk_access.offered(db, None))
    if rules.errors:
        return new_page(request, db, rules)
    paper = desk.create(db, rules.subject, values, person, now)
    return redirect(request, f"/desk/papers/{paper.slug}", MADE)


@router.get("/desk/papers/uses/{code}")
def uses(request: Request, db: Reading, question: EditableQuestion, paper: str = "") -> Response:
    """The tests that hold a question, and a form that puts it into another."""
    template = "papers_desk/_uses.html" if wants_fragment(request) else "papers_desk/uses.html"
    found = desk_views.uses(db, question, paper)
    taken = request.app.state.attempts_in(db, [use.paper.id for use in found.used])
    return render(request, template, uses=found, taken=taken)


@router.get("/desk/papers/{slug}")
def paper(request: Request, db: Reading, shown: EditablePaper, changed: str = "", undone: str = "") -> Response:
    """A test with its sections and questions; `changed` is the version that a change has just made, or an undo."""
    undo = desk_forms.whole(changed) == shown.paper.version and can_be_taken_back(shown)
    return paper_page(request, db, shown, says=Says(undo=undo, undone=undone == "1"))


@router.post("/desk/papers/{slug}")
def edit_paper(
    rules: SentRules, request: Request, db: Writing, shown: EditablePaperForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """Title, time, marking: a new version for those who start from now on; or what the marks in the form mean."""
    if rules.only_looks:
        return looked_at(request, db, rules, shown)
    if is_behind(request, db, shown, rules):
        return conflict_page(request, db, shown, rules)
    values = desk_rules.read_rules(rules, shown.version, desk_access.offered(db, shown.version))
    if rules.errors:
        return paper_page(request, db, shown, 422, rules=rules)
    if not rules.sure and desk_life.closes_at_once(shown, values["rules"]["closes_at"], now):
        return closing_page(request, db, shown, rules)

    def change() -> str:
        desk.edit_rules(db, shown, rules.subject, values, person, now)
        return "Saved. Running attempts keep the rules they began with."

    return changed(request, db, shown, shown.paper.version, change)


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
        return f"Added to “{title}”. Running attempts keep the questions they began with."

    return changed(request, db, shown, form.version, change, "" if len(form.questions) > 1 else f"#q-{form.question}")


@router.post("/desk/papers/{slug}/questions/{code}")
def change_question(
    form: Pressed, code: str, request: Request, db: Writing, shown: EditablePaperForUpdate, person: EditorForUpdate,
    now: Now,
) -> Response:  # fmt: skip
    """Move a question, take it out, or use its newest version."""
    if form.then not in desk.QUESTION_VERBS or "\0" in code:
        raise Refused(422, "nonsense", UNKNOWN)
    return changed(
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

    return changed(request, db, shown, form.version, change)


@router.post("/desk/papers/{slug}/sections")
def add_section(
    form: Pressed, request: Request, db: Writing, shown: EditablePaperForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """Another section at the end."""

    def change() -> str:
        desk_sections.add_section(db, shown, _title(form.title), person, now)
        return "The section is there. Put questions into it."

    return changed(request, db, shown, form.version, change)


@router.post("/desk/papers/{slug}/sections/{position}")
def change_section(
    form: SentSection, request: Request, db: Writing, shown: EditablePaperForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """Title, rules and marks of a section, its draws; or remove it."""
    change = SECTION_VERBS.get(form.then.partition(":")[0] or "rename")
    if change is None:
        raise Refused(422, "nonsense", UNKNOWN)
    return changed(
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
        offered = desk_access.offered(db, shown.version)
        if form.then == "publish" and checked(request, db, desk_views.board(db, shown), offered).problems:
            raise NotSaidRightError
        desk.set_status(db, shown, status, person, now)
        return "Published: candidates can start it." if form.then == "publish" else "Withdrawn. Running attempts go on."

    return changed(request, db, shown, form.version, change)


def _title(text: str) -> str:
    if trouble := desk_forms.title_trouble(text):
        raise desk.CannotDoError(trouble)
    return text
