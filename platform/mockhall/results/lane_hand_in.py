"""Many hand-ins in one transaction: closed if they still can be, marked as they stand, given their receipts.

What is unusual is left to `closing.hand_in`: a stranger, a pause, time over or its grace, an attempt that was handed in
before. Both ways end an attempt alike; tests/results/test_lane_hand_in.py has them compared."""

import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from mockhall.attempts.lane_sql import Row, Run, instant, instant_in_json, stamp
from mockhall.exam import receipt
from mockhall.exam.paper import Answer
from mockhall.exam.receipt import Final, Heading
from mockhall.results import lane_hand_in_sql as sql
from mockhall.results.marked import Held, MarkedSheet, Marking, lost_selections, mark_sheet, sortable
from mockhall.web.codes import new_code


class HandIn(NamedTuple):
    """One press of Hand in; `token` is the cookie's hash."""

    token: str
    code: str
    now: datetime
    marking: Marking

    @property
    def key(self) -> Hashable:
        return self.code

    @property
    def most(self) -> int:
        return 16  # each takes a millisecond, in which saves wait

    @property
    def cuts(self) -> bool:
        return False

    @staticmethod
    def write(run: Run, jobs: Sequence["HandIn"]) -> list["HandedIn | None"]:
        """Close, mark and store; None of an attempt that is left to the other way, as it is where something was ruled
        about a question since its marking was looked up."""
        ((rulings,),) = run(sql.RULINGS, [("",)])
        by_code = {job.code: job for job in jobs if job.marking.rulings == int(rulings)}
        closed = {
            code: _Closed(by_code[code], *row)
            for code, *row in run(sql.CLOSE, [(job.token, job.code, stamp(job.now)) for job in by_code.values()])
        }
        if closed:
            _mark(run, list(closed.values()))
        return [closed[job.code].handed_in if job.code in closed else None for job in jobs]


class HandedIn(NamedTuple):
    """An attempt that is scored now."""

    deadline_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Closed:
    """An attempt that this transaction has closed, as `sql.CLOSE` returns it."""

    job: HandIn
    id: int
    paper: int
    person: int
    started: Any
    deadline: Any
    is_preview: bool
    is_strict: bool

    @property
    def handed_in(self) -> HandedIn:
        return HandedIn(instant(self.deadline))

    @property
    def most_ms(self) -> int:
        """How long it took: no question took longer."""
        started_at = instant(self.started)
        assert started_at is not None
        return max(0, (self.job.now - started_at) // timedelta(milliseconds=1))


def _mark(run: Run, closed: Sequence[_Closed]) -> None:
    """Mark them, and write all that belongs to their end."""
    run(sql.HOLD_TIMES, [(each.id, each.most_ms) for each in closed])
    by_id = {each.id: each for each in closed}
    listed = run(sql.RESPONSES, [(attempt,) for attempt in by_id])
    sheets = [_Sheet(by_id[attempt], json.loads(rows)) for attempt, rows in listed]
    if marks := [row for each in sheets for row in each.marks]:
        run(sql.NEW_MARKS, marks)
    run(sql.NEW_SCORES, [each.score for each in sheets])
    run(sql.SCORED, [(each.of.id, each.receipt, receipt.fingerprint(each.document)) for each in sheets])


class _Sheet:
    """The responses of a closed attempt, marked; `rows` as `sql.RESPONSES` lists them."""

    def __init__(self, of: _Closed, rows: Sequence[Sequence[Any]]) -> None:
        self.of, self.receipt = of, receipt.named(new_code(receipt.LENGTH))
        self.held = sorted(_held(*row[:8]) for row in rows)
        self.logged = {row[0]: json.loads(row[8]) for row in rows if row[8]} if of.is_strict else {}

    @cached_property
    def marked(self) -> MarkedSheet:
        marking = self.of.job.marking
        items = {
            each.number: replace(marking.items[each.section, each.question_version_id], number=each.number)
            for each in self.held
        }
        return mark_sheet(marking.rules, items, self.held, self.of.job.now)

    @property
    def marks(self) -> list[Row]:
        attempt, sheet = self.of.id, self.marked
        return [
            (attempt, item.number, str(each.marks), str(item.scheme.full), each.outcome, item.number in sheet.counted)
            for item, each, _ in sheet.entries
        ]

    @property
    def score(self) -> Row:
        total, of = self.marked.overall, self.of
        unsaved, unsaved_marks = lost_selections(self.marked.entries, self.logged)
        return (
            of.id, of.paper, of.person, of.is_preview, str(total.total), sortable(total.total), str(total.max),
            str(total.gained), str(total.lost), total.right, total.partly, total.wrong, total.blank, unsaved,
            str(unsaved_marks), stamp(of.job.now),
        )  # fmt: skip

    @property
    def document(self) -> str:
        job = self.of.job
        version = job.marking.rules.version
        heading = Heading(job.code, self.receipt, version.title, version.number, job.now)
        return receipt.document(heading, [Final(each.number, each.answer, each.certainty) for each in self.held])


def _held(
    number: int, section: int, version: int, choice: str, text: str, parts: str, certainty: int, first: str | None
) -> Held:
    answer = Answer.of(json.loads(choice), text, json.loads(parts))
    return Held(number, section, version, answer, certainty, instant_in_json(first))
