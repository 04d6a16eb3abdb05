"""Tables as files while they are read: CSV safe to open in a spreadsheet, JSON with texts as they are."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from mockhall.exam.exact import fixed
from mockhall.exam.marking import format_marks
from mockhall.web.errors import iso

BOM = "\ufeff"  # without it a spreadsheet takes UTF-8 for the machine's old code page
PLACES = 6
"""Decimals of marks as numbers; where the exact ones matter a column beside holds them as text."""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SUSPICIOUS = re.compile("[\0=+\\-@\t\r\n＝＋－＠]")  # most texts have none of these and are left alone
# Where the comma is the decimal sign, programs part cells at semicolons: a name must hold no formula there either.
_AFTER_A_SEPARATOR = re.compile(r"([;\t|\r\n][\s\"']*)(?=[=+\-@＝＋－＠])")
Cell = str | int | datetime | Fraction | Decimal | bool | None
"""Fractions are marks, decimals have so many places as they are to be printed with."""
Row = Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """Rows to be written to a file. `name` is its sheet and its key in JSON.

    `batches` begins anew with each call; it holds no session between two batches: a slow reader takes none."""

    name: str
    columns: Sequence[str]
    batches: Callable[[], Iterator[Sequence[Row]]]


def csv_pieces(table: Table) -> Iterator[str]:
    """The table as CSV, a piece a batch."""
    yield BOM + csv_text([table.columns])
    for rows in table.batches():
        yield csv_text(rows)


def json_pieces(head: Mapping[str, Any], table: Table) -> Iterator[str]:
    """The table as one JSON object: what `head` says, then the rows under the table's name, each on its line."""
    yield f"{json.dumps(head, ensure_ascii=False)[:-1]}, {json.dumps(table.name)}: ["
    before = "\n"
    for rows in table.batches():
        lines = (json.dumps(dict(zip(table.columns, map(plain, row), strict=True)), ensure_ascii=False) for row in rows)
        yield before + ",\n".join(lines)
        before = ",\n"
    yield "\n]}\n"


def csv_text(rows: Sequence[Row]) -> str:
    """Rows as they stand in the file."""
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerows([[cell(each) for each in row] for row in rows])
    return file.getvalue()


def cell(value: Cell) -> str:
    """A value as it stands in CSV: instants in UTC, marks as decimals, texts that can't start a formula."""
    match value:
        case str():
            return _safe(value) if _SUSPICIOUS.search(value) else value
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Fraction():
            return _decimal(value)
        case Decimal():
            return f"{value:f}"
        case datetime():
            return iso(value) or ""
    return str(value)


def _safe(text: str) -> str:
    text = text.replace("\0", "")
    text = text[:1] + _AFTER_A_SEPARATOR.sub(r"\1'", text[1:])
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) and not _NUMBER.fullmatch(text) else text


def plain(value: Cell) -> str | int | float | bool | None:
    """A value as it stands in JSON: numbers as numbers, texts unchanged."""
    match value:
        case Fraction():
            return number(value)
        case Decimal():
            return float(value)
        case datetime():
            return iso(value)
    return value


@lru_cache(1024)
def number(value: Fraction) -> int | float:
    """Marks as a number of six places at most."""
    return value.numerator if value.denominator == 1 else float(fixed(value, PLACES))


@lru_cache(1024)
def _decimal(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else format_marks(Fraction(fixed(value, PLACES)))


def disposition(name: str, ending: str = "csv") -> str:
    """The header that names the file, safe for any slug."""
    ascii_ = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-") or "report"
    return f"attachment; filename=\"{ascii_}.{ending}\"; filename*=UTF-8''{quote(name, safe='')}.{ending}"
