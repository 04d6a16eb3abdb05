"""A report as a workbook: what it is of, then each table as a sheet, row by row so that memory stays as it is."""

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter

from mockhall.results.export import PLACES, Cell, Row, Table, number

MOST_ROWS = 1_000_000
"""A sheet holds 1,048,576."""
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TEXT = 32_767
WIDE = ("candidate", "email", "topic", "section", "stem")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Texts are texts: nothing that somebody typed becomes a formula, a link or a number.
OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
Progress = Callable[[int], None]


def write(path: Path, about: Sequence[tuple[str, Cell]], tables: Sequence[Table], progress: Progress) -> None:
    """Write the workbook; `progress` is told the number of rows written so far."""
    with xlsxwriter.Workbook(str(path), OPTIONS | {"tmpdir": str(path.parent)}) as book:
        formats = _formats(book)
        _write_about(book.add_worksheet("About"), about, formats)
        done = 0
        for place, table in enumerate(tables):
            sheet = book.add_worksheet(table.name.capitalize())
            if place == 0:
                sheet.activate()
            done += _write_table(sheet, table, formats, partial(_beyond, progress, done))


def _beyond(progress: Progress, before: int, rows: int) -> None:
    progress(before + rows)


def content(about: Sequence[tuple[str, Cell]], tables: Sequence[Table]) -> bytes:
    """The same of a short one, by way of a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="mockhall-") as folder:
        path = Path(folder) / "report.xlsx"
        write(path, about, tables, lambda _rows: None)
        return path.read_bytes()


def _formats(book: Any) -> Mapping[str, Any]:
    shapes = {
        "head": {"bold": True, "bottom": 1, "text_wrap": False},
        "instant": {"num_format": "yyyy-mm-dd hh:mm:ss"},
        "marks": {"num_format": "0.######"},
        "whole": {"num_format": "0"},
        "share4": {"num_format": "0.0000"},
        "share7": {"num_format": "0.0000000"},
    }
    return {name: book.add_format(shape) for name, shape in shapes.items()}


def _write_about(sheet: Any, about: Sequence[tuple[str, Cell]], formats: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 60)
    for at, (name, value) in enumerate(about):
        sheet.write_string(at, 0, name, formats["head"])
        _write(sheet, at, 1, value, formats)


def _write_table(sheet: Any, table: Table, formats: Mapping[str, Any], progress: Progress) -> int:
    sheet.freeze_panes(1, 1)
    for at, name in enumerate(table.columns):
        sheet.set_column(at, at, 28 if name in WIDE else 20 if name.endswith("_at") else max(10, len(name) + 2))
        sheet.write_string(0, at, name, formats["head"])
    done = 0
    for rows in table.batches():
        for row in rows:
            done += 1
            _write_row(sheet, done, row, formats)
        progress(done)
    sheet.autofilter(0, 0, done, len(table.columns) - 1)
    return done


def _write_row(sheet: Any, at: int, row: Row, formats: Mapping[str, Any]) -> None:
    for place, value in enumerate(row):
        _write(sheet, at, place, value, formats)


def _write(sheet: Any, row: int, at: int, value: Cell, formats: Mapping[str, Any]) -> None:
    match value:
        case None | "":
            return
        case str():
            sheet.write_string(row, at, _CONTROLS.sub("", value)[:LONGEST_TEXT])
        case bool():
            sheet.write_boolean(row, at, value)
        case int():
            sheet.write_number(row, at, value)
        case Fraction():
            form = formats["whole" if value.denominator == 1 else "marks"]
            sheet.write_number(row, at, number(value), form)
        case Decimal():
            places = -int(value.as_tuple().exponent)
            sheet.write_number(row, at, float(value), formats["share7" if places > PLACES else "share4"])
        case datetime():
            sheet.write_datetime(row, at, value.replace(tzinfo=None), formats["instant"])
