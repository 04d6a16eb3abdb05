"""Questions that say nearly the same: found by looking up what they are recognised by, never by reading them all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from mockhall.bank.models import Question, QuestionPrint, QuestionVersion
from mockhall.db import Database
from mockhall.exam.likeness import ALIKE, Likeness, likeness
from mockhall.web.headline import headline

MOST = 3
AT_ONCE = 50  # questions made known in one transaction
_COMPARED = 30  # of those with most values in common


@dataclass(frozen=True)
class Alike:
    """A question that says nearly the same, as the page that asks shows it."""

    code: str
    headline: str
    status: str
    share: float


def of_contents(contents: Mapping[str, Any]) -> Likeness:
    """What a version with these contents is recognised by."""
    choices = [str(row["text"]) for row in contents["options"] if "text" in row]
    return likeness(contents["stem"], contents.get("passage", ""), choices)


def of_version(version: QuestionVersion) -> Likeness:
    """The same of a stored one."""
    return of_contents({"stem": version.stem, "options": version.options, "passage": version.passage})


def remember(db: Session, version: QuestionVersion) -> None:
    """A question says something new: from now on it is found by that."""
    db.execute(delete(QuestionPrint).where(col(QuestionPrint.question_id) == version.question_id))
    db.execute(insert(QuestionPrint), _rows(version))


def _rows(version: QuestionVersion) -> list[dict[str, int]]:
    values = of_version(version).values
    return [{"question_id": version.question_id, "place": at, "value": value} for at, value in enumerate(values)]


def like(db: Session, contents: Mapping[str, Any], but: Question | None = None) -> list[Alike]:
    """The questions that say nearly what a form says, the likest first; two queries, however large the bank."""
    mine = of_contents(contents)
    found = [
        Alike(question.code, headline(version.stem, 120), question.status, mine.share(of_version(version)))
        for question, version in _candidates(db, mine)
        if but is None or question.id != but.id
    ]
    return sorted((each for each in found if each.share >= ALIKE), key=lambda each: -each.share)[:MOST]


def _candidates(db: Session, mine: Likeness) -> Sequence[tuple[Question, QuestionVersion]]:
    common = select(QuestionPrint.question_id).where(col(QuestionPrint.value).in_(mine.values))
    common = common.group_by(col(QuestionPrint.question_id))
    ids = db.exec(common.order_by(func.count().desc(), col(QuestionPrint.question_id)).limit(_COMPARED)).all()
    newest = (col(QuestionVersion.question_id) == Question.id) & (col(QuestionVersion.number) == Question.version)
    query = select(Question, QuestionVersion).join(QuestionVersion, newest)
    query = query.where(col(Question.id).in_(ids), col(Question.deleted_at).is_(None))
    return db.exec(query.order_by(col(Question.id))).all() if ids else []


def catch_up(database: Database, rest: Callable[[], bool]) -> int:
    """Make all the questions known that an earlier release stored; returns how many.

    A few at a time, each few in a transaction of their own, and between them a `rest`, in which saves
    have their turn: it is true when there is to be an end."""
    done, last = 0, 0
    while True:
        with database.reading() as db:
            versions = _unknown(db, last)
        if not versions:
            return done
        with database.writing() as db:
            keep_missing(db, versions)
        done, last = done + len(versions), versions[-1].question_id
        if rest():
            return done


def _unknown(db: Session, last: int) -> Sequence[QuestionVersion]:
    known = select(QuestionPrint.question_id).where(
        col(QuestionPrint.question_id) == col(Question.id), col(QuestionPrint.place) == 0
    )
    newest = (col(QuestionVersion.question_id) == Question.id) & (col(QuestionVersion.number) == Question.version)
    query = select(QuestionVersion).join(Question, newest).where(~known.exists(), col(Question.id) > last)
    return db.exec(query.order_by(col(Question.id)).limit(AT_ONCE)).all()


def keep_missing(db: Session, versions: Sequence[QuestionVersion]) -> None:
    """What was stored meanwhile stays: it is of a newer version, or another server was as quick."""
    rows = [row for version in versions for row in _rows(version)]
    missing = (postgresql if db.get_bind().dialect.name == "postgresql" else sqlite).insert(QuestionPrint)
    db.execute(missing.on_conflict_do_nothing(), rows)
