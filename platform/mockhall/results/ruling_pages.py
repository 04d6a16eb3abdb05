"""The two pages of a ruling: what may be decided about a question, and what a decision would do."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.accounts.models import Person
from mockhall.bank import key_versions, taken_back
from mockhall.bank.key_versions import Held
from mockhall.bank.models import Question, QuestionVersion
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import format_marks
from mockhall.exam.paper import Action, Ruling
from mockhall.exam.rulings import actions_for
from mockhall.results import regrade_list, rulings
from mockhall.results.models import Regrade
from mockhall.results.regrade_scope import versions_of
from mockhall.results.regrading import Stage
from mockhall.results.ruling_forms import RulingForm, key_fields
from mockhall.results.ruling_words import HINTS, WORDS
from mockhall.web.errors import NotYours
from mockhall.web.headline import headline
from mockhall.web.pages import json_reply, render, wants_fragment, wants_json


def base_version(db: Session, question: Question, number: int | None) -> QuestionVersion:
    """The version a ruling is about: the newest unless one is asked for; 404 where there is none of that number."""
    found = key_versions.version_of(db, question, number)
    if found is None:
        raise NotYours("This question has no such version.")
    return found


def decide(
    request: Request, db: Session, question: Question, version: QuestionVersion, form: RulingForm | None = None
) -> Response:  # fmt: skip
    """The page on which a ruling is chosen, with what was looked at and ruled before."""
    held = key_versions.held(db, {version.id or 0}).get(version.id or 0)
    key = rulings.current_key(held, version)
    shown = form or RulingForm(key_fields(key))
    context: dict[str, Any] = {
        "question": question, "version": version, "held": held, "key": key, "form": shown, "words": WORDS,
        "hints": HINTS, "actions": actions_for(Kind(version.kind)), "headline": headline(version.stem, 80),
        "ruled": rulings.rulings_of(db, question), "alike": key_versions.alike(db, version),
        "said": said_of,
    }  # fmt: skip
    return render(request, "results/rulings.html", 422 if shown.errors else 200, **context)


@dataclass(frozen=True)
class _Page:
    """What a ruling's page and its fragment show."""

    found: rulings.Ruled
    changes: regrade_list.Changes
    version: QuestionVersion
    question: Question
    reports: int
    why_not_back: str  # why an applied one can't be taken back
    form: RulingForm  # what was typed to take it back


def looked(
    request: Request, db: Session, regrade: Regrade, person: Person, before: str, now: datetime,
    form: RulingForm | None = None,
) -> Response:  # fmt: skip
    """What a ruling would change, or has changed; to htmx the part that moves, to scripts its numbers."""
    found = rulings.ruled(db, regrade)
    if wants_json(request):
        return json_reply(_json(found))
    question = db.get_one(Question, found.key_version.question_id)
    version = base_version(db, question, found.key_version.number)
    page = _Page(
        found, regrade_list.changes(db, regrade, before, now), version, question,
        rulings.open_reports(db, versions_of(db, found.key_version)),
        taken_back.why_not(db, found.key_version) if regrade.state == Stage.APPLIED else "", form or RulingForm(),
    )  # fmt: skip
    template = "results/_ruling.html" if wants_fragment(request) else "results/ruling.html"
    return render(
        request, template, 422 if page.form.errors else 200, page=page, headline=headline(version.stem, 80),
        said=said_of(found, version),
        names=person.can_report, url=f"/desk/rulings/{regrade.code}",
        drops=found.ruling.action not in (Action.CHANGE_KEY, Action.UPHOLD),
    )  # fmt: skip


def _json(found: rulings.Ruled) -> dict[str, Any]:
    regrade = found.regrade
    return {
        "state": regrade.state, "action": str(found.ruling.action), "reason": regrade.reason,
        "attempts": regrade.attempts, "seen": regrade.seen, "scored": regrade.scored, "changed": regrade.changed,
        "takes_back": found.takes_back, "gains": regrade.gains, "losses": regrade.losses, "same": found.same,
        "mean_before": _mean(found.mean_before), "mean_after": _mean(found.mean_after),
    }  # fmt: skip


def _mean(value: Fraction | None) -> str | None:
    return None if value is None else format_marks(value)


def said_of(found: rulings.Ruled | Held, version: QuestionVersion) -> str:
    """A ruling in words: what was decided, and which choices it names."""
    said, named = _decided(found.ruling, version)
    if not found.takes_back:
        return f"{said}: {named}" if named else said
    if found.ruling.action is Action.UPHOLD:
        return "Take a ruling back: the key stands as it was set"
    if found.ruling.action is Action.CHANGE_KEY:
        return f"Take a ruling back: right is again {named or 'what was before'}"
    return f"Take a ruling back to: {said[0].lower()}{said[1:]}"


def _decided(ruling: Ruling, version: QuestionVersion) -> tuple[str, str]:
    """The decision, and the letters of the choices it names."""
    letters = {row["id"]: chr(ord("A") + place) for place, row in enumerate(version.options)}
    named = ruling.right if ruling.action is Action.MORE_THAN_ONE_RIGHT else frozenset()
    if ruling.action is Action.CHANGE_KEY and ruling.key is not None:
        named = ruling.key.options
    listed = ", ".join(
        letters[each] for each in sorted(named, key=lambda each: letters.get(each, "")) if each in letters
    )
    return WORDS[ruling.action], listed
