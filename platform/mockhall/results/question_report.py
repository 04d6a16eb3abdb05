"""A question's figures in all tests that had it, as their newest statistics say, for its page in the bank."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlmodel import Session, col

from mockhall.bank.models import Question, QuestionVersion
from mockhall.exam.analysis import FEW_ATTEMPTS, Chosen
from mockhall.exam.findings import OptionRow
from mockhall.exam.shuffle import letters
from mockhall.papers.models import Paper, PaperDraw, PaperQuestion, PaperSection, PaperVersion
from mockhall.results.analysed import QuestionStatistics
from mockhall.results.models import PaperStatistics

MOST = 20
"""Statistics looked at, the newest: each holds all questions of a test."""
_STORED: TypeAdapter[QuestionStatistics] = TypeAdapter(QuestionStatistics)


@dataclass(frozen=True)
class InTest:
    """The question's figures in one version of a test; `third`: how many people a third are, 0 where not all of the
    test's people had the question, for then the thirds of the test are none of the question."""

    title: str
    slug: str
    version: int
    figures: QuestionStatistics
    third: int

    @property
    def seconds(self) -> float | None:
        return float(self.figures.seconds.median) if self.figures.seconds else None


@dataclass(frozen=True)
class Performance:
    """All of them together. `since` is the first version counted: those before had another key or other choices."""

    question: Question
    tests: Sequence[InTest]
    since: int
    letters: dict[str, str]

    @property
    def answers(self) -> int:
        return sum(each.figures.people for each in self.tests)

    @property
    def is_enough(self) -> bool:
        return self.answers >= FEW_ATTEMPTS

    @property
    def facility(self) -> float | None:
        return _mean([(each.figures.figures.facility, each.figures.people) for each in self.tests])

    @property
    def discrimination(self) -> float | None:
        """The tests' own, weighted by answers: totals of different tests can't be put side by side."""
        return _mean([(each.figures.figures.discrimination, each.figures.people) for each in self.tests])

    @property
    def seconds(self) -> float | None:
        """The median time where one test has it, else the mean of the medians, weighted by those timed."""
        return _mean([(each.seconds, each.figures.timed) for each in self.tests])

    @property
    def findings(self) -> list[str]:
        """What the tests with enough answers point out, each once."""
        return sorted({finding for each in self.tests for finding in each.figures.findings})

    @property
    def third(self) -> int:
        return sum(each.third for each in self.tests)

    @property
    def options(self) -> list[OptionRow]:
        """How many chose each option over all tests; the thirds only of tests where everybody had the question."""
        found: dict[str, OptionRow] = {}
        for test in self.tests:
            for row in test.figures.options:
                top, bottom = (row.top, row.bottom) if test.third else (0, 0)
                old = found.get(row.option, OptionRow(row.option, row.is_key, 0, 0, 0))
                found[row.option] = OptionRow(
                    row.option, row.is_key, old.chosen + row.chosen, old.top + top, old.bottom + bottom
                )
        return list(found.values())


def _mean(values: Sequence[tuple[float | None, int]]) -> float | None:
    known = [(value, weight) for value, weight in values if value is not None and weight]
    return sum(value * weight for value, weight in known) / sum(weight for _, weight in known) if known else None


def performance(db: Session, question: Question) -> Performance:
    """The figures of a question, in two queries: no responses are counted, only what was kept is read."""
    versions = _alike(db, question)
    ids = {version for _, version, _ in versions}
    tests = [found for row in _kept(db, ids) for found in _in_test(*row, ids)]
    named = letters([each["id"] for each in versions[0][2] if "id" in each])
    return Performance(question, tests, versions[-1][0], named)


def _alike(db: Session, question: Question) -> list[tuple[int, int, list[dict[str, Any]]]]:
    """Number, id and options of the versions around the live one that have its key and choices, newest first."""
    columns: list[Any] = [QuestionVersion.number, QuestionVersion.id, QuestionVersion.options, QuestionVersion.key]
    query = sa.select(*columns).where(col(QuestionVersion.question_id) == question.id)
    rows = db.execute(query.order_by(col(QuestionVersion.number).desc())).all()
    base = question.live_version or question.version
    at = next(place for place, row in enumerate(rows) if row.number == base)
    first = last = at
    while first > 0 and _asks(rows[first - 1]) == _asks(rows[at]):
        first -= 1
    while last + 1 < len(rows) and _asks(rows[last + 1]) == _asks(rows[at]):
        last += 1
    return [(row.number, row.id, row.options) for row in rows[first : last + 1]]


def _asks(row: Any) -> tuple[dict[str, Any], list[str]]:
    return row.key, sorted(each["id"] for each in row.options if "id" in each)


def _kept(db: Session, versions: set[int]) -> list[tuple[PaperStatistics, int, str, str]]:
    """The newest statistics of tests that hold one of these versions, or draw questions."""
    holds = sa.select(col(PaperSection.paper_version_id)).join(
        PaperQuestion, col(PaperQuestion.section_id) == col(PaperSection.id)
    )
    draws = sa.select(col(PaperSection.paper_version_id)).join(
        PaperDraw, col(PaperDraw.section_id) == col(PaperSection.id)
    )
    place = col(PaperStatistics.paper_version_id)
    held = place.in_(holds.where(col(PaperQuestion.question_version_id).in_(versions)))
    columns: list[Any] = [PaperStatistics, PaperVersion.number, Paper.title, Paper.slug]
    query = (
        sa.select(*columns)
        .join(PaperVersion, col(PaperVersion.id) == place)
        .join(Paper, col(Paper.id) == col(PaperVersion.paper_id))
        .where(col(PaperStatistics.chosen) == Chosen.FIRST.value)
        .where(sa.or_(held, place.in_(draws)))
        .order_by(held.desc(), col(PaperStatistics.computed_at).desc(), place.desc())
        .limit(MOST)
    )
    return [(row, number, title, slug) for row, number, title, slug in db.execute(query)]


def _in_test(row: PaperStatistics, number: int, title: str, slug: str, versions: set[int]) -> list[InTest]:
    """The question in one test's statistics: never more than once."""
    data = row.data
    own = [_STORED.validate_python(each) for each in data["in_order"] if each["version"] in versions]
    return [
        InTest(title, slug, number, each, each.people // 3 if each.people == data["people"] else 0)
        for each in own
        if each.people
    ]
