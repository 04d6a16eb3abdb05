"""What the list's page shows beside its rows: what it can be narrowed to, and chips for what it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from mockhall.accounts.models import Person
from mockhall.bank import listing
from mockhall.bank.list_forms import FILES, HEALTH, ORDERS, USED, VERIFIED, Filters
from mockhall.bank.queries import Subject, subjects

MOST_AT_ONCE = 500
FILES_WORDS = "Loaded from files"


@dataclass(frozen=True)
class Chip:
    """A filter in force in words, and the list without it. `words` of a kind or state are the template's."""

    name: str
    value: str
    words: str
    without: str


@dataclass(frozen=True)
class Shown:
    """The list with everything around it."""

    filters: Filters
    page: listing.Page
    subjects: Sequence[Subject]
    tags: Sequence[str]
    authors: Sequence[Person]
    now: datetime

    @property
    def chips(self) -> list[Chip]:
        """One for each filter in force, in the order of the form."""
        return [
            Chip(name, value, self._words(name, value), self.filters.url(**{name: ""}))
            for name, value in self.filters.narrowing.items()
        ]

    @property
    def may_take_all(self) -> bool:
        """Can all that were found be changed at once, and are there more than this page shows?"""
        return len(self.page.rows) < self.page.found <= MOST_AT_ONCE

    @property
    def known_tags(self) -> list[str]:
        """What the filter offers: the one in force even where no question has it."""
        mine = self.filters.tag.casefold()
        return sorted({*self.tags, mine} - {""})

    @property
    def choices(self) -> dict[str, dict[str, str]]:
        """The filters that are lists of words, with their words."""
        return {"used": USED, "health": HEALTH, "verified": VERIFIED, "sort": ORDERS, "author": self._authors}

    @property
    def _authors(self) -> dict[str, str]:
        return {FILES: FILES_WORDS} | {each.code: each.label for each in self.authors}

    def _words(self, name: str, value: str) -> str:
        if name == "q":
            return f"“{value}”"
        if name == "topic":
            topics = [each for subject in self.subjects for each in (subject.topic, *subject.topics)]
            return next((each.title for each in topics if each.slug == value), value)
        before = {"tag": "Tag: ", "author": "By ", "verified": "Verified: "}.get(name, "")
        before = "" if (name, value) in {("author", FILES), ("verified", "due")} else before
        return before + self.choices.get(name, {}).get(value, value)


def shown(db: Session, filters: Filters, now: datetime) -> Shown:
    """The list and what it can be narrowed to; a filter whose value nothing can have counts as not set."""
    known = subjects(db)
    filters = replace(filters, **listing.unknown(db, filters, known))
    page = listing.question_page(db, filters, now)
    return Shown(filters, page, known, listing.tags(db), listing.authors(db), now)


def as_json(view: Shown) -> dict[str, Any]:
    """The list for scripts."""
    return {
        "found": view.page.found, "more": view.page.more, "total": view.page.total,
        "previous": view.page.previous or None, "next": view.page.next or None,
        "questions": [_row_json(row) for row in view.page.rows],
    }  # fmt: skip


def _row_json(row: listing.Row) -> dict[str, Any]:
    question, figures = row.question, row.figures
    return {
        "code": question.code, "headline": row.headline, "topic": row.topic, "kind": question.kind,
        "difficulty": question.difficulty, "status": question.status, "version": question.version,
        "used": question.used, "facility": figures.facility if figures else None,
        "finding": figures.finding if figures else "",
    }  # fmt: skip
