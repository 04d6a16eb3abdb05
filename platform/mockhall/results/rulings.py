"""Key rulings: looked at first, then applied to everybody who had the question, and told on their results."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from mockhall.accounts import audit
from mockhall.accounts.models import Person
from mockhall.bank import key_versions, taken_back
from mockhall.bank.key_versions import Held
from mockhall.bank.models import KeyVersion, Question, QuestionVersion
from mockhall.exam.paper import Action, Key, Ruling
from mockhall.exam.rulings import shown_key
from mockhall.results import regrading, reported, statistics
from mockhall.results.models import QuestionReport, Regrade, ReportStatus, ScoreRow
from mockhall.results.regrade_scope import papers_of, versions_of
from mockhall.results.regrading import Stage
from mockhall.results.ruling_words import public
from mockhall.web.codes import new_code
from mockhall.web.errors import Refused

ANOTHER = "Another ruling on this question is being applied. Wait until it is through, then look again."
OUTDATED = "Another ruling was applied since this was looked at, so its numbers no longer hold. Look once more."
GONE = "The question was deleted. Nothing was changed."
MOST_ANSWERED = 200


@dataclass(frozen=True)
class Ruled:
    """A ruling with its dry run, and who made it."""

    key_version: KeyVersion
    regrade: Regrade
    by: str

    @property
    def ruling(self) -> Ruling:
        return Ruling.from_json(self.key_version.ruling)

    @property
    def takes_back(self) -> bool:
        """Does it restore what held before another?"""
        return self.key_version.takes_back_id is not None

    @property
    def same(self) -> int:
        """How many scores stay as they are."""
        return self.regrade.scored - self.regrade.gains - self.regrade.losses

    @property
    def mean_before(self) -> Fraction | None:
        return self.regrade.before_sum / self.regrade.scored if self.regrade.scored else None

    @property
    def mean_after(self) -> Fraction | None:
        return self.regrade.after_sum / self.regrade.scored if self.regrade.scored else None


def begin(
    db: Session, question: Question, number: int, ruling: Ruling, reason: str, actor: Person, now: datetime,
    *, takes_back: KeyVersion | None = None,
) -> Regrade:  # fmt: skip
    """A dry run of a ruling over all scored attempts that had the question, to be carried on by `regrading.go_on`."""
    takes_back_id = takes_back.id if takes_back else None
    proposed = key_versions.propose(db, question, number, ruling, reason, actor.id, now, takes_back_id=takes_back_id)
    papers = papers_of(db, versions_of(db, proposed))
    count = sa.select(sa.func.count()).select_from(ScoreRow).where(col(ScoreRow.paper_id).in_(papers))
    made = Regrade(
        code=new_code(12), key_version_id=proposed.id, actor_id=actor.id, reason=reason, state=Stage.LOOKING,
        begun_at=now, moved_at=now, attempts=db.execute(count).scalar_one(),
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made


def take_back(db: Session, found: KeyVersion, reason: str, actor: Person, now: datetime) -> Regrade:
    """A dry run of the ruling that restores what held before an applied one. Refused where a later one was applied."""
    question = db.exec(select(Question).where(Question.id == found.question_id).with_for_update()).one()
    if question.deleted_at is not None:
        raise Refused(409, "deleted", GONE)
    ruling = taken_back.restoring(db, found)
    return begin(db, question, found.number, ruling, reason, actor, now, takes_back=found)


def apply(db: Session, regrade: Regrade, actor: Person, now: datetime, *, answer_reports: bool) -> int:
    """Let the ruling hold for everybody from now on; scores are carried on by `regrading.go_on`.

    Returns how many open reports of the question were answered with the reason. Refused while another ruling on the
    same question is under way."""
    found = db.get_one(KeyVersion, regrade.key_version_id or 0)
    question = db.exec(select(Question).where(Question.id == found.question_id).with_for_update()).one()
    if question.deleted_at is not None:
        raise Refused(409, "deleted", GONE)
    if _is_another_under_way(db, question, regrade):
        raise Refused(409, "another", ANOTHER)
    if _is_outdated(db, question, regrade):
        raise Refused(409, "outdated", OUTDATED)
    regrading.confirm(db, regrade, now)
    ruling, versions = Ruling.from_json(found.ruling), versions_of(db, found)
    key_versions.hold(db, found, versions, now)
    key_versions.settle(db, question, found, versions, actor.id, now)
    for paper in papers_of(db, versions):
        statistics.forget(db, paper)
    decided = f"{'taken back to ' if found.takes_back_id else ''}{ruling.action}"
    audit.write(db, actor.id, "ruling", f"question {question.code}: {decided}, {regrade.changed} scores", now)
    return _answer(db, versions, key_versions.said(found), actor, now) if answer_reports else 0


def _is_another_under_way(db: Session, question: Question, regrade: Regrade) -> bool:
    query = select(Regrade.id).join(KeyVersion, col(KeyVersion.id) == col(Regrade.key_version_id))
    query = query.where(KeyVersion.question_id == question.id, col(Regrade.id) != regrade.id)
    return db.exec(query.where(col(Regrade.state).in_([Stage.APPLYING, Stage.SETTLING])).limit(1)).first() is not None


def _is_outdated(db: Session, question: Question, regrade: Regrade) -> bool:
    """Was another ruling applied since this one was looked at?"""
    query = select(KeyVersion.id).where(KeyVersion.question_id == question.id)
    query = query.where(col(KeyVersion.applied_at) > regrade.begun_at, col(KeyVersion.id) != regrade.key_version_id)
    return db.exec(query.limit(1)).first() is not None


def _answer(db: Session, versions: Sequence[int], held: Held, actor: Person, now: datetime) -> int:
    """Answer the open reports of these versions with what was decided. Why stands beside it in the review, once the
    right answer, which it may name, is shown there."""
    rows = db.exec(select(QuestionReport).where(*_open_of(versions)).limit(MOST_ANSWERED)).all()
    for row in rows:
        reported.close(db, row, public(held), actor.id, now)
    return len(rows)


def _open_of(versions: Sequence[int]) -> list[Any]:
    return [col(QuestionReport.question_version_id).in_(versions), QuestionReport.status == ReportStatus.OPEN]


def open_reports(db: Session, versions: Sequence[int]) -> int:
    """How many reports of these versions wait for an answer."""
    return int(
        db.execute(sa.select(sa.func.count()).select_from(QuestionReport).where(*_open_of(versions))).scalar_one()
    )


# ---------------------------------------------------------------- reads


def _joined() -> Any:
    columns: list[Any] = [KeyVersion, Regrade, Person.name, Person.email]
    query = sa.select(*columns).join(Regrade, col(Regrade.key_version_id) == col(KeyVersion.id))
    return query.outerjoin(Person, col(Person.id) == col(KeyVersion.created_by_id))


def ruled(db: Session, regrade: Regrade) -> Ruled:
    """The ruling that a dry run is of."""
    key_version, _, name, email = db.execute(_joined().where(col(Regrade.id) == regrade.id)).one()
    return Ruled(key_version, regrade, name or email or "Somebody")


def rulings_of(db: Session, question: Question, most: int = 20) -> list[Ruled]:
    """What was looked at and ruled about a question, the newest first."""
    query = _joined().where(col(KeyVersion.question_id) == question.id)
    rows = db.execute(query.order_by(col(KeyVersion.id).desc()).limit(most))
    return [Ruled(key_version, regrade, name or email or "Somebody") for key_version, regrade, name, email in rows]


def current_key(held: Held | None, version: QuestionVersion) -> Key:
    """The key of a version as it holds now."""
    return shown_key(held.ruling if held else None, Key.from_json(version.key))


def changes_nothing(ruling: Ruling, held: Held | None, version: QuestionVersion) -> bool:
    """Is it what holds already? Upholding a key is a decision of its own."""
    now = held.ruling if held else Ruling(Action.UPHOLD)
    if ruling.action is Action.CHANGE_KEY and now.action in (Action.UPHOLD, Action.CHANGE_KEY):
        return ruling.key == current_key(held, version)
    return ruling.action is not Action.UPHOLD and ruling == now
