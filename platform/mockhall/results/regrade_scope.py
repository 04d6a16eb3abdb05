"""Which attempts a regrade is about, and what they are marked by: those of a paper, or those that had a question."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.attempts.models import Attempt, Response
from mockhall.bank import key_versions, taken_back
from mockhall.bank.models import KeyVersion, Question
from mockhall.exam.paper import Ruling
from mockhall.papers.models import PaperDraw, PaperQuestion, PaperSection, PaperVersion
from mockhall.results.models import Regrade, ScoreRow


@dataclass(frozen=True)
class Scope:
    """The attempts of these papers; with `versions` only those that had one of these versions of a question.

    `proposed`: a ruling that is looked at and does not hold yet, by version."""

    papers: Collection[int]
    versions: Collection[int] = ()
    proposed: Mapping[int, Ruling] = field(default_factory=dict)

    def attempts(self, after: int) -> sa.Select[Any]:
        """Attempts with their scores by id, from the next one on."""
        columns: list[Any] = [Attempt, ScoreRow]
        query = sa.select(*columns).join(ScoreRow, col(ScoreRow.attempt_id) == col(Attempt.id))
        query = query.where(col(ScoreRow.paper_id).in_(sorted(self.papers)), col(Attempt.id) > after)
        if self.versions:
            had = sa.select(col(Response.number)).where(col(Response.attempt_id) == col(Attempt.id))
            query = query.where(had.where(col(Response.question_version_id).in_(sorted(self.versions))).exists())
        return query.order_by(col(Attempt.id))


def scope_of(db: Session, regrade: Regrade) -> Scope:
    """What a regrade is about."""
    if regrade.key_version_id is None:
        return Scope([regrade.paper_id or 0])
    found = db.get_one(KeyVersion, regrade.key_version_id)
    versions = versions_of(db, found)
    ruling = Ruling.from_json(found.ruling)
    return Scope(papers_of(db, versions), versions, dict.fromkeys(versions, ruling))


def versions_of(db: Session, key_version: KeyVersion) -> list[int]:
    """The versions of a question that a ruling is about."""
    question = db.get_one(Question, key_version.question_id)
    if key_version.takes_back_id is not None:
        return sorted(each.id or 0 for each in taken_back.moved(db, question, key_version.takes_back_id))
    base = key_versions.version_of(db, question, key_version.number)
    return [each.id or 0 for each in key_versions.alike(db, base)] if base else []


def papers_of(db: Session, versions: Collection[int]) -> list[int]:
    """Papers that ask one of these versions, or draw questions and so may have."""
    section = col(PaperSection.paper_version_id) == col(PaperVersion.id)
    asks = sa.select(col(PaperVersion.paper_id)).join(PaperSection, section)
    asks = asks.join(PaperQuestion, col(PaperQuestion.section_id) == col(PaperSection.id))
    asks = asks.where(col(PaperQuestion.question_version_id).in_(sorted(versions)))
    draws = sa.select(col(PaperVersion.paper_id)).join(PaperSection, section)
    draws = draws.join(PaperDraw, col(PaperDraw.section_id) == col(PaperSection.id))
    return sorted(db.execute(sa.union(asks, draws)).scalars())
