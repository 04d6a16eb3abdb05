"""Many at once: five saves in every order, fifty hand-ins, saves that race the hand-in."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import select

from mockhall.attempts.models import Attempt
from mockhall.results.models import MarkRow, ScoreRow
from tests.attempts.room_of import Sitting, a_paper, sit
from tests.make import Site

ORDERS = list(itertools.permutations(range(1, 6)))
SHORT, LONG = 50, 500


def test_five_saves_in_each_of_the_120_orders_end_with_the_fifth(site: Site) -> None:
    """One attempt a question kind would hide nothing: each order has a question of its own in a fresh attempt."""
    a_paper(site)
    assert len(ORDERS) == 120
    for order in ORDERS:
        sitting = sit(site)
        replies = [sitting.save(4, text=f"answer {seq}", seq=seq, tab="t") for seq in order]
        assert sitting.question(4)["text"] == "answer 5", order
        highest = list(itertools.accumulate(order, max))
        assert [each.status_code for each in replies] == [
            200 if seq == top else 409 for seq, top in zip(order, highest, strict=True)
        ]


def test_fifty_hand_ins_at_the_same_moment_give_one_score(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(1, choice="o1", seq=1)
    barrier = Barrier(50)

    def press(_: int) -> int:
        barrier.wait()
        status: int = sitting.submit().status_code
        return status

    with ThreadPoolExecutor(50) as pool:
        assert set(pool.map(press, range(50))) == {200}
    with site.reading() as db:
        assert len(db.exec(select(ScoreRow)).all()) == 1
        assert len(db.exec(select(MarkRow)).all()) == 5


def races(site: Site, many: int) -> None:
    """Three saves and the hand-in leave together; what was called saved is in the score, and nothing else is."""
    a_paper(site)
    outcomes = [_race(site, sit(site), place) for place in range(many)]
    # A race that always ends the same way has shown nothing.
    assert 0 < sum(outcomes) < 3 * many, "vary the start of the hand-in"


def _race(site: Site, sitting: Sitting, place: int) -> int:
    barrier = Barrier(4)

    def answer(number: int) -> bool:
        barrier.wait()
        right: dict[str, Any] = {"text": "42"} if number == 3 else {"choice": {1: "o1", 5: "o2"}[number]}
        status: int = sitting.save(number, seq=1, tab="t", **right).status_code
        assert status in {200, 409}
        return status == 200

    def hand_in() -> int:
        barrier.wait()
        status: int = sitting.submit().status_code
        return status

    numbers = (1, 3, 5)
    with ThreadPoolExecutor(4) as pool:
        # Who is asked first tends to win: each takes its turn at that.
        jobs = [pool.submit(answer, number) for number in numbers[: place % 4]]
        submitted = pool.submit(hand_in)
        jobs += [pool.submit(answer, number) for number in numbers[place % 4 :]]
    assert submitted.result() == 200
    acknowledged = {number for number, job in zip(numbers, jobs, strict=True) if job.result()}
    assert _right(site, sitting) == acknowledged
    return len(acknowledged)


def _right(site: Site, sitting: Sitting) -> set[int]:
    """The questions that the score counts as right."""
    with site.reading() as db:
        query = select(MarkRow.number).join(Attempt).where(Attempt.code == sitting.code, MarkRow.outcome == "right")
        return set(db.exec(query))


def test_every_acknowledged_save_of_fifty_races_with_the_hand_in_is_in_the_score(site: Site) -> None:
    races(site, SHORT)


@pytest.mark.long
def test_every_acknowledged_save_of_five_hundred_races_with_the_hand_in_is_in_the_score(site: Site) -> None:
    races(site, LONG)
