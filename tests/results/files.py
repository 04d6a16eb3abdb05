"""Files that staff take away, read back as their readers would: CSV, JSON, XLSX, PDF."""

import csv
import io
from typing import Any

import pypdf
from fastapi.testclient import TestClient
from python_calamine import CalamineWorkbook

from mockhall.accounts.models import Role
from tests.make import Site
from tests.results.sitting import browse, person

DESK = "/desk/papers/mock-1"


def staff_browser(site: Site) -> TestClient:
    """Zoe, who may read reports."""
    return browse(site, person(site, "Zoe", Role.STAFF))


def csv_rows(text: str) -> list[dict[str, str]]:
    """The rows by column; the mark that says UTF-8 must be there."""
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """The cells of an XLSX by sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def records(rows: list[list[Any]]) -> list[dict[str, Any]]:
    """The rows of a sheet by column."""
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def pdf_text(content: bytes) -> str:
    """What a reader finds in a PDF, all pages after each other."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
