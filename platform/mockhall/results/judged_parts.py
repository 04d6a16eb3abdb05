"""Answers in parts judged in words: the pairs of a match, the items of an order, the gaps of a cloze."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mockhall.attempts.models import Response
from mockhall.exam.comparing import part_results
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import Outcome
from mockhall.exam.paper import Answer, Key
from mockhall.exam.shown import gaps, items, sides
from mockhall.results.judged import accepted

WORDS = {True: "right", False: "wrong", None: "missed"}


@dataclass(frozen=True)
class JudgedPart:
    """A pair, an item or a gap. `result` is right, wrong, missed or empty, as in the style sheet.

    `name` is a left id, an item's id or a gap's number; `text` what stands there, `given` the candidate's own,
    `correct` the right ones, empty where they may not be seen; of an item both are places.
    """

    name: str
    text: str
    given: str
    result: str
    correct: Sequence[str]


def judged_parts(
    kind: Kind, response: Response, options: Sequence[Mapping[str, Any]], key: Key | None, outcome: Outcome | None
) -> list[JudgedPart]:
    """The parts of an answer; without a key only what the outcome alone tells: all of them right, or nothing."""
    if kind is Kind.ORDER:
        return _items(response, options, key, outcome)
    if kind not in (Kind.MATCH, Kind.CLOZE):
        return []
    answer = Answer.of(response.choice, response.text, response.parts)
    found = part_results(kind, key, answer) if key else dict.fromkeys(response.parts, outcome is Outcome.RIGHT or None)
    results = {name: _result(each, name in response.parts, key, outcome) for name, each in found.items()}
    if kind is Kind.MATCH:
        return _pairs(response, options, key, results)
    return _gaps(response, options, key, results)


def _result(right: bool | None, given: bool, key: Key | None, outcome: Outcome | None) -> str:
    if right:
        return "right"
    return WORDS[right] if key and outcome is not None and (given or right is None) else ""


def _pairs(
    response: Response, options: Sequence[Mapping[str, Any]], key: Key | None, results: Mapping[str, str]
) -> list[JudgedPart]:
    rights = {each.id: each.text for each in sides(options, response.option_order, "right")}
    pairs = dict(key.pairs) if key else {}
    return [
        JudgedPart(
            left.id, left.text, rights.get(response.parts.get(left.id, ""), ""), results.get(left.id, ""),
            [rights[pairs[left.id]]] if left.id in pairs else [],
        )
        for left in sides(options, response.option_order, "left")
    ]  # fmt: skip


def _gaps(
    response: Response, options: Sequence[Mapping[str, Any]], key: Key | None, results: Mapping[str, str]
) -> list[JudgedPart]:
    keys = dict(key.gaps) if key else {}
    parts = []
    for name, gap in gaps(options, response.option_order, response.parts).items():
        texts = dict(gap.choices)
        wanted = keys.get(name)
        correct = [] if wanted is None else [text for i, text in texts.items() if i in wanted.options]
        if wanted is not None and not wanted.options:
            correct = accepted(wanted)
        parts.append(JudgedPart(name, "", texts.get(gap.value, gap.value), results.get(name, ""), correct))
    return parts


def _items(
    response: Response, options: Sequence[Mapping[str, Any]], key: Key | None, outcome: Outcome | None
) -> list[JudgedPart]:
    """The items as the candidate put them, what was left out last; an order left blank as it should be."""
    shown = items(options, response.option_order, response.choice)
    if key and not response.choice:
        shown = sorted(shown, key=lambda item: key.order.index(item.id))
    parts = []
    for place, item in enumerate(shown, 1):
        given = str(place) if item.id in response.choice else ""
        correct = [str(key.order.index(item.id) + 1)] if key else []
        right = given == correct[0] if key and given else True if outcome is Outcome.RIGHT else None
        judged = _result(right, bool(given), key, outcome)
        parts.append(JudgedPart(item.id, item.text, given, judged, correct))
    return parts
