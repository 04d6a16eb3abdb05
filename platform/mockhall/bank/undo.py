"""Taking back a change of many questions, by who made it, for some minutes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from mockhall.accounts import audit
from mockhall.accounts.models import Person
from mockhall.bank import search, ticks
from mockhall.bank.bulk import Rewrite, rewrite
from mockhall.bank.desk_models import QuestionChange
from mockhall.bank.list_forms import Filters
from mockhall.bank.models import Question, QuestionVersion
from mockhall.bank.picked import Left, Picked
from mockhall.bank.ticks import Ticks
from mockhall.web.filters import plural
from mockhall.web.headline import headline

FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Offer:
    """A change that was just made, as the page says it; `code` is empty where it was taken back."""

    said: str
    code: str
    left: Sequence[Left]
    ticks: Ticks


def offer(db: Session, code: str, person: Person, filters: Filters, now: datetime) -> Offer | None:
    """What the page says after a change of this person's, and what stays ticked; None for any other code."""
    change = find(db, code, person)
    if change is None or now - change.made_at > FOR:
        return None
    left = [Left(**each) for each in change.left_out]
    return Offer(change.said, "" if change.undone_at else change.code, left, ticks.after(db, change, filters, now))


def find(db: Session, code: str, person: Person, *, lock: bool = False) -> QuestionChange | None:
    """A change this person made."""
    if not code.isalnum():
        return None
    query = select(QuestionChange).where(QuestionChange.code == code[:20], QuestionChange.person_id == person.id)
    return db.exec(query.with_for_update() if lock else query).first()


def undo(db: Session, change: QuestionChange, person: Person, now: datetime) -> str:
    """Put back what the change found, but for questions that somebody changed since, which `left_out` then names;
    returns what to say."""
    if change.undone_at is not None:
        return "That was taken back already."
    if now - change.made_at > FOR:
        return f"That can be taken back for {FOR.seconds // 60} minutes only. Nothing was changed."
    picked = _picked(db, change)
    mine = [each for each in picked if _is_as_left(each, change.before[str(each.question.id)], change.made_at)]
    _put_back(db, mine, change.before, person, now)
    stay = [each for each in picked if each not in mine and each.question.deleted_at is None]
    change.undone_at = now
    change.left_out = [asdict(_left(each)) for each in stay]
    db.add(change)
    audit.write(db, person.id, "questions", f"change {change.code}: taken back for {len(mine)}", now)
    return _said(len(mine), len(change.before) - len(mine))


def _picked(db: Session, change: QuestionChange) -> list[Picked]:
    newest = (col(QuestionVersion.question_id) == Question.id) & (col(QuestionVersion.number) == Question.version)
    query = select(Question, QuestionVersion).join(QuestionVersion, newest)
    query = query.where(col(Question.id).in_([int(each) for each in change.before])).order_by(col(Question.id))
    return [Picked(question, version) for question, version in db.exec(query.with_for_update(of=Question))]


def _is_as_left(each: Picked, kept: dict[str, Any], made_at: datetime) -> bool:
    """Nobody touched it since: a draft sent to review and sent back is a draft again, but with a reviewer's word."""
    if each.question.updated_at > made_at:
        return False
    question, left = each.question, (kept["left"], kept["left_status"], kept["left_verified"], kept["gone"])
    return (question.version, question.status, question.verified_version, bool(question.deleted_at)) == left


def _left(each: Picked) -> Left:
    return Left(each.question.code, headline(each.version.stem, 60).plain, "Changed since.")


def _put_back(db: Session, picked: list[Picked], before: dict[str, Any], person: Person, now: datetime) -> None:
    rewritten, back = [], []
    for each in picked:
        kept = before[str(each.question.id)]
        each.question.status, each.question.updated_at = kept["status"], now
        each.question.deleted_at = None
        db.add(each.question)
        if (kept["topic"], kept["tags"], kept["topic_id"]) != (
            each.version.topic, each.version.tags, each.question.topic_id,
        ):  # fmt: skip
            contents = {"topic": kept["topic"], "tags": kept["tags"]}
            rewritten.append(Rewrite(each, contents, kept["topic_id"]))
        elif kept["gone"]:
            back.append(search.Findable.of(each.question, each.version))
    rewrite(db, rewritten, person, now)
    db.flush()
    if back:
        search.keep(db, back)


def _said(done: int, left: int) -> str:
    said = f"Taken back for {plural(done, 'question')}." if done else "Nothing was taken back."
    if left:
        said += (
            f" {left} {'was' if left == 1 else 'were'} changed since, so {'it stays' if left == 1 else 'they stay'}."
        )
    return said
