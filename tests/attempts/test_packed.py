"""Responses made ready before the writer's turn are those that the rules lay out."""

from fractions import Fraction
from typing import Any

import pytest
from sqlmodel import select

from mockhall.attempts.beginning import Pattern, begin
from mockhall.attempts.lane_rows import packed
from mockhall.papers import queries as papers
from mockhall.papers.models import PaperVersion
from tests.attempts.room_of import a_paper
from tests.kinds import cloze, match, order, true_false
from tests.make import START, Site, multiple, numeric, single, text

KINDS = [single(), multiple(), numeric(), text(), true_false(), match(), order(), cloze(), single(options="ABCDEF")]


def pattern(site: Site, **rules: Any) -> Pattern:
    a_paper(site, **rules)
    with site.reading() as db:
        return Pattern(papers.layout(db, db.exec(select(PaperVersion)).one()))


@pytest.mark.parametrize(
    "rules",
    [{}, {"shuffle_questions": True}, {"shuffle_sections": True}, {"shuffle_options": False}],
    ids=["fixed", "questions", "sections", "options as written"],
)
def test_each_row_says_what_the_laid_out_one_says(site: Site, rules: dict[str, Any]) -> None:
    passage = [single(passage_code="p", passage="Read."), single(passage_code="p", passage="Read.")]
    found = pattern(site, sections={"One": KINDS, "Two": [*passage, single(), single()]}, **rules)
    for code in ("abcd", "efgh", "ijkl", "mnop"):
        rows = begin(found, code, START, Fraction(1)).rows
        ready = packed(found, code)
        assert ready is not None
        assert ready.versions == tuple(row.question_version_id for row in rows)
        cut = [ready.rows[at : at + ready.width] for at in range(0, len(ready.rows), ready.width)]
        assert [(int(each[:4]), int(each[4:14])) for each in cut] == [(r.section, r.question_version_id) for r in rows]
        assert [each[14:].rstrip() for each in cut] == [_json(row.option_order) for row in rows]


def _json(options: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{each}"' for each in options) + "]"


@pytest.mark.parametrize("sat", [{"minutes_max": 5}, {"one_way": True}, {"question_seconds": 9}])
def test_questions_that_are_locked_or_timed_are_not_made_ready(site: Site, sat: dict[str, Any]) -> None:
    assert packed(pattern(site, sections={"One": [single()]}, sat={"One": sat}), "abcd") is None
