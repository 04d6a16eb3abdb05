"""Papers as the reader of content files gives them, for the tests to load and change."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mockhall.exam.kinds import Difficulty, Kind
from mockhall.formats.values import KeyValue, Marking, OptionValue, PaperValue, QuestionValue, SectionValue


def marking(full: str = "3") -> Marking:
    """A scheme spelt out, wrong answers -1."""
    return {"full": full, "wrong": "-1", "partial": "none", "floor": None, "no_negative": []}


def question_file(ref: str = "01-first", stem: str = "Which one?", **changes: Any) -> QuestionValue:
    """A single-choice question whose right option is the first."""
    value = QuestionValue(
        ref=ref, kind=Kind.SINGLE, stem=stem, options=(OptionValue("o1", "Alpha"), OptionValue("o2", "Beta")),
        key=KeyValue(options=("o1",)), solution="Because.", topic="Basics", difficulty=Difficulty.EASY,
    )  # fmt: skip
    return replace(value, **changes)


def paper_file(slug: str = "mock-1", questions: Sequence[QuestionValue] = (), **changes: Any) -> PaperValue:
    """A paper of one section; its digest follows from all it says."""
    value = PaperValue(
        slug=slug, title="Mock one", summary="Short.", topic="FastAPI", difficulty=Difficulty.EASY, minutes=30,
        marking=marking(), reveal="mock", attempts=None, shuffle_options=True, shuffle_questions=False, instructions="",
        sections=(SectionValue("First", "", None, tuple(questions) or (question_file(),)),), digest="",
    )  # fmt: skip
    value = replace(value, **changes)
    return replace(value, digest=hashlib.sha256(repr(value).encode()).hexdigest())
