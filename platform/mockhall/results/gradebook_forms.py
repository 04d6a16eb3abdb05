"""The address of the gradebook: which cohort, tests, scores and page. What can't be read counts as not given."""

import re
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request

from mockhall.accounts.cohort_queries import cohort_with_code
from mockhall.accounts.models import Cohort
from mockhall.db import Reading, Writing
from mockhall.results.access import Exporter
from mockhall.results.gradebook import MOST_TESTS
from mockhall.results.grades import Which
from mockhall.web.errors import NotYours

_CODE = re.compile("[A-Za-z0-9-]{1,24}")
CHOOSE = "Choose a cohort first: there is none at this address."


@dataclass(frozen=True)
class GradebookQuery:
    """`?cohort=<code>&score=best&paper=<slug>&tests=2&after=<code>`; `tests` is the page of columns."""

    cohort: str = ""
    score: Which = Which.BEST
    papers: tuple[str, ...] = ()
    tests: int = 1
    after: str = ""

    def at(self, path: str = "/desk/gradebook", *, tests: int = 1, after: str = "") -> str:
        """The address of the same choice on another page."""
        pairs = [("cohort", self.cohort), ("score", self.score.value), *(("paper", each) for each in self.papers)]
        pairs += [("tests", str(tests))] if tests > 1 else []
        return f"{path}?{urlencode([*pairs, *([('after', after)] if after else [])])}"


def gradebook_query(request: Request) -> GradebookQuery:
    """What is asked for."""
    given = request.query_params
    score, page = given.get("score", ""), given.get("tests", "")
    papers = [each for each in given.getlist("paper")[:MOST_TESTS] if each and "\0" not in each and len(each) <= 120]
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 1
    return GradebookQuery(
        _code(given.get("cohort", "")), Which(score) if score in list(Which) else Which.BEST,
        tuple(dict.fromkeys(papers)), max(number, 1), _code(given.get("after", "")),
    )  # fmt: skip


def _code(text: str) -> str:
    return text if _CODE.fullmatch(text) else ""


AskedGradebook = Annotated[GradebookQuery, Depends(gradebook_query)]


def asked_cohort(db: Reading, asked: AskedGradebook) -> Cohort | None:
    """The cohort that is asked for, if there is one."""
    return cohort_with_code(db, asked.cohort) if asked.cohort else None


def exported_cohort(db: Writing, asked: AskedGradebook, _person: Exporter) -> Cohort:
    """The same, on the session that writes; without one there is nothing to take away."""
    found = cohort_with_code(db, asked.cohort) if asked.cohort else None
    if found is None:
        raise NotYours(CHOOSE)
    return found


AskedCohort = Annotated[Cohort | None, Depends(asked_cohort)]
ExportedCohort = Annotated[Cohort, Depends(exported_cohort)]
