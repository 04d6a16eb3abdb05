"""What the room shows of sections: tabs, the navigator's parts, what leaving one means, where an address leads."""

from datetime import datetime
from typing import Any

from mockhall.attempts.queries import Room, RoomQuestion, RoomSection
from mockhall.exam.navigator import BLANK, FLAGGED
from mockhall.exam.sections import Stage, may_open
from mockhall.web.errors import iso
from mockhall.web.filters import plural


def tabs(room: Room, here: RoomSection) -> list[dict[str, Any]]:
    """One a section. Where they come in order, the tab after the open one leads to leaving it."""
    following = next_section(room)
    return [
        {
            "title": each.title, "first": each.first, "answered": each.answered, "total": len(each.questions),
            "current": each is here, "open": each.is_open or each is following, "stage": str(each.part.stage),
            "closes_at": each.part.closes_at if each.is_open else None,
        }
        for each in room.sections
    ]  # fmt: skip


def next_section(room: Room) -> RoomSection | None:
    """The section that is entered when the open one is left; None where they are free, and at the last."""
    if not room.is_ordered:
        return None
    return next((each for each in room.sections if each.part.stage is Stage.AHEAD), None)


def navigator_parts(room: Room, now: datetime) -> list[dict[str, Any]]:
    """The navigator's parts. A section that isn't open has no cells: only how many questions, and how many answered."""
    return [
        {
            "title": each.title,
            "cells": [(q.number, str(q.state)) for q in each.questions] if each.is_open else [],
            "shut": [q.number for q in each.questions if each.is_open and not may_go(each, q, now)],
            "note": _note(each),
            "choose": choose_words(each),
            "alone": each.part.rules.one_by_one,
        }
        for each in room.sections
    ]


def may_go(section: RoomSection, question: RoomQuestion, now: datetime) -> bool:
    """Does the navigator's cell lead there: is it open, or one that may be opened now?"""
    if question.is_open(now):
        return True
    opened = [each.number for each in section.questions if each.response.opened_at is not None]
    is_new = question.response.opened_at is None
    return is_new and may_open(question.number, opened, section.first, section.last, section.part.rules)


def _note(section: RoomSection) -> str:
    if section.is_open:
        return ""
    count = plural(len(section.questions), "question")
    return (
        f"{count}, not open yet"
        if section.part.stage is Stage.AHEAD
        else f"Closed, {section.answered} of {count} answered"
    )


def choose_words(section: RoomSection) -> str:
    """`Answer any 5 of 8`; empty where all count."""
    return f"Answer any {section.choose_k} of {len(section.questions)}" if section.choose_k else ""


def leaving(room: Room, section: RoomSection) -> dict[str, Any]:
    """What the warning says before a section is left."""
    counts = section.counts
    return {
        "leaving": section,
        "left_blank": sum(counts[state] for state in BLANK),
        "left_marked": sum(counts[state] for state in FLAGGED),
        "onward": next_section(room),
    }


def nearest(room: Room, now: datetime) -> int:
    """The question to show to who comes back: where they were, else the nearest that is open to them."""
    section, current = room.open_section, room.attempt.current
    if not section.part.rules.one_by_one:
        return min(max(current, section.first), section.last)
    opened = [each.number for each in section.questions if each.is_open(now)]
    if current in opened:
        return current
    waiting = [each.number for each in section.questions if may_go(section, each, now)]
    return next(iter([*opened[::-1], *waiting, section.last]))


def section_json(section: RoomSection) -> dict[str, Any]:
    """A section for scripts, its questions left out."""
    part = section.part
    return {
        "position": section.position, "title": section.title, "stage": str(part.stage), "count": len(section.questions),
        "closes_at": iso(part.closes_at), "one_by_one": part.rules.one_by_one,
    }  # fmt: skip
