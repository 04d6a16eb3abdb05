"""Parsing what the catalogue is asked for. Whatever an address says, there is a page to show."""

from typing import Annotated

from fastapi import Depends, Request

from mockhall.exam.kinds import Difficulty
from mockhall.papers.catalogue import LENGTHS, Filters

LONGEST = 100  # characters of a search; nobody reads further
LAST_PAGE = 100_000


def filters(request: Request) -> Filters:
    """The catalogue's filters from the address; what a filter doesn't know means any."""
    difficulty, length = _text(request, "difficulty").capitalize(), _text(request, "length")
    return Filters(
        q=_text(request, "q"),
        topic=_text(request, "topic"),
        difficulty=difficulty if difficulty in list(Difficulty) else "",
        length=length if length in LENGTHS else "",
        page=page(request),
    )


def page(request: Request) -> int:
    """The page asked for, from 1; nonsense is the first."""
    text = request.query_params.get("page", "")
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _text(request: Request, name: str) -> str:
    text = request.query_params.get(name, "").replace("\0", "")  # PostgreSQL refuses a NUL
    return " ".join(text[:LONGEST].split())


CatalogueFilters = Annotated[Filters, Depends(filters)]
Page = Annotated[int, Depends(page)]
