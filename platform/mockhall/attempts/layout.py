"""The rows an attempt starts with, from a paper's layout and the attempt's code: no database, clock or chance."""

from collections.abc import Sequence
from dataclasses import dataclass

from mockhall.bank.models import QuestionVersion
from mockhall.exam import shuffle
from mockhall.exam.kinds import Kind
from mockhall.exam.layout import Asked, places
from mockhall.papers.queries import Layout


@dataclass(frozen=True, slots=True)
class Row:
    """One question of a new attempt, its options in this attempt's order."""

    number: int
    section: int
    question_version_id: int
    option_order: Sequence[str]
    visited: bool = False
    locked: bool = False


def lay_out(layout: Layout, code: str) -> list[Row]:
    """One row a question; the first counts as opened. The same code gives the same rows."""
    version, asked = layout.version, {each.position: list[Asked]() for each in layout.sections}
    questions: dict[int, QuestionVersion] = {}
    for each in layout.placed:
        question = each.question
        assert question.id is not None
        questions[question.id] = question
        asked[each.section].append(Asked(question.id, question.passage_code))
    found = places(
        list(asked.items()), shuffle_sections=version.shuffle_sections, shuffle_questions=version.shuffle_questions,
        seed=code,
    )  # fmt: skip
    return [
        Row(place.number, place.section, place.version, _options(layout, questions[place.version], code),
            visited=place.number == 1)
        for place in found
    ]  # fmt: skip


def _options(layout: Layout, question: QuestionVersion, code: str) -> Sequence[str]:
    kind, shuffled = Kind(question.kind), layout.version.shuffle_options and question.shuffle
    seed = f"{code}:{question.id}"
    return shuffle.option_order(kind, question.options, question.key.get("order", ()), seed, shuffled=shuffled)
