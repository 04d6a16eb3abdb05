"""A question's figures over all its tests, kept in the bank: from the analysis that tells most about it today."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from mockhall.bank.models import QuestionFigures, QuestionVersion
from mockhall.exam.analysis import FEW_ATTEMPTS
from mockhall.results.analysed import QuestionStatistics, Statistics


@dataclass(frozen=True)
class Figured:
    """What was counted of one version of a question."""

    question_id: int
    number: int
    counted: QuestionStatistics

    @property
    def worth(self) -> tuple[bool, int, int]:
        """Enough answers first, then the newer version, then more answers."""
        return self.counted.people >= FEW_ATTEMPTS, self.number, self.counted.people


def keep(db: Session, found: Statistics) -> None:
    """Keep what a paper's analysis says of each of its questions, in one statement.

    A question has the figures of one analysis, never a mixture: discriminations of different tests have no mean. A new
    count of the same analysis takes the old one's place; another's does when it is of a newer version that at least
    thirty have answered, or of the same or a newer version with as many answers."""
    rows = [_row(each, found) for each in _best(db, found.in_order)]
    if not rows:
        return
    insert = (postgresql if db.get_bind().dialect.name == "postgresql" else sqlite).insert(QuestionFigures)
    new, kept = insert.excluded, QuestionFigures
    wins = sa.or_(
        new.paper_version_id == col(kept.paper_version_id),
        sa.and_(new.version > col(kept.version), new.answers >= FEW_ATTEMPTS),
        sa.and_(new.version >= col(kept.version), new.answers >= col(kept.answers)),
    )
    changed = {name: new[name] for name in rows[0] if name != "question_id"}
    db.execute(insert.on_conflict_do_update(index_elements=["question_id"], set_=changed, where=wins), rows)


def _best(db: Session, counted: Iterable[QuestionStatistics]) -> list[Figured]:
    """Of each question one version: a draw can have given several of them."""
    by_version = {each.version: each for each in counted if each.people}
    versions = sa.select(col(QuestionVersion.id), col(QuestionVersion.question_id), col(QuestionVersion.number))
    best: dict[int, Figured] = {}
    for version, question, number in db.execute(versions.where(col(QuestionVersion.id).in_(by_version))):
        one = Figured(question, number, by_version[version])
        if question not in best or one.worth > best[question].worth:
            best[question] = one
    return [
        best[question] for question in sorted(best)
    ]  # in one order, so that two who write never wait for each other


def _row(each: Figured, found: Statistics) -> dict[str, object]:
    counted = each.counted
    seconds = float(counted.seconds.median) if counted.seconds and counted.timed >= FEW_ATTEMPTS else None
    return {
        "question_id": each.question_id, "answers": counted.people, "facility": counted.figures.facility,
        "discrimination": counted.figures.discrimination, "finding": next(map(str, counted.findings), ""),
        "seconds": seconds, "counted_at": found.computed_at, "version": each.number,
        "paper_version_id": found.paper_version,
    }  # fmt: skip
