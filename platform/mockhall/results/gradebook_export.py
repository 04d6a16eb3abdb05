"""The gradebook as CSV: one row a person, one column a test, streamed (docs/exports.md)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from mockhall.accounts.cohort_queries import member_page
from mockhall.accounts.models import Cohort
from mockhall.db import Database
from mockhall.exam.exact import fixed
from mockhall.results.export import BOM, Cell, csv_text
from mockhall.results.gradebook import Row, Test, rows
from mockhall.results.grades import Which

BATCH = 200  # people
COLUMNS = ("person", "name", "email", "roll", "average", "done")


def gradebook_csv(
    database: Database, cohort: Cohort, tests: Sequence[Test], which: Which, now: datetime, grace: timedelta
) -> Iterator[str]:
    """The file piece by piece. Each batch has a short reading session: a slow reader holds no connection."""
    yield BOM + csv_text([[*COLUMNS, *(each.slug for each in tests)]])
    after, more = "", True
    while more:
        with database.reading() as db:
            page = member_page(db, cohort, after, BATCH)
            found = rows(db, page.members, tests, which, now, grace)
        yield csv_text([_row(each) for each in found])
        after, more = page.after, page.after != ""


def _row(row: Row) -> Sequence[Cell]:
    person, average = row.member.person, row.average
    grades = [each.percent if each else None for each in row.grades]
    numbers = ["" if each is None else fixed(each, 4) for each in (average, *grades)]
    return person.code, person.name, person.email, row.member.roll, numbers[0], len(row.percents), *numbers[1:]
