"""Key versions: what was ruled about a question, which holds now, and what a ruling does to the question itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from mockhall.bank import actions
from mockhall.bank.models import HeldKey, KeyVersion, Question, QuestionStatus, QuestionVersion, Topic, Verification
from mockhall.exam.paper import Action, Ruling
from mockhall.web.codes import new_code

AGAIN = timedelta(days=365)


@dataclass(frozen=True)
class Held:
    """What holds for a version of a question: the decision, why, and since when; was another taken back by it?"""

    ruling: Ruling
    reason: str
    since: datetime
    takes_back: bool = False


def held(db: Session, versions: Collection[int]) -> dict[int, Held]:
    """What was ruled about these versions of questions, in one query; those without a ruling are left out."""
    query: Any = sa.select(col(HeldKey.question_version_id), KeyVersion)
    query = query.join(KeyVersion, col(KeyVersion.id) == col(HeldKey.key_version_id))
    rows = db.execute(query.where(col(HeldKey.question_version_id).in_(sorted(versions)))) if versions else ()
    return {version: said(found) for version, found in rows}


def said(found: KeyVersion) -> Held:
    """An applied ruling as it holds."""
    assert found.applied_at is not None
    return Held(Ruling.from_json(found.ruling), found.reason, found.applied_at, found.takes_back_id is not None)


def propose(
    db: Session, question: Question, number: int, ruling: Ruling, reason: str, author_id: int | None, now: datetime,
    *, takes_back_id: int | None = None,
) -> KeyVersion:  # fmt: skip
    """Note a ruling that nobody has applied yet."""
    made = KeyVersion(
        code=new_code(12), question_id=question.id or 0, number=number, ruling=dict(ruling.to_json()), reason=reason,
        created_at=now, created_by_id=author_id, takes_back_id=takes_back_id,
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made


def version_of(db: Session, question: Question, number: int | None) -> QuestionVersion | None:
    """A version by its number; the newest without one."""
    wanted = question.version if number is None else number
    query = select(QuestionVersion).where(QuestionVersion.question_id == question.id, QuestionVersion.number == wanted)
    return db.exec(query).first()


def alike(db: Session, base: QuestionVersion) -> list[QuestionVersion]:
    """All versions of the question that have the same options and the same key: one fault is a fault in each."""
    query = select(QuestionVersion).where(QuestionVersion.question_id == base.question_id)
    return [each for each in db.exec(query.order_by(col(QuestionVersion.number))) if asks_alike(each, base)]


def asks_alike(one: QuestionVersion, other: QuestionVersion) -> bool:
    """Do they have the same options and the same key?"""
    return one.key == other.key and takes_alike(one, other)


def takes_alike(one: QuestionVersion, other: QuestionVersion) -> bool:
    """Do they take the same answers, whichever is right?"""
    return (one.kind, _options(one)) == (other.kind, _options(other))


def _options(version: QuestionVersion) -> list[Mapping[str, Any]]:
    """The options as an answer can name them, by their ids; a cloze's gaps with their choices."""
    rows = [{name: row.get(name) for name in ("id", "gap", "type", "side", "choices")} for row in version.options]
    return sorted(rows, key=lambda row: str(row["id"]))


def hold(db: Session, key_version: KeyVersion, versions: Collection[int], now: datetime) -> None:
    """Let a ruling hold for these versions of its question, from now on."""
    db.execute(sa.delete(HeldKey).where(col(HeldKey.question_version_id).in_(sorted(versions))))
    db.add_all(HeldKey(question_version_id=each, key_version_id=key_version.id or 0) for each in sorted(versions))
    key_version.applied_at = now
    db.add(key_version)
    db.flush()


def settle(
    db: Session, question: Question, found: KeyVersion, versions: Collection[int], actor_id: int | None, now: datetime
) -> None:  # fmt: skip
    """What a ruling makes of the question. A new key is a version of its own. Whoever rules has looked at it, so it
    counts as verified by them, unless they wrote it: then the new version waits for a second person, and draws go on
    with the one before, for which the ruling holds. A faulty question is drawn no more until it is verified again."""
    newest, ruling = actions.newest_version(db, question), Ruling.from_json(found.ruling)
    if newest.id not in versions:
        return  # what was at fault has been mended since
    was_verified = question.status == QuestionStatus.VERIFIED
    if ruling.key is not None:
        contents = {name: getattr(newest, name) for name in actions.CONTENTS} | {"key": ruling.key.to_json()}
        actions.new_version(db, question, db.get_one(Topic, question.topic_id), contents, now, actor_id)
    if ruling.action not in (Action.CHANGE_KEY, Action.UPHOLD):
        question.verified_version = None
        question.status = QuestionStatus.IN_REVIEW if was_verified else question.status
    elif was_verified and actor_id is not None and newest.created_by_id != actor_id:
        _sign(db, question, found, actor_id, now)
    elif was_verified and ruling.key is not None:
        question.status = QuestionStatus.IN_REVIEW
    question.updated_at, question.edited_at_desk = now, True
    db.add(question)
    db.flush()


def _sign(db: Session, question: Question, found: KeyVersion, actor_id: int, now: datetime) -> None:
    """The ruling as a verification of what the question says now; one that was due is due again in a year."""
    if question.due_at is not None and question.due_at <= now:
        question.due_at = now + AGAIN
    question.status, question.verified_version = QuestionStatus.VERIFIED, question.version
    question.verified_at, question.verified_by_id = now, actor_id
    db.add(
        Verification(
            question_id=question.id or 0, version=question.version, person_id=actor_id, alone=False,
            evidence=f"Key ruling: {found.reason}", at=now, due_at=question.due_at,
        )
    )  # fmt: skip


def applied_count(db: Session) -> int:
    """How many rulings were ever applied: as long as it stays the same, what is remembered of keys holds."""
    query = sa.select(sa.func.count()).select_from(KeyVersion).where(col(KeyVersion.applied_at).is_not(None))
    return int(db.execute(query).scalar_one())
