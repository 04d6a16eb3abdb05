"""kill -9 amid two hundred savers: no answer that was called saved is lost. The control loses some."""

import asyncio
import random

import pytest
from sqlmodel import col, select

from mockhall.attempts.models import Attempt, Response
from mockhall.db import Database
from mockhall.settings import Settings
from tests.promises.child import SERVE_EARLY, Child, child_of, in_a_loop
from tests.promises.savers import Saver, acknowledged, choice_of, start_all, work_all

MANY = 200
SHORT, LONG = 2, 20  # rounds


async def _round(child: Child, savers: list[Saver]) -> None:
    """Everybody saves; when a few hundred saves have been acknowledged the server is killed amid them."""
    told = asyncio.Semaphore(0)
    working = asyncio.create_task(work_all(savers, asyncio.Event(), told))
    for _ in range(random.randint(200, 600)):
        await asyncio.wait_for(told.acquire(), 60)
    assert not working.done(), "the savers stopped before the kill"
    await asyncio.to_thread(child.kill)
    await working


def lost(settings: Settings, savers: list[Saver]) -> list[str]:
    """Saves that were called saved and are not there; a later one of the same candidate may stand in their place."""
    database, gone = Database(settings), []
    query = select(Attempt.code, Response).join(Response, col(Response.attempt_id) == col(Attempt.id))
    with database.reading() as db:
        stored = {(code, row.number): row for code, row in db.exec(query)}
    database.close()
    for saver in savers:
        for number, seq in saver.acknowledged.items():
            row = stored[saver.code, number]
            is_whole = row.seq == 0 or row.choice == [choice_of(row.seq)]
            if not (is_whole and seq <= row.seq <= saver.sent[number]):
                gone.append(f"{saver.code} {number}: told {seq}, kept {row.seq} {row.choice}")
    return gone


def kill_rounds(child: Child, rounds: int) -> list[str]:
    """What was lost in so many rounds of: everybody saves, kill -9, start again, look."""
    savers = in_a_loop(start_all(child.port, MANY))
    gone: list[str] = []
    for _ in range(rounds):
        in_a_loop(_round(child, savers))
        child.start()
        gone += lost(child.settings, savers)
        assert {status for each in savers for status in each.refused} == set()
    print(f"{rounds} rounds, {acknowledged(savers)} saves acknowledged, {len(gone)} lost")
    return gone


def test_two_kills_amid_two_hundred_savers_lose_no_saved_answer(settings: Settings) -> None:
    with child_of(settings) as child:
        assert kill_rounds(child, SHORT) == []


@pytest.mark.long
def test_twenty_kills_amid_two_hundred_savers_lose_no_saved_answer(settings: Settings) -> None:
    with child_of(settings) as child:
        assert kill_rounds(child, LONG) == []


def test_a_server_that_replies_before_the_commit_loses_some(settings: Settings) -> None:
    """The control: were this green with nothing lost, the tests above would show nothing."""
    with child_of(settings, SERVE_EARLY) as child:
        assert kill_rounds(child, 1) != []
