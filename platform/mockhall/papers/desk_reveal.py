"""The table of what candidates see and when, as the form holds it: a box for each time and item, and presets."""

from collections.abc import Collection, Mapping
from typing import Any

from mockhall.exam.reveal import PRESETS, Item, Matrix, Moment, needs_close, visible
from mockhall.exam.reveal_words import SENSELESS, faults, in_words

TABLE = "table"
"""What the field `reveal` says where the boxes hold; else it names a preset, as scripts may."""
NEEDS_CLOSE = "Answers are to open when the test has closed. Say when it closes."


def name(when: Moment, item: Item) -> str:
    """A box by its value in the form; its id begins with `shown-`."""
    return f"{when}-{item}"


def boxes(matrix: Matrix) -> frozenset[str]:
    """The boxes that are ticked for this matrix."""
    return frozenset(name(when, item) for when in Moment for item in visible(matrix, when)) - _SENSELESS


def matrix_of(ticked: Collection[str]) -> Matrix:
    """The matrix of these boxes; what is no box is nothing."""
    known = set(ticked) - _SENSELESS
    written = {str(when): [item for item in Item if name(when, item) in known] for when in Moment}
    return Matrix.from_json(written)


_SENSELESS = frozenset(name(when, item) for when, item in SENSELESS)


def read_reveal(
    chosen: str, ticked: Collection[str], before: Mapping[str, Any] | None, *, closes: bool, closed: bool,
    errors: dict[str, str],
) -> dict[str, Any]:  # fmt: skip
    """What the form says, to be stored; errors stand beside the boxes, and beside `closes` where that is missing.

    A form that doesn't speak of it leaves it as it was, and what is stored already is not judged anew, unless the
    closing time is taken away that there was (`closed`)."""
    if chosen not in {"", TABLE, *PRESETS} or (before is None and not chosen):
        errors["reveal"] = "Choose when answers open."
        return {}
    stored = Matrix.from_json(before or {})
    matrix = {TABLE: matrix_of(ticked), "": stored}.get(chosen) or PRESETS[chosen]
    is_new = before is None or boxes(matrix) != boxes(stored)
    if chosen == TABLE and is_new:
        errors |= {f"shown-{name(*cell)}": said for cell, said in faults(matrix, closes=closes).items()}
    if needs_close(matrix) and not closes and (is_new or closed) and "closes" not in errors:
        errors["closes"] = NEEDS_CLOSE
    return matrix.to_json() if is_new or before is None else dict(before)


def table_context(ticked: Collection[str], *, closes: bool) -> dict[str, Any]:
    """What templates/papers_desk/_reveal.html needs: rows of boxes, presets, and the words."""
    rows = [(str(item), [("" if (when, item) in SENSELESS else name(when, item)) for when in Moment]) for item in Item]
    return {
        "rows": rows, "presets": {each: " ".join(sorted(boxes(matrix))) for each, matrix in PRESETS.items()},
        "chosen": next((each for each, matrix in PRESETS.items() if boxes(matrix) == set(ticked)), ""),
        "words": in_words(matrix_of(ticked), closes=closes),
    }  # fmt: skip
