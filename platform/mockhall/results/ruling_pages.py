"""The two pages of a ruling: what may be decided about a question, and what a decision would do."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.accounts.models import Person
from mockhall.bank import key_versions
from mockhall.bank.models import Question, QuestionVersion
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import format_marks
from mockhall.exam.paper import Action, Ruling
from mockhall.exam.rulings import actions_for
from mockhall.results import regrade_list, rulings
from mockhall.results.models import Regrade
from mockhall.results.regrade_scope import versions_of
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


def looked(
    request: Request, db: Session, regrade: Regrade, person: Person, before: str, now: datetime
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
    )  # fmt: skip
    template = "results/_ruling.html" if wants_fragment(request) else "results/ruling.html"
    return render(
        request, template, page=page, headline=headline(version.stem, 80), said=said_of(found.ruling, version),
        names=person.can_report, url=f"/desk/rulings/{regrade.code}",
        drops=found.ruling.action not in (Action.CHANGE_KEY, Action.UPHOLD),
    )  # fmt: skip


def _json(found: rulings.Ruled) -> dict[str, Any]:
    regrade = found.regrade
    return {
        "state": regrade.state, "action": str(found.ruling.action), "reason": regrade.reason,
        "attempts": regrade.attempts, "seen": regrade.seen, "scored": regrade.scored, "changed": regrade.changed,
        "gains": regrade.gains, "losses": regrade.losses, "same": found.same,
        "mean_before": _mean(found.mean_before), "mean_after": _mean(found.mean_after),
    }  # fmt: skip


def _mean(value: Fraction | None) -> str | None:
    return None if value is None else format_marks(value)


def said_of(ruling: Ruling, version: QuestionVersion) -> str:
    """A ruling in words: what was decided, and which choices it names."""
    letters = {row["id"]: chr(ord("A") + place) for place, row in enumerate(version.options)}
    named = ruling.right if ruling.action is Action.MORE_THAN_ONE_RIGHT else frozenset()
    if ruling.key is not None:
        named = ruling.key.options
    listed = ", ".join(
        letters[each] for each in sorted(named, key=lambda each: letters.get(each, "")) if each in letters
    )
    words = WORDS[ruling.action]
    return f"{words}: {listed}" if listed else words
