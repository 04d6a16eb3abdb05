"""Values of the exam room for its templates and for JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Protocol

from mockhall.attempts import section_views
from mockhall.attempts.models import Held, Response
from mockhall.attempts.queries import Room, RoomQuestion
from mockhall.exam import navigator
from mockhall.exam.certainty import CHOICES
from mockhall.exam.clock import remaining
from mockhall.exam.kinds import Kind
from mockhall.exam.navigator import BLANK, FLAGGED, CellState
from mockhall.exam.saving import Stored
from mockhall.web import richtext
from mockhall.web.errors import iso
from mockhall.web.filters import clock_text
from mockhall.web.pictures import bar

WARNING, CRITICAL = timedelta(minutes=10), timedelta(minutes=1)


@dataclass(frozen=True)
class Draft:
    """What a refused form held, to be shown again with what is wrong beside its field."""

    number: int
    choice: Sequence[str]
    text: str
    error: str
    marked: bool = False
    parts: Mapping[str, str] = field(default_factory=dict)


def room_context(
    room: Room, here: int, now: datetime, draft: Draft | None = None, moving: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What templates/attempts/room.html needs to show question `here`; `moving` in place of what `moving_of` gives."""
    section = room.section_of(here)
    left, counts = remaining(now, room.attempt.deadline_at), navigator.counts(room.open_states.values())
    return {
        "room": room,
        "attempt": room.attempt,
        "not_you_url": f"/papers/{room.paper.slug}#who",
        "here": here,
        "section": section,
        "questions": section.around(here),
        "counts": _words(counts),
        "whole": _words(room.counts),
        "whole_blank": sum(room.counts[state] for state in BLANK),
        "tabs": section_views.tabs(room, section),
        "parts": section_views.navigator_parts(room, now),
        "next_section": section_views.next_section(room),
        "first_blank": room.next_blank(0),
        "next_blank": room.next_blank(here),
        "next_marked": room.next_marked(here),
        "blank": sum(counts[state] for state in BLANK),
        "marked": sum(counts[state] for state in FLAGGED),
        "server_now": now,
        "left": left,
        "timer_state": timer_state(left),
        "moving": moving or moving_of(room.attempt, now),
        "own": None,
        "draft": draft,
        "certainties": CHOICES,
    }


def _words(counts: Mapping[CellState, int]) -> dict[str, int]:
    return {str(state): count for state, count in counts.items()}


def timer_state(left: timedelta | None) -> str:
    """calm, warning in the last ten minutes, critical in the last one."""
    if left is None or left > WARNING:
        return "calm"
    return "warning" if left > CRITICAL else "critical"


class Clocked(Protocol):
    """What the clock of an attempt is read from."""

    @property
    def started_at(self) -> datetime: ...
    @property
    def deadline_at(self) -> datetime | None: ...
    @property
    def paused_seconds(self) -> int: ...


MOVING = ("now", "left", "bar")


def moving_of(attempt: Clocked, now: datetime) -> dict[str, str]:
    """What of the room's page changes while nobody does anything: the server's time, the time left, the bar above."""
    left = remaining(now, attempt.deadline_at)
    return {
        "now": iso(now) or "",
        "left": "" if left is None else clock_text(left.total_seconds()),
        "bar": _bar(round(_elapsed(attempt, now), 1)),
    }


@lru_cache(1001)
def _bar(share: float) -> str:
    """The bar of a share in per cent, of which it shows tenths."""
    return bar([(share, "")], "elapsed")


def _elapsed(attempt: Clocked, now: datetime) -> float:
    """The share of the time that has passed, in per cent."""
    if attempt.deadline_at is None:
        return 0.0
    whole = (attempt.deadline_at - attempt.started_at).total_seconds() - attempt.paused_seconds
    passed = (now - attempt.started_at).total_seconds() - attempt.paused_seconds
    return min(100.0, 100 * passed / max(whole, 1.0))


def room_json(room: Room, now: datetime) -> dict[str, Any]:
    """The attempt as a script may see it now."""
    return {
        "code": room.attempt.code,
        "state": room.attempt.state,
        "server_now": iso(now),
        "deadline_at": iso(room.attempt.deadline_at),
        "paused_at": iso(room.attempt.paused_at),
        "sections": [
            section_views.section_json(section)
            | {
                "questions": [
                    _question_json(each) for each in section.questions if section.is_open and each.is_open(now)
                ]
            }
            for section in room.sections
            if room.attempt.paused_at is None
        ],
    }


def _question_json(question: RoomQuestion) -> dict[str, Any]:
    row = question.response
    return {
        "number": row.number,
        "kind": question.kind,
        "language": question.language,
        "stem_html": richtext.render(question.stem),
        "options": _options_json(question),
        **_parts_json(question),
        **stored_json(row),
        "visited": row.visited,
        "answered": row.answered,
    }


def _options_json(question: RoomQuestion) -> list[dict[str, Any]]:
    if question.kind is Kind.CLOZE:
        return []
    if question.kind is Kind.MATCH:
        sides = [(each, side) for side in ("left", "right") for each in question.sides(side)]
        return [{"id": each.id, "html": richtext.render_inline(each.text), "side": side} for each, side in sides]
    return [{"id": each.id, "html": richtext.render_inline(each.text)} for each in question.shown_options()]


def _parts_json(question: RoomQuestion) -> dict[str, Any]:
    """The gaps of a cloze, `[[1]]` in its text."""
    if question.kind is not Kind.CLOZE:
        return {}
    return {
        "gaps": [
            {"gap": each.name, "type": each.kind, "choices": [{"id": i, "text": text} for i, text in each.choices]}
            for each in question.gaps({}).values()
        ]
    }


def stored_json(row: Response | Held) -> dict[str, Any]:
    """A response as it is kept."""
    found = {"choice": row.choice, "text": row.text, "parts": row.parts, "seq": row.seq, "marked": row.marked}
    return found | ({"certainty": row.certainty} if row.certainty else {})


def kept_json(stored: Stored) -> dict[str, Any]:
    """The same, as the rules hold it."""
    parts = dict(stored.parts)
    found = {"choice": stored.choice, "text": stored.text, "parts": parts, "seq": stored.seq, "marked": stored.marked}
    return found | ({"certainty": stored.certainty} if stored.certainty else {})
