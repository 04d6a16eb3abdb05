"""Reads of the gradebook: people of a cohort against tests. Void attempts and previews never count."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.accounts.cohort_queries import Member, MemberPage, member_page, members
from mockhall.accounts.models import Cohort
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.papers.models import Paper, PaperStatus
from mockhall.results.grades import Grade, Try, Which, grade, mean, percent_of
from mockhall.results.models import ScoreRow
from mockhall.results.queries import shown_state

MOST_COLUMNS = 12  # tests side by side on a page
MOST_TESTS = 200  # to choose from, and in a file
COUNTS = (sa.not_(col(Attempt.is_preview)), col(Attempt.state) != AttemptState.VOIDED)


@dataclass(frozen=True)
class Test:
    """A test that can be a column; `is_sat` is whether anybody of the cohort has begun it."""

    id: int
    slug: str
    title: str
    is_sat: bool


@dataclass(frozen=True)
class Row:
    """One person: a grade for each column, in its order."""

    member: Member
    grades: Sequence[Grade | None]

    @property
    def percents(self) -> list[Fraction]:
        """The scores there are, in the order in which this person began the attempts."""
        there = [(each.attempt.place, each.percent) for each in self.grades if each and each.percent is not None]
        return [percent for _, percent in sorted(there)]

    @property
    def average(self) -> Fraction | None:
        return mean(self.percents) if self.percents else None


@dataclass(frozen=True)
class Foot:
    """Below a column: the mean of the whole cohort, and how many have a score."""

    mean: Fraction
    done: int


@dataclass(frozen=True)
class Gradebook:
    """One page of it. `feet` are by the id of a test; a test without any score has none."""

    tests: Sequence[Test]
    rows: Sequence[Row]
    feet: Mapping[int, Foot]
    people: MemberPage


def tests_of(db: Session, cohort: Cohort) -> list[Test]:
    """What can be a column: what the cohort has sat, the latest begun first, then all other tests in the catalogue."""
    newest: tuple[Any, ...] = (col(Attempt.paper_id).label("paper"), sa.func.max(col(Attempt.id)).label("last"))
    sat = sa.select(*newest).where(*COUNTS, col(Attempt.person_id).in_(members(cohort.code)))
    sat = sat.group_by(col(Attempt.paper_id))
    begun = sat.subquery()
    query = sa.select(col(Paper.id), col(Paper.slug), col(Paper.title), begun.c.last)
    query = query.outerjoin(begun, begun.c.paper == col(Paper.id))
    query = query.where(sa.or_(begun.c.last.is_not(None), col(Paper.status) == PaperStatus.PUBLISHED))
    query = query.order_by(sa.func.coalesce(begun.c.last, 0).desc(), col(Paper.title), col(Paper.id)).limit(MOST_TESTS)
    return [Test(row[0], row[1], row[2], row[3] is not None) for row in db.execute(query)]


def columns(tests: Iterable[Test], slugs: Sequence[str]) -> list[Test]:
    """The tests that were chosen; without a choice those that somebody has sat."""
    return [each for each in tests if (each.slug in slugs if slugs else each.is_sat)]


def gradebook(
    db: Session, cohort: Cohort, tests: Sequence[Test], which: Which, after: str, now: datetime, grace: timedelta
) -> Gradebook:
    """A page of people, by name, against these tests."""
    people = member_page(db, cohort, after)
    found = rows(db, people.members, tests, which, now, grace)
    return Gradebook(tests, found, _feet(db, cohort, tests, which), people)


def rows(
    db: Session, people: Sequence[Member], tests: Sequence[Test], which: Which, now: datetime, grace: timedelta
) -> list[Row]:
    """The grades of these people, in their order."""
    tries: dict[tuple[int, int], list[Try]] = defaultdict(list)
    query = (
        sa.select(
            col(Attempt.person_id), col(Attempt.paper_id), col(Attempt.id), col(Attempt.code), col(Attempt.state),
            col(Attempt.deadline_at), col(ScoreRow.score), col(ScoreRow.max),
        )
        .outerjoin(ScoreRow, col(ScoreRow.attempt_id) == col(Attempt.id))
        .where(*COUNTS, col(Attempt.person_id).in_([each.person.id for each in people]))
        .where(col(Attempt.paper_id).in_([each.id for each in tests]))
        .order_by(col(Attempt.id))
    )  # fmt: skip
    for person, paper, place, code, state, deadline_at, score, most in db.execute(query):
        shown = shown_state(state, deadline_at, now, grace)
        percent = percent_of(score, most) if shown is AttemptState.SCORED else None
        tries[person, paper].append(Try(place, code, shown, percent))
    return [
        Row(each, [grade(tries[each.person.id or 0, test.id], which) for test in tests]) for each in people
    ]  # fmt: skip


def _feet(db: Session, cohort: Cohort, tests: Sequence[Test], which: Which) -> dict[int, Foot]:
    """Means over the whole cohort, by the database: a page shows a part of the people only."""
    scored = [col(ScoreRow.paper_id).in_([each.id for each in tests]), col(Attempt.state) == AttemptState.SCORED]
    scored += [*COUNTS, col(Attempt.person_id).in_(members(cohort.code))]
    mine = sa.join(ScoreRow, Attempt, col(ScoreRow.attempt_id) == col(Attempt.id))
    # Marks are kept exactly, as texts that SQL can't divide by; a test has few different maxima.
    scored.append(col(ScoreRow.max) != Fraction(0))
    maxima = db.execute(sa.select(col(ScoreRow.max)).select_from(mine).where(*scored).distinct()).scalars().all()
    sizes = [(col(ScoreRow.max) == each, float(each)) for each in maxima]
    if not sizes:
        return {}
    percent = 100 * sa.cast(col(ScoreRow.score_sort), sa.Float) / sa.case(*sizes)
    one = _one_of_several(percent, which).select_from(mine).where(*scored).subquery()
    query = sa.select(one.c.paper, sa.func.avg(one.c.percent), sa.func.count()).where(one.c.place == 1)
    query = query.group_by(one.c.paper)
    return {paper: Foot(_exactly(average), count) for paper, average, count in db.execute(query)}


def _one_of_several(percent: Any, which: Which) -> sa.Select[Any]:
    """Each attempt with its percentage, the one that counts of a person and test at place 1."""
    whose, began = (col(ScoreRow.paper_id), col(ScoreRow.person_id)), col(Attempt.id)
    order = {Which.FIRST: [began], Which.BEST: [percent.desc(), began]}.get(which, [began.desc()])
    shown = sa.func.avg(percent).over(partition_by=whose) if which is Which.AVERAGE else percent
    place = sa.func.row_number().over(partition_by=whose, order_by=order)
    return sa.select(col(ScoreRow.paper_id).label("paper"), shown.label("percent"), place.label("place"))


def _exactly(value: float) -> Fraction:
    """A mean without the noise of how it was added up."""
    return Fraction(round(value * 10**6), 10**6)
