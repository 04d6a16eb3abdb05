"""What the catalogue's pages and JSON say: counts in words, addresses that keep the filters."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from mockhall.exam.kinds import Difficulty
from mockhall.exam.marking import format_marks
from mockhall.papers.catalogue import Card, Filters, Found, Subject
from mockhall.papers.front import Front
from mockhall.papers.models import PaperVersion
from mockhall.web.errors import iso
from mockhall.web.filters import plural

LENGTH_WORDS = {"short": "Up to 15 min", "medium": "16 to 45 min", "long": "Over 45 min"}


def address(path: str, filters: Filters, page: int = 1) -> str:
    """The catalogue's address with these filters, nothing in it that narrows nothing."""
    named = {"q": filters.q, "topic": filters.topic, "difficulty": filters.difficulty, "length": filters.length}
    query = urlencode({name: value for name, value in named.items() if value} | ({"page": page} if page > 1 else {}))
    return f"{path}?{query}" if query else path


def turns(path: str, filters: Filters, found: Found) -> tuple[str | None, str | None]:
    """The addresses of the page before and the page after."""
    before = address(path, filters, found.page - 1) if found.page > 1 else None
    after = address(path, filters, found.page + 1) if found.page < found.pages else None
    return before, after


def count_text(found: Found, filters: Filters, subjects: Sequence[Subject]) -> str:
    """`2 Easy tests in FastAPI, up to 15 min, with “joins”`."""
    kind = f"{filters.difficulty} test" if filters.difficulty else "test"
    text = plural(found.total, kind) if found.total else f"No {kind}s"
    if filters.topic:
        text += f" in {topic_title(filters.topic, subjects)}"
    if filters.length:
        text += f", {LENGTH_WORDS[filters.length].lower()}"
    return f"{text}, with “{filters.q}”" if filters.q else text


def topic_title(slug: str, subjects: Sequence[Subject]) -> str:
    """The subject's title; a slug without one stands for itself."""
    return next((each.topic.title for each in subjects if each.topic.slug == slug), slug)


def found_json(found: Found) -> dict[str, Any]:
    """A page of the catalogue for scripts."""
    return {"papers": [card_json(card) for card in found.cards], "total": found.total, "page": found.page,
            "pages": found.pages}  # fmt: skip


def card_json(card: Card) -> dict[str, Any]:
    """One test of the catalogue for scripts; `minutes` is null without a clock."""
    paper = card.paper
    return {
        "slug": paper.slug, "title": paper.title, "topic": card.topic.title, "difficulty": paper.difficulty,
        "minutes": paper.minutes, "questions": paper.question_count, "url": f"/papers/{paper.slug}",
    }  # fmt: skip


def front_json(front: Front) -> dict[str, Any]:
    """A test's front page for scripts; `door` says whether this viewer can start."""
    version, own = front.version, front.own_time
    sections = [
        {"title": each.title, "covers": each.covers, "questions": each.questions, "max": format_marks(each.max)}
        for each in front.outline.sections
    ]
    return card_json(Card(front.shown.paper, front.shown.topic)) | {
        "summary": front.shown.paper.summary, "version": version.number, "max": format_marks(front.outline.max),
        "sections": sections, "your_seconds": own.total_seconds() if own else None,
        "opens_at": iso(front.terms.opens_at), "closes_at": iso(front.terms.closes_at),
        "attempts_left": front.attempts_left, "door": str(front.door),
        "access": version.access, "server_now": iso(front.now), "wait_until": iso(front.may_start_from),
        "asks": _asks(version), "start": f"/papers/{front.shown.paper.slug}/attempts",
    }  # fmt: skip


def _asks(version: PaperVersion) -> dict[str, Any]:
    """What a start has to send along; never the access code itself."""
    return {"name": version.ask_name, "roll": version.ask_roll, "code": bool(version.access_code)}


def catalogue_context(path: str, filters: Filters, found: Found, subjects: Sequence[Subject]) -> dict[str, Any]:
    """What the catalogue's page and its results fragment are made from."""
    return {
        "filters": filters, "found": found, "subjects": subjects, "count_text": count_text(found, filters, subjects),
        "turns": turns(path, filters, found), "lengths": LENGTH_WORDS, "difficulties": list(Difficulty),
        "unknown_topic": "" if filters.topic in {each.topic.slug for each in subjects} else filters.topic,
    }  # fmt: skip
