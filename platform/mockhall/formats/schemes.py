"""The `marking:` of a test, section or question, read by the exam's own rules and spelt out."""

from __future__ import annotations

from collections.abc import Mapping

from mockhall.exam.errors import RuleError
from mockhall.exam.exact import plain
from mockhall.exam.marking import Scheme, scheme_of
from mockhall.formats.fields import Fields
from mockhall.formats.tree import Items, Node, Scalar, Table
from mockhall.formats.values import Marking

NAMES = ("preset", "full", "wrong", "partial", "floor", "no_negative")

Override = Mapping[str, object]


def read_override(fields: Fields) -> Override | None:
    """What the mapping's `marking:` says; None when absent or, with errors in the report, wrong."""
    node = fields.node("marking")
    if node is None:
        return None
    if not isinstance(node, Table):
        fields.report.error(node.line, "`marking:` is `{full: 4, wrong: -1}` or `{preset: NAME}`.")
        return None
    inner = Fields(node, fields.report, NAMES)
    written = {name: _written(inner.node(name)) for name in NAMES if inner.has(name)}
    wrong = [name for name, value in written.items() if not _is_fine(name, value, inner)]
    return None if wrong else written


def _written(node: Node | None) -> object:
    if isinstance(node, Items):
        return [_written(item) for item in node.items]
    return node.text if isinstance(node, Scalar) else node


def _is_fine(name: str, value: object, fields: Fields) -> bool:
    """Each value is tried by itself, so that every wrong one is reported, at its line."""
    try:
        alone = Scheme.from_json({"full": "1", name: value})
        Scheme.from_json(alone.to_json())  # 1e-300 can be read, but is too long to be kept
    except RuleError as error:
        fields.report.error(fields.line(name), f"`{name}:` {error.text}")
        return False
    return True


def resolved(*overrides: Override | None) -> Marking:
    """The scheme that holds under overrides from the paper inwards, with every field said."""
    scheme = scheme_of(*overrides)
    return {
        "full": plain(scheme.full),
        "wrong": plain(scheme.wrong),
        "partial": str(scheme.partial),
        "floor": None if scheme.floor is None else plain(scheme.floor),
        "no_negative": sorted(str(kind) for kind in scheme.no_negative),
    }
