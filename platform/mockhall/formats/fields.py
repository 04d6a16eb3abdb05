"""Typed reading of one YAML mapping: every absent, unknown or ill-formed value becomes a problem with its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from mockhall.exam.exact import decimal_value
from mockhall.formats.problems import Report, listed, quoted, suggestion
from mockhall.formats.tree import Items, Node, Scalar, Table

WHOLE = re.compile(r"[0-9]{1,6}")
INSTANT = "2027-01-15T09:00+05:30"


class Fields:
    """A mapping with the names that may stand in it. Methods report."""

    def __init__(self, table: Table, report: Report, known: Sequence[str]) -> None:
        self.table = table
        self.report = report
        for name, _ in table.pairs:
            if name.text not in known:
                hint = suggestion(name.text, known) or f" Known are {listed(known)}."
                report.error(name.line, f"{quoted(name.text)} isn't known here.{hint}")

    def node(self, key: str) -> Node | None:
        """What stands behind the key; None when it is absent or empty."""
        node = self.table.get(key)
        return None if isinstance(node, Scalar) and node.empty else node

    def line(self, key: str) -> int:
        """Where the key's name stands, or the mapping's first line."""
        return next((name.line for name, _ in self.table.pairs if name.text == key), self.table.line)

    def has(self, key: str) -> bool:
        return self.table.get(key) is not None

    def need(self, key: str) -> Node | None:
        """As `node`, and absence is an error."""
        node = self.node(key)
        if node is None:
            said = "is empty. Fill it in." if self.has(key) else "is missing. Add it."
            self.report.error(self.line(key), f"`{key}:` {said}")
        return node

    def text(self, key: str, limit: int, *, required: bool = False) -> str:
        """The value with the spaces around it left out; "" when absent."""
        scalar = self._scalar(key, "a text", self.need(key) if required else self.node(key))
        text = scalar.text.strip() if scalar else ""
        if scalar and len(text) > limit:
            self.report.error(scalar.line, f"`{key}:` has {len(text)} characters. Keep it within {limit}.")
        return text

    def choice(self, key: str, allowed: Sequence[str]) -> str:
        """One of the allowed words; "" after an error."""
        scalar = self._scalar(key, listed(allowed), self.need(key))
        if scalar is None or scalar.text in allowed:
            return scalar.text if scalar else ""
        said = f"`{key}:` is {listed(allowed)}, not {quoted(scalar.text)}.{suggestion(scalar.text, allowed)}"
        self.report.error(scalar.line, said)
        return ""

    def flag(self, key: str, *, default: bool) -> bool:
        scalar = self._scalar(key, "`true` or `false`", self.node(key))
        if scalar is None:
            return default
        if scalar.plain and scalar.text.lower() in ("true", "false"):
            return scalar.text.lower() == "true"
        self.report.error(scalar.line, f"`{key}:` is `true` or `false`, not {quoted(scalar.text)}.")
        return default

    def whole(self, key: str) -> int | None:
        """A whole number of 1 or more; None when absent."""
        scalar = self._scalar(key, "a whole number", self.node(key))
        if scalar is None:
            return None
        if WHOLE.fullmatch(scalar.text) and int(scalar.text) > 0:
            return int(scalar.text)
        said = f"`{key}:` is a whole number of 1 or more, or left out; {quoted(scalar.text)} isn't one."
        self.report.error(scalar.line, said)
        return None

    def instant(self, key: str) -> datetime | None:
        """A point in time as UTC; None when absent or ill-formed. Without a zone it would mean two things."""
        scalar = self._scalar(key, "a date with time and zone", self.node(key))
        if scalar is None:
            return None
        try:
            written = datetime.fromisoformat(scalar.text)
            if written.tzinfo is not None:
                return written.astimezone(UTC)
            said = f"`{key}:` has no time zone. Add it, as in `{INSTANT}`; {quoted(scalar.text)} lacks one."
        except (ValueError, OverflowError):  # the zone may carry the year 1 or 9999 over its edge
            said = f"`{key}:` is a date with time and zone such as `{INSTANT}`; {quoted(scalar.text)} isn't one."
        self.report.error(scalar.line, said)
        return None

    def decimal(self, key: str) -> str | None:
        """A number as the author wrote it; None when absent or ill-formed."""
        node = self._scalar(key, "a number", self.node(key))
        return self.as_decimal(key, node) if node else None

    def as_decimal(self, key: str, scalar: Scalar) -> str | None:
        if decimal_value(scalar.text) is not None:
            return scalar.text
        said = f"`{key}:` is a number like 12.5 or 3e8, with a point and no spaces; {quoted(scalar.text)} isn't."
        self.report.error(scalar.line, said)
        return None

    def scalars(self, key: str, *, required: bool = False) -> tuple[Scalar, ...]:
        """The words of a list, the empty and the nested ones reported and left out."""
        node = self.need(key) if required else self.node(key)
        if node is None:
            return ()
        if not isinstance(node, Items):
            said = f"`{key}:` is a list. Write `{key}: [one, two]`, or lines beginning with `- `."
            self.report.error(node.line, said)
            return ()
        if required and not node.items:
            self.report.error(node.line, f"`{key}:` is an empty list. Name at least one.")
        return tuple(word for item in node.items if (word := self._word(key, item)))

    def _word(self, key: str, item: Node) -> Scalar | None:
        if isinstance(item, Scalar) and not item.empty:
            return item
        said = f"`{key}:` holds an entry that is empty or not a single value. Mend or delete it."
        self.report.error(item.line, said)
        return None

    def _scalar(self, key: str, wanted: str, node: Node | None) -> Scalar | None:
        if node is None or isinstance(node, Scalar):
            return node
        self.report.error(node.line, f"`{key}:` is {wanted}, not a list or a block of names.")
        return None
