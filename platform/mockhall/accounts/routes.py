"""HTTP of accounts: sign in, sign up, sign out, the account's page, one-time links."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from mockhall.accounts import actions, audit, cohort_queries, known, limits
from mockhall.accounts.access import Student, Viewer, ViewerForUpdate
from mockhall.accounts.credentials import TAKEN, HashedForReset, HashedForSignUp, Proved, account_key
from mockhall.accounts.forms import Next, SignIn, SignInForm, SignUp, SignUpForm, safe_next
from mockhall.accounts.models import Person
from mockhall.accounts.sessions import cookie_name, give_cookie, take_cookie
from mockhall.db import Reading, Writing
from mockhall.web.errors import Refused
from mockhall.web.now import Now
from mockhall.web.pages import redirect, refusal, render, wants_json

router = APIRouter()
After = Annotated[str, Query(alias="next")]
HOME, OWN, DESK = "/", "/attempts", "/desk"
NO_MATCH = "That email and password do not match. Check both, or ask for a new password."
MERGED = "What you did here as a guest is in your account now."
SIGNED_OUT = "You are signed out."
LEFT = "You have left. This browser no longer opens what was done here before."
GONE = "This link has been used, has expired, or was never made. Ask whoever runs this site for a new one."


@router.get("/sign-in")
def sign_in_page(request: Request, viewer: Viewer, after: After = "") -> Response:
    """Both forms side by side; who is signed in already goes on."""
    if viewer is not None and not viewer.is_guest:
        return redirect(request, safe_next(after) or "/account")
    return _forms(request, SignInForm(after=safe_next(after)))


@router.get("/sign-up")
def sign_up_page(request: Request, viewer: Viewer, after: After = "") -> Response:
    """The same page, the new account first."""
    if viewer is not None and not viewer.is_guest:
        return redirect(request, safe_next(after) or "/account")
    return _forms(request, SignUpForm(after=safe_next(after)))


# `proof` stands before `db`: passwords are checked before the one writer is held (credentials.py).
@router.post("/sign-in")
def sign_in(request: Request, form: SignIn, proof: Proved, db: Writing, viewer: ViewerForUpdate, now: Now) -> Response:
    """Sign in; a guest's attempts move into the account."""
    if proof.wait:
        return _forms(request, form, limits.too_many(proof.wait))
    person = actions.account_for_sign_in(db, proof.person_id or 0, proof.password_hash)
    if person is None:
        # Rendered, not raised: a raise would take the log's line back.
        audit.write(db, None, "sign-in failed", f"person {proof.tried}", now)
        return _forms(request, form, Refused(401, "no_match", NO_MATCH))
    return _enter(request, db, viewer, person, form.after, now)


@router.post("/sign-up")
def sign_up(
    request: Request, form: SignUp, hashed: HashedForSignUp, db: Writing, viewer: ViewerForUpdate, now: Now
) -> Response:
    """A new account; a guest becomes it and keeps every attempt."""
    if hashed.wait:
        return _forms(request, form, limits.too_many(hashed.wait))
    if not hashed.password_hash:
        return _forms(request, form, _faults(form, hashed.fault))
    person = actions.sign_up(db, viewer, form.email, form.name, hashed.password_hash, now)
    if person is None:
        return _forms(request, form, _faults(form, TAKEN))
    return _enter(request, db, viewer, person, form.after, now)


@router.post("/sign-out")
def sign_out(request: Request, after: Next, db: Writing, viewer: ViewerForUpdate, now: Now) -> Response:
    """Leave this browser; for a guest the same, and what was done here stays without its key."""
    actions.sign_out(db, viewer, _token(request), now)
    response = redirect(request, after or HOME, say=LEFT if viewer and viewer.is_guest else SIGNED_OUT)
    take_cookie(request, response)
    # Answers that wait to be sent are kept in the browser: the next person at this computer must not find them.
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@router.get("/account")
def account(request: Request, db: Reading, person: Student) -> Response:
    """Name, address, role, cohorts, and the way to one's attempts."""
    return render(request, "accounts/account.html", account=person, cohorts=cohort_queries.cohorts_of(db, person))


@router.get("/reset")
def reset_help(request: Request, viewer: Viewer) -> Response:
    """How to get a new password: the site sends no mail."""
    return render(request, "accounts/reset.html")


@router.get("/reset/{token}")
def reset_page(request: Request, token: str, db: Reading, viewer: Viewer, now: Now) -> Response:
    """The form of a one-time link. Looking uses nothing up: some mail programs open links to check them."""
    found = actions.open_link(db, token, now)
    return _link_form(request, found[1] if found else None)


@router.post("/reset/{token}")
def reset(
    request: Request, token: str, hashed: HashedForReset, db: Writing, viewer: ViewerForUpdate, now: Now
) -> Response:
    """Set the password, end all other sessions, sign in."""
    if hashed.wait:
        raise limits.too_many(hashed.wait)
    found = actions.open_link(db, token, now, lock=True)
    if found is None or not hashed.password_hash:
        return _link_form(request, found[1] if found else None, Refused(422, "fields", hashed.fault))
    link, person = found
    actions.use_link(db, link, person, hashed.password_hash, now)
    limits.forget_below(db, account_key(person.email or ""))  # whoever locked it out did not know the link
    return _enter(request, db, viewer, person, "", now)


def _enter(request: Request, db: Writing, viewer: Person | None, person: Person, after: str, now: Now) -> Response:
    """Give this browser a new session of the person, under a token never used before."""
    on_merge = request.app.state.on_merge
    token, merged = actions.sign_in(db, viewer, _token(request), person, now, on_merge)
    came_along = merged or (viewer is not None and viewer.id == person.id)
    # Whoever signs up in the middle of a test is led to it, not away: the clock is running.
    home = DESK if person.can_edit or person.can_report else HOME
    response = redirect(request, after or (OWN if came_along else home), say=MERGED if came_along else "")
    give_cookie(request, response, token, person)
    known.remember(request, response, token)
    return response


def _token(request: Request) -> str:
    return request.cookies.get(cookie_name(request), "")


def _faults(form: SignUpForm, email_fault: str) -> Refused:
    errors = form.errors | ({"email": email_fault} if email_fault else {})
    return Refused(422, "fields", " ".join(errors.values()), fields=errors)


def _forms(request: Request, form: SignInForm, refused: Refused | None = None) -> Response:
    """Both forms, the one that was sent filled in again except for the password."""
    if refused and wants_json(request):
        return refusal(request, refused)
    signing_up = isinstance(form, SignUpForm)
    shown: dict[str, Any] = {"email": form.email, "name": form.name if isinstance(form, SignUpForm) else ""}
    errors = refused.extra.get("fields", {}) if refused else {}
    said = refused.text if refused and not errors else ""
    status = refused.status_code if refused else 200
    response = render(
        request, "accounts/sign_in.html", status,
        signing_up=signing_up, form=shown, errors=errors, said=said, after=form.after,
    )  # fmt: skip
    if refused and "retry_after" in refused.extra:
        response.headers["Retry-After"] = str(refused.extra["retry_after"])
    return response


def _link_form(request: Request, person: Person | None, refused: Refused | None = None) -> Response:
    """The form of a one-time link, or the one page for every link that can't be used."""
    refused = refused if person else Refused(404, "not_found", GONE)
    if refused and wants_json(request):
        return refusal(request, refused)
    status, said = (refused.status_code, refused.text) if refused else (200, "")
    template = "accounts/new_password.html" if person else "accounts/link_gone.html"
    return render(request, template, status, account=person, said=said)
