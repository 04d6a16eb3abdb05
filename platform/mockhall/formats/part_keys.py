"""The answers of questions in parts: the pairs of a match, the items of an order, the gaps of a cloze."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from mockhall.exam.key import FEWEST_IN_ORDER
from mockhall.formats.body import Body
from mockhall.formats.fields import Fields
from mockhall.formats.keys import CLOZE_NAMES, MOST, option_ids, read_number, read_texts
from mockhall.formats.problems import Report, quoted
from mockhall.formats.tree import Items, Node, Scalar, Table
from mockhall.formats.values import GapValue, Json, KeyValue, OptionValue

GAP = re.compile(r"\[\[([0-9]{1,2})\]\]")
GAP_NAMES = ("choices", "right", *CLOZE_NAMES)
MOST_GAPS = 20


def read_match(body: Body, slug: str, ref: str, report: Report) -> tuple[tuple[OptionValue, ...], KeyValue]:
    """The sides of a match and which belong together. Right sides are stored by their ids, not beside their lefts."""
    line = body.headings.get("Pairs")
    lefts = [pair for pair in body.pairs if pair.left]
    if line is None:
        report.error(body.first_line, "A match question needs `## Pairs` before the explanation. Add them.")
    elif not 2 <= len(lefts) <= MOST or len(body.pairs) > 2 * MOST:
        report.error(line, f"There are {len(lefts)} left sides. Give 2 to {MOST}.")
    for text, times in Counter(pair.left for pair in lefts).items():
        if times > 1:
            report.error(line or 0, f"The left side {quoted(text)} stands {times} times. Keep one.")
    left_ids = option_ids(slug, ref, [f"left\0{pair.left}" for pair in lefts])
    right_ids = option_ids(slug, ref, [f"right\0{pair.right}" for pair in body.pairs])
    left = tuple(OptionValue(left_ids[f"left\0{each.left}"], each.left, side="left") for each in lefts)
    right = {right_ids[f"right\0{each.right}"]: each.right for each in body.pairs}
    options = left + tuple(OptionValue(name, right[name], side="right") for name in sorted(right))
    pairs: dict[str, Json] = {
        option.id: right_ids[f"right\0{each.right}"] for option, each in zip(left, lefts, strict=True)
    }
    return options, KeyValue(form={"pairs": pairs})


def read_order(body: Body, slug: str, ref: str, report: Report) -> tuple[tuple[OptionValue, ...], KeyValue]:
    """The items of an order, stored by their ids, and their right order."""
    line = body.headings.get("Items")
    if line is None:
        report.error(body.first_line, "An order question needs `## Items` before the explanation. Add them.")
    elif not FEWEST_IN_ORDER <= len(body.items) <= MOST:
        report.error(line, f"There are {len(body.items)} items. Give {FEWEST_IN_ORDER} to {MOST}.")
    for text, times in Counter(item.text for item in body.items).items():
        if times > 1 or not text:
            report.error(line or 0, f"The item {quoted(text)} stands {times} times. Each is there once, with a text.")
    ids = option_ids(slug, ref, [item.text for item in body.items])
    options = tuple(OptionValue(ids[text], text) for text in sorted(ids, key=ids.__getitem__))
    return options, KeyValue(form={"order": [ids[item.text] for item in body.items]})


def read_cloze(fields: Fields, body: Body, slug: str, ref: str) -> tuple[tuple[GapValue, ...], KeyValue]:
    """The gaps of a cloze, `[[1]]` in the text and `gaps:` in the front matter."""
    report, table = fields.report, fields.need("gaps")
    if table is None:
        return (), KeyValue()
    if not isinstance(table, Table):
        report.error(table.line, "`gaps:` names each gap: a line `1: {answers: [await]}` below it for `[[1]]`.")
        return (), KeyValue()
    _check_places(table, body, report)
    gaps, keys = [], {}
    for name, node in table.pairs:
        if name.text.isascii() and name.text.isdigit() and len(name.text) < 3:
            gap, key = _gap(int(name.text), node, slug, ref, report)
            gaps.append(gap)
            keys[name.text] = key
    form: dict[str, Json] = {"gaps": {name: dict(key) for name, key in keys.items()}}
    return tuple(sorted(gaps, key=lambda gap: gap.number)), KeyValue(form=form)


def _check_places(table: Table, body: Body, report: Report) -> None:
    """Every gap of the text is described once, counted from 1 in the order of the text."""
    told = [name.text for name, _ in table.pairs]
    written = GAP.findall(body.stem)
    if written != [str(place) for place in range(1, len(written) + 1)] or not written:
        said = "The gaps of the text are `[[1]]`, `[[2]]` and so on, each once, in this order."
        report.error(body.first_line, said)
    elif sorted(told) != sorted(written):
        report.error(table.line, f"The text has {len(written)} gaps. Describe each in `gaps:` by its number, no other.")
    if len(written) > MOST_GAPS:
        report.error(body.first_line, f"There are {len(written)} gaps. Keep to {MOST_GAPS}.")


def _gap(number: int, node: Node, slug: str, ref: str, report: Report) -> tuple[GapValue, dict[str, Json]]:
    empty = GapValue(number, "text"), KeyValue(answers=("",)).to_json()
    if not isinstance(node, Table):
        report.error(
            node.line, f"Gap {number} is `{{choices: [a, b], right: a}}`, `{{answers: [a]}}` or `{{answer: 5}}`."
        )
        return empty
    fields = Fields(node, report, GAP_NAMES)
    if fields.has("choices"):
        return _chosen_gap(number, fields, slug, ref)
    if fields.has("answers"):
        return GapValue(number, "text"), read_texts(fields).to_json()
    return GapValue(number, "number"), read_number(fields).to_json()


def _chosen_gap(number: int, fields: Fields, slug: str, ref: str) -> tuple[GapValue, dict[str, Json]]:
    words = [word.text.strip() for word in fields.scalars("choices", required=True)]
    right = _right(fields)
    line = fields.line("choices")
    if not 2 <= len(words) <= MOST or len(set(words)) < len(words):
        fields.report.error(line, f"Gap {number} has 2 to {MOST} choices, no two alike.")
    if not right or not set(right) <= set(words):
        fields.report.error(line, f"`right:` names what is right in gap {number}, written as among its choices.")
    ids = option_ids(slug, ref, [f"{number}\0{word}" for word in words])
    choices = tuple(OptionValue(ids[f"{number}\0{word}"], word) for word in sorted(words))
    named: list[Json] = [*sorted(ids[f"{number}\0{word}"] for word in right if word in words)]
    return GapValue(number, "choice", choices), {"options": named}


def _right(fields: Fields) -> Sequence[str]:
    node = fields.need("right")
    if isinstance(node, Items):
        return [word.text.strip() for word in fields.scalars("right")]
    return [node.text.strip()] if isinstance(node, Scalar) else []
