"""A ruling taken back: the decision that restores what held before it, and the versions that it moved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from sqlmodel import Session, col, select

from mockhall.bank import key_versions
from mockhall.bank.models import KeyVersion, Question, QuestionVersion
from mockhall.exam.paper import Action, Key, Ruling
from mockhall.web.errors import Refused

NOT_APPLIED = "This ruling does not hold, so there is nothing to take back."
LATER = "A later ruling about this question was applied, so this one can't be taken back. Look at the later one first."
MIXED = (
    "Before this ruling different decisions held for different versions of the question, so it can't be taken back in "
    "one step. Rule on the versions one by one instead."
)


@dataclass(frozen=True)
class _Past:
    """All versions of a question, and all that was applied to it, both oldest first."""

    versions: Sequence[QuestionVersion]
    applied: Sequence[KeyVersion]

    def ruled(self, found: KeyVersion) -> list[QuestionVersion]:
        """The versions that a ruling was about when it was applied."""
        taken = next((each for each in self.applied if each.id == found.takes_back_id), None)
        base = next(each for each in self.versions if each.number == found.number)
        alike = [each for each in self.versions if key_versions.asks_alike(each, base)]
        about = self.touched(taken) if taken else alike
        return [each for each in about if found.applied_at and each.created_at <= found.applied_at]

    def touched(self, found: KeyVersion) -> list[QuestionVersion]:
        """The same and, of a new key, the versions since that have it as their own."""
        ruled, key = self.ruled(found), Ruling.from_json(found.ruling).key
        if key is None or found.applied_at is None:
            return ruled
        numbers = {each.number for each in ruled}
        made = [
            each for each in self.versions
            if each.created_at >= found.applied_at and each.number not in numbers
            and key_versions.takes_alike(each, ruled[0]) and Key.from_json(each.key) == key
        ]  # fmt: skip
        return ruled + made

    def before(self, found: KeyVersion) -> list[Ruling]:
        """What held for each of its versions when a ruling was applied, its key with it."""
        held: dict[int, Ruling] = {}
        for each in takewhile(lambda each: each.id != found.id, self.applied):
            held |= {version.number: Ruling.from_json(each.ruling) for version in self.ruled(each)}
        return [_whole(held.get(version.number), version) for version in self.ruled(found)]


def _past(db: Session, question_id: int) -> _Past:
    versions = select(QuestionVersion).where(QuestionVersion.question_id == question_id)
    applied = select(KeyVersion).where(KeyVersion.question_id == question_id, col(KeyVersion.applied_at).is_not(None))
    return _Past(
        db.exec(versions.order_by(col(QuestionVersion.number))).all(),
        db.exec(applied.order_by(col(KeyVersion.applied_at), col(KeyVersion.id))).all(),
    )


def _whole(ruling: Ruling | None, version: QuestionVersion) -> Ruling:
    """A decision with the key that held by it, so that two can be compared and either said of any version."""
    own = Key.from_json(version.key)
    if ruling is None or ruling.action is Action.UPHOLD:
        return Ruling(Action.CHANGE_KEY, key=own)
    return replace(ruling, key=ruling.key or own)


def why_not(db: Session, found: KeyVersion) -> str:
    """Why a ruling can't be taken back, in a sentence; empty where it can."""
    past = _past(db, found.question_id)
    if found.applied_at is None:
        return NOT_APPLIED
    if past.applied[-1].id != found.id:
        return LATER
    before = past.before(found)
    return "" if all(each == before[0] for each in before) else MIXED


def restoring(db: Session, found: KeyVersion) -> Ruling:
    """The decision that brings back what held before a ruling. Where that one made a new key the question's own, it
    names the key before, for the versions that have the new one. Refused where `why_not` says so."""
    if trouble := why_not(db, found):
        raise Refused(409, "not_last", trouble)
    past = _past(db, found.question_id)
    before = past.before(found)[0]
    if Ruling.from_json(found.ruling).key is not None:
        return before
    if before.key != Key.from_json(past.ruled(found)[0].key):
        return before  # the key an earlier ruling gave
    is_as_set = before.action is Action.CHANGE_KEY
    return Ruling(Action.UPHOLD) if is_as_set else replace(before, key=None)


def moved(db: Session, question: Question, taken_id: int) -> list[QuestionVersion]:
    """The versions that taking this ruling back is about."""
    return _past(db, question.id or 0).touched(db.get_one(KeyVersion, taken_id))
