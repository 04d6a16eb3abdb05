"""The life of a question, pure: which step leads where, who may take it and why not, and what an edit makes of it."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from mockhall.bank.models import QuestionStatus

FILING = {"topic", "difficulty", "tags"}
"""What a question is filed under: changing it changes nothing that somebody verified."""
DUE_MONTHS = (3, 6, 12, 24)
LONGEST_EVIDENCE = 1_000


class Step(StrEnum):
    """What can be done with a question, as its buttons send it."""

    REVIEW = "review"
    VERIFY = "verify"
    SEND_BACK = "send_back"
    DRAFT = "draft"
    WITHDRAW = "withdraw"
    RETIRE = "retire"
    BRING_BACK = "bring_back"


DRAFT, IN_REVIEW = QuestionStatus.DRAFT, QuestionStatus.IN_REVIEW
VERIFIED, RETIRED = QuestionStatus.VERIFIED, QuestionStatus.RETIRED
STEPS: dict[Step, frozenset[QuestionStatus]] = {
    Step.REVIEW: frozenset({DRAFT}),
    Step.VERIFY: frozenset({IN_REVIEW, VERIFIED}),  # again, when it is due
    Step.SEND_BACK: frozenset({IN_REVIEW}),
    Step.DRAFT: frozenset({IN_REVIEW, VERIFIED}),
    Step.WITHDRAW: frozenset(QuestionStatus),
    Step.RETIRE: frozenset({DRAFT, IN_REVIEW, VERIFIED}),
    Step.BRING_BACK: frozenset({RETIRED}),
}
"""From which states each step can be taken."""
_NOW = {DRAFT: "a draft", IN_REVIEW: "in review", VERIFIED: "verified", RETIRED: "retired"}


@dataclass(frozen=True)
class Stand:
    """What decides about the next step. `wrote`: what the newest version says is of who asks, or a part of it that was
    changed since the last verified; `alone`: nobody else on the site may edit; `faults` are what the checks of the form
    find in it."""

    status: QuestionStatus
    version: int
    verified_version: int | None = None
    wrote: bool = False
    alone: bool = False
    faults: Sequence[str] = ()


def why_not(step: Step, stand: Stand) -> str:
    """Why a step can't be taken, in a sentence or two; empty when it can."""
    if stand.status not in STEPS[step]:
        return f"The question is {_NOW[stand.status]} now, so this can't be done. Nothing was changed."
    if step == Step.WITHDRAW and stand.verified_version is None:
        return "Nobody has verified this question, so there is nothing to withdraw."
    if step == Step.REVIEW and stand.faults:
        return "It can't be sent to review as it stands. " + " ".join(stand.faults)
    if step != Step.VERIFY:
        return ""
    if stand.wrote and not stand.alone:
        return f"You wrote what is to be verified in version {stand.version}, so somebody else has to look at it."
    if stand.faults:
        return "It can't be verified as it stands. " + " ".join(stand.faults)
    return ""


def becomes(step: Step, stand: Stand) -> QuestionStatus:
    """The state after a step that can be taken."""
    if step == Step.BRING_BACK:
        return VERIFIED if stand.verified_version == stand.version else DRAFT
    if step == Step.WITHDRAW:
        return IN_REVIEW if stand.status == VERIFIED else stand.status
    return {Step.REVIEW: IN_REVIEW, Step.VERIFY: VERIFIED, Step.RETIRE: RETIRED}.get(step, DRAFT)


def offered(stand: Stand) -> list[Step]:
    """The steps a page has buttons for, in the order of the table."""
    wrote = stand.wrote and not stand.alone  # who did takes it back to draft rather than send it back to themselves
    return [step for step in Step if not why_not(step, stand) and not (wrote and step == Step.SEND_BACK)]


def same_text(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Do two versions say the same, apart from what they are filed under?"""
    return all(one[name] == other[name] for name in one if name not in FILING)


def after_edit(status: QuestionStatus, *, was_verified: bool, is_verified: bool) -> QuestionStatus:
    """The state after an edit; `was_verified`, `is_verified`: the text before and after it is one that was verified.

    An edit undone needs nobody's look again; a text that somebody took back to draft stays one."""
    if status == VERIFIED and not is_verified:
        return IN_REVIEW
    if status == IN_REVIEW and is_verified and not was_verified:
        return VERIFIED
    return status


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it has fewer."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
