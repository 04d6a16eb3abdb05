"""HTTP of key rulings: choosing one, its dry run, applying or dropping it."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.background import BackgroundTask

from mockhall.accounts.access import Editor, EditorForUpdate
from mockhall.bank import key_versions
from mockhall.bank.access import EditableQuestion, EditableQuestionForUpdate
from mockhall.db import Reading, Writing
from mockhall.results import regrading, ruling_pages, rulings
from mockhall.results.forms import Before
from mockhall.results.models import Regrade
from mockhall.results.ruling_access import LookedRuling, RulingForUpdate
from mockhall.results.ruling_forms import AnswersReports, RulingForm, SentRuling, read_ruling, reason_error
from mockhall.web.filters import plural
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, wants_json

router = APIRouter()
NOTHING = "This is what holds already. Choose something else."


@router.get("/desk/questions/{code}/rulings")
def choose(request: Request, db: Reading, question: EditableQuestion) -> Response:
    """Choose what is decided about a question, `version` of it or the newest; what was decided before."""
    asked = request.query_params.get("version", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else None
    return ruling_pages.decide(request, db, question, ruling_pages.base_version(db, question, number))


@router.post("/desk/questions/{code}/rulings")
def look(
    form: SentRuling, request: Request, db: Writing, person: EditorForUpdate, question: EditableQuestionForUpdate,
    now: Now,
) -> Response:  # fmt: skip
    """Begin a dry run, which goes on when this reply has left."""
    version = ruling_pages.base_version(db, question, form.version)
    ruling, errors = read_ruling(form, version)
    held = key_versions.held(db, {version.id or 0}).get(version.id or 0)
    if ruling and rulings.changes_nothing(ruling, held, version):
        errors = {"action": NOTHING}
    if ruling is None or errors:
        if wants_json(request):
            return json_reply({"reason": "nonsense", "fields": errors}, 422)
        return ruling_pages.decide(request, db, question, version, RulingForm(form.sent, errors))
    made = rulings.begin(db, question, version.number, ruling, form.reason, person, now)
    return _on(request, redirect(request, _url(made)), made)


@router.get("/desk/rulings/{code}")
def looked(
    request: Request, db: Reading, person: Editor, found: LookedRuling, before: Before, now: Now
) -> Response:  # fmt: skip
    """How far the dry run is, and what the ruling would change or has changed."""
    return ruling_pages.looked(request, db, found, person, before, now)


@router.post("/desk/rulings/{code}")
def go_on(request: Request, found: RulingForUpdate) -> Response:
    """Carry on one that stands still since its server stopped."""
    return _on(request, redirect(request, _url(found)), found)


@router.post("/desk/rulings/{code}/apply")
def apply(
    answers: AnswersReports, request: Request, db: Writing, person: EditorForUpdate, found: RulingForUpdate, now: Now
) -> Response:
    """Let the ruling hold for everybody, and mark anew whose score it changes."""
    answered = rulings.apply(db, found, person, now, answer_reports=answers)
    said = f" {plural(answered, 'report')} answered." if answered else ""
    return _on(request, redirect(request, _url(found), f"The ruling holds from now on.{said}"), found)


@router.post("/desk/rulings/{code}/drop")
def drop(request: Request, db: Writing, found: RulingForUpdate, now: Now) -> Response:
    """Leave the key and every score as they are."""
    regrading.drop(db, found, now)
    return redirect(request, _url(found), "Dropped. No score was changed.")


@router.post("/desk/rulings/{code}/take-back")
def take_back(
    form: SentRuling, request: Request, db: Writing, person: EditorForUpdate, found: RulingForUpdate, now: Now
) -> Response:
    """Begin the dry run of a ruling that restores what held before this one."""
    applied = rulings.ruled(db, found).key_version
    error = reason_error(form)
    if error and wants_json(request):
        return json_reply({"reason": "nonsense", "fields": {"reason": error}}, 422)
    if error:
        return ruling_pages.looked(request, db, found, person, "", now, RulingForm(form.sent, {"reason": error}))
    made = rulings.take_back(db, applied, form.reason, person, now)
    return _on(request, redirect(request, _url(made)), made)


@router.get("/desk/rulings/{code}/take-back")
@router.get("/desk/rulings/{code}/apply")
@router.get("/desk/rulings/{code}/drop")
def back_to_ruling(request: Request, found: LookedRuling) -> Response:
    """A page that was refused stands at its form's address: opened again, that leads to the ruling."""
    return redirect(request, _url(found))


def _url(found: Regrade) -> str:
    return f"/desk/rulings/{found.code}"


def _on(request: Request, response: Response, found: Regrade) -> Response:
    """What takes long goes on after the reply; whoever waits looks at how far it is."""
    state = request.app.state
    response.background = BackgroundTask(regrading.go_on, state.database, found.code, state.clock)
    return response
