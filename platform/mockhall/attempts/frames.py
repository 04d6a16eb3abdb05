"""The room's page around its questions, made by its templates once for all attempts that stand alike.

A thousand who open the same test in one moment have the same page but for their names, times and orders of options."""

from collections.abc import Hashable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from fastapi import Request
from jinja2 import Environment
from markupsafe import escape

from mockhall.attempts.facts import Bounded
from mockhall.attempts.marks import cut, filled, mark
from mockhall.attempts.room import Room
from mockhall.attempts.views import MOVING
from mockhall.web.errors import iso
from mockhall.web.pages import page_text, theme_of

ROOM, QUESTIONS = "attempts/room.html", "attempts/_questions.html"
_MOST = 500  # about 15 kB each
_OWN = ("note", "whose", "saved", "ends", "ends_shown", "forms")
"""What belongs to one attempt, besides its code."""


class Frames:
    """Pages of the room with marks for what `views.moving_of` gives, put together from frames and questions."""

    def __init__(self) -> None:
        self._kept: Bounded[Hashable, Sequence[str]] = Bounded(_MOST)

    def page(self, request: Request, room: Room, context: Mapping[str, Any]) -> str:
        """The text of the room's page; `context` is that of `views.room_context`."""
        if not _is_plain(room):
            return page_text(request, ROOM, **context)
        key = _key(request, room, context)
        frame = self._kept.get(key) or self._kept.put(key, _frame(request, room, context))
        values = _values(request, room) | {name: mark(name) for name in MOVING}
        return "".join(filled(frame, values | {"forms": page_text(request, QUESTIONS, **context)}))


def _is_plain(room: Room) -> bool:
    """Are all questions open, for as long as the attempt? Else more stands in the frame than a key could say."""
    rows = [each.response for section in room.sections for each in section.questions]
    one_by_one = any(section.part.rules.one_by_one for section in room.sections)
    return not (room.is_ordered or one_by_one or any(row.locked or row.closes_at for row in rows))


def _key(request: Request, room: Room, context: Mapping[str, Any]) -> Hashable:
    """All that a frame shows beyond its marks; versions of papers and their sections never change."""
    attempt = room.attempt
    return (
        room.version.id, room.paper.slug, theme_of(request), context["here"], context["timer_state"],
        context["left"] is None, room.last_saved is None, attempt.strict, attempt.language,
        tuple((section.position, *(each.state for each in section.questions)) for section in room.sections),
    )  # fmt: skip


def _frame(request: Request, room: Room, context: Mapping[str, Any]) -> Sequence[str]:
    """The page cut at its marks. Of the attempt it is given nothing else: a template that asks breaks."""
    attempt = SimpleNamespace(code=mark("code"), strict=room.attempt.strict, language=room.attempt.language)
    marks = {"own": {name: mark(name) for name in _OWN}, "moving": {name: mark(name) for name in MOVING}}
    return cut(page_text(request, ROOM, **{**context, **marks, "attempt": attempt}))


def _values(request: Request, room: Room) -> dict[str, str]:
    """What stands in place of the marks, as the templates show it."""
    environment: Environment = request.app.state.templates
    attempt, person, local_time = room.attempt, request.state.person, environment.filters["local_time"]
    return {
        "code": str(escape(attempt.code)),
        "note": str(escape(attempt.candidate or person.label)),
        "whose": str(escape(attempt.candidate or person.name or person.email or "a guest")),
        "saved": str(local_time(room.last_saved, "time")) if room.last_saved else "",
        "ends": iso(attempt.deadline_at) or "",
        "ends_shown": str(local_time(attempt.deadline_at, "time")) if attempt.deadline_at else "",
    }
