"""HTTP of cohorts at the desk: a list, one cohort, its people, and a list brought in after a dry run."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.accounts import cohort_lists, cohort_queries, cohorts, queries
from mockhall.accounts.access import Staff, StaffForUpdate
from mockhall.accounts.cohort_access import DeskCohort, DeskCohortForUpdate, DeskMember
from mockhall.accounts.cohort_forms import AskedPage, CohortForm, ReadList, SentCohort, SentPeople
from mockhall.accounts.cohort_lists import Checked
from mockhall.accounts.models import Cohort
from mockhall.accounts.roster import written
from mockhall.db import Reading, Writing
from mockhall.web.errors import Refused
from mockhall.web.filters import plural
from mockhall.web.now import Now
from mockhall.web.pages import redirect, refusal, render, wants_json

router = APIRouter()
TAKEN = "There is a cohort with this name already."
NO_VERB = "This button is not known here. Nothing was changed."


@router.get("/desk/cohorts")
def all_cohorts(request: Request, db: Reading, person: Staff, asked: AskedPage) -> Response:
    """Cohorts by name, or those put away."""
    found = cohort_queries.cohort_page(db, archived=asked.archived, after=asked.after)
    return render(request, "cohorts/cohorts.html", found=found)


@router.get("/desk/cohorts/new")
def new_page(request: Request, person: Staff) -> Response:
    """The form of a new cohort."""
    return render(request, "cohorts/new.html", form=CohortForm(), error="")


@router.post("/desk/cohorts")
def new(form: SentCohort, request: Request, db: Writing, person: StaffForUpdate, now: Now) -> Response:
    """Make it; its people come next."""
    made = None if form.error else cohorts.new(db, form.name, now, person.id)
    if made is None:
        return _refused(request, "cohorts/new.html", "name", form.error or TAKEN, {"form": form})
    return redirect(
        request, f"/desk/cohorts/{made.code}", "Made. Add its people by a list, or give them the join code."
    )


@router.get("/desk/cohorts/{code}")
def cohort(request: Request, db: Reading, person: Staff, cohort: DeskCohort, asked: AskedPage) -> Response:
    """Its people, its join code, and what can be done with it."""
    return render(request, "cohorts/cohort.html", **_page(request, db, cohort, asked.after, asked.removed))


@router.post("/desk/cohorts/{code}")
def change(
    form: SentCohort, request: Request, db: Writing, person: StaffForUpdate, cohort: DeskCohortForUpdate, now: Now
) -> Response:
    """Rename, archive, bring back, turn the join code on or off, or change it."""
    if form.then == "rename":
        before = cohort.name
        if form.error or not cohorts.rename(db, cohort, form.name, now, person.id):
            shown = _page(request, db, cohort, "", "") | {"form": form, "name": before}
            return _refused(request, "cohorts/cohort.html", "name", form.error or TAKEN, shown)
        return redirect(request, f"/desk/cohorts/{cohort.code}", "Saved.")
    said = cohorts.press(db, cohort, form.then, now, person.id)
    if not said:
        raise Refused(422, "nonsense", NO_VERB)
    return redirect(request, f"/desk/cohorts/{cohort.code}", said)


@router.get("/desk/cohorts/{code}/add")
def add_page(request: Request, person: Staff, cohort: DeskCohort) -> Response:
    """Where a list is pasted or chosen."""
    return render(request, "cohorts/add.html", cohort=cohort, text="", checked=None, roster=None, error="")


@router.post("/desk/cohorts/{code}/add")
def dry_run(sent: SentPeople, request: Request, db: Reading, person: Staff, cohort: DeskCohort) -> Response:
    """What the list would do; nothing is stored."""
    if sent.error:
        return _list_refused(request, cohort, sent)
    checked = cohort_lists.check(db, cohort, sent.roster)
    return render(request, "cohorts/add.html", error="", **_checked(cohort, sent, checked))


@router.get("/desk/cohorts/{code}/members")
def back_to_add(request: Request, cohort: DeskCohort) -> Response:
    """A page that was refused stands at its form's address: opened again, that leads to an empty one."""
    return redirect(request, f"/desk/cohorts/{cohort.code}/add")


@router.post("/desk/cohorts/{code}/members")
def add(
    sent: SentPeople, request: Request, db: Writing, person: StaffForUpdate, cohort: DeskCohortForUpdate, now: Now
) -> Response:
    """Add them; links of new accounts are shown this once."""
    if sent.error or not sent.roster.people:
        return _list_refused(request, cohort, sent)
    checked = cohort_lists.check(db, cohort, sent.roster)
    added = cohort_lists.add(db, cohort, checked, now, person.id, create=sent.sent.create)
    if added.links:
        return render(request, "cohorts/links.html", cohort=cohort, added=added, base=_base(request))
    return redirect(request, f"/desk/cohorts/{cohort.code}", f"{plural(added.people, 'person', 'people')} added.")


@router.post("/desk/cohorts/{code}/members/{member}")
def change_member(
    form: SentCohort, request: Request, db: Writing, person: StaffForUpdate, cohort: DeskCohortForUpdate,
    member: DeskMember, now: Now,
) -> Response:  # fmt: skip
    """Remove somebody, or undo that."""
    at = f"/desk/cohorts/{cohort.code}"
    if form.then == "put_back":
        cohorts.put_back(db, cohort, member, now, person.id)
        return redirect(request, at, f"{member.label} is back.")
    if form.then != "remove":
        raise Refused(422, "nonsense", NO_VERB)
    was_in = cohorts.take_out(db, cohort, member, now, person.id)
    return redirect(request, f"{at}?removed={member.code}" if was_in else at)


def _page(request: Request, db: Reading, cohort: Cohort, after: str, removed: str) -> dict[str, Any]:
    """What the page of a cohort shows; somebody removed can be put back from there."""
    gone = queries.person_with_code(db, removed) if removed else None
    return {
        "cohort": cohort,
        "found": cohort_queries.member_page(db, cohort, after),
        "removed": None if gone is None or cohorts.is_in(db, cohort, gone) else gone,
        "join_url": f"{_base(request)}/join/{cohort.join_code}",
        "form": CohortForm(cohort.name),
        "name": cohort.name,
        "error": "",
    }


def _base(request: Request) -> str:
    """The site's own address, as other people reach it."""
    base: str = request.app.state.settings.base_url or f"{request.url.scheme}://{request.url.netloc}"
    return base.rstrip("/")


def _checked(cohort: Cohort, sent: ReadList, checked: Checked | None) -> dict[str, Any]:
    confirmed = written(sent.roster.people)
    return {
        "cohort": cohort, "text": sent.sent.text, "checked": checked, "roster": sent.roster, "confirmed": confirmed,
    }  # fmt: skip


def _list_refused(request: Request, cohort: Cohort, sent: ReadList) -> Response:
    error = sent.error or "No line of this list can be read."
    return _refused(request, "cohorts/add.html", "people", error, _checked(cohort, sent, None))


def _refused(request: Request, template: str, field: str, error: str, shown: dict[str, Any]) -> Response:
    """The form again with all that was sent, or JSON."""
    if wants_json(request):
        return refusal(request, Refused(422, "fields", error, fields={field: error}))
    return render(request, template, 422, **(shown | {"error": error}))
