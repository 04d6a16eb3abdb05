"""Draws of content files held against the questions of those files: are there enough to draw?"""

from __future__ import annotations

from collections.abc import Sequence

from mockhall.exam import draws
from mockhall.exam.draws import Candidate
from mockhall.exam.errors import RuleError
from mockhall.formats.problems import Problem
from mockhall.formats.values import PaperValue


def draw_problems(papers: Sequence[PaperValue]) -> list[Problem]:
    """An error for each paper with a draw that the questions of all these papers are too few for."""
    pool, numbers = _pool(papers)
    own = {paper.slug: {numbers[f"{paper.slug}/{each.ref}"] for each in paper.questions} for paper in papers}
    found = [_problem(paper, pool, own[paper.slug]) for paper in papers]
    return [each for each in found if each]


def _pool(papers: Sequence[PaperValue]) -> tuple[list[Candidate], dict[str, int]]:
    """All questions that may be drawn, and the number each file's question has among them."""
    pool, numbers = [], {}
    for number, (paper, question) in enumerate((one, each) for one in papers for each in one.questions):
        numbers[f"{paper.slug}/{question.ref}"] = number
        topics = frozenset({question.topic.casefold(), paper.topic.casefold()})
        if question.marking is None:
            tags = frozenset(tag.casefold() for tag in question.tags)
            pool.append(Candidate(number, number, topics, question.difficulty, tags))
    return pool, numbers


def _problem(paper: PaperValue, pool: Sequence[Candidate], taken: set[int]) -> Problem | None:
    """The first draw that can't be had, tried one after the other, so that its line can be named."""
    wanted = [each for section in paper.sections for each in section.draws]
    for count, last in enumerate(wanted, 1):
        try:
            draws.drawn([each.draw for each in wanted[:count]], pool, taken, paper.slug)
        except RuleError as error:
            return Problem(last.file, last.line, f"{error.text} Write more questions, or draw fewer.")
    return None
