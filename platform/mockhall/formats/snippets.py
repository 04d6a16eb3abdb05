"""Predict-the-output questions: the program in the stem, and the output that the key stands for."""

from __future__ import annotations

from mockhall.formats.fences import blocks
from mockhall.formats.values import QuestionValue


def program(stem: str) -> str | None:
    """The stem's first Python block; None where there is none."""
    return next((block.code for block in blocks(stem.split("\n")) if block.info.split()[:1] == ["python"]), None)


def bare(text: str) -> str:
    """What an option shows: its backticks or fence removed when it is nothing but code."""
    lines = text.strip().split("\n")
    first = next(blocks(lines), None)
    if first and first.first == 0 and first.last == len(lines) - 1:
        return first.code
    return _without_backticks(text.strip())


def _without_backticks(text: str) -> str:
    ticks = "`" * (len(text) - len(text.lstrip("`")))
    inner = text[len(ticks) : -len(ticks)] if ticks else ""
    whole = inner and text.endswith(ticks) and not inner.endswith("`") and ticks not in inner
    return inner if whole else text


def expected(question: QuestionValue) -> str | None:
    """What the program has to print; None where the key names no one text: several right options, a range."""
    if question.output is not None:
        return question.output
    right = [bare(option.text) for option in question.options if option.id in question.key.options]
    shown = right or [*question.key.answers[:1], *filter(None, [question.key.value])]
    return shown[0] if len(shown) == 1 else None


def distractors(question: QuestionValue) -> list[str]:
    """The texts of the wrong options, bare."""
    return [bare(option.text) for option in question.options if option.id not in question.key.options]
