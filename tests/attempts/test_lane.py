"""The lane: many changes in one transaction, each answered truthfully, and none harmed by another."""

import asyncio
import threading
import time
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pytest

from mockhall.attempts import lane as lanes
from mockhall.attempts.lane import Lane
from mockhall.attempts.lane_sql import Run, Statement
from mockhall.db import Database
from mockhall.web.errors import Refused
from tests.make import Site

# A plain change that shows what was kept: a name of somebody new. A code over twenty characters fits no PostgreSQL.
NEW = Statement(
    "code text, name text",
    "INSERT INTO people (code, name, role, time_factor, created_at) "
    "SELECT v.code, v.name, 'guest', '1', CURRENT_TIMESTAMP FROM v",
)
CUT = Statement("n int", "SELECT {cut v.n, 5} FROM v")
NAMES = Statement("name text", "SELECT p.name FROM people AS p JOIN v ON v.name <> p.name ORDER BY p.id")


@dataclass
class Add:
    """Somebody new; `code` is theirs alone, and a second with the same one fits no database."""

    code: str
    name: str
    most: int = lanes.MOST_AT_ONCE
    cuts: bool = False
    batches: ClassVar[list[list[str]]] = []

    @property
    def key(self) -> Hashable:
        return self.name

    @staticmethod
    def write(run: Run, jobs: Sequence["Add"]) -> list[str]:
        Add.batches.append([job.name for job in jobs])
        run(NEW, [(job.code, job.name) for job in jobs])
        return [f"{job.name} is in" for job in jobs]


def put_all(lane: Lane, jobs: Sequence[Add]) -> list[Any]:
    """What became of jobs that were put at the same moment."""
    Add.batches.clear()

    async def put() -> list[Any]:
        return await asyncio.gather(*(lane.put(job) for job in jobs), return_exceptions=True)

    return asyncio.run(put())


def names(site: Site) -> list[str]:
    async def read() -> list[str]:
        return await lane_of(site).read(lambda run: [str(row[0]) for row in run(NAMES, [("",)])])

    return asyncio.run(read())


def lane_of(site: Site) -> Lane:
    found: Lane = site.app.state.lane.lane
    return found


def test_many_at_once_are_few_transactions_and_all_kept_in_order(site: Site) -> None:
    wanted = [f"Asha {n}" for n in range(300)]
    found = put_all(lane_of(site), [Add(f"p{n}", name) for n, name in enumerate(wanted)])
    assert found == [f"{name} is in" for name in wanted]
    assert names(site) == wanted
    assert len(Add.batches) <= 10
    assert max(map(len, Add.batches)) <= lanes.MOST_AT_ONCE


def test_changes_of_one_key_are_never_in_one_batch_and_keep_their_order(site: Site) -> None:
    put_all(lane_of(site), [Add(f"p{n}", "Asha" if n % 2 else f"Ben {n}") for n in range(20)])
    assert all(batch.count("Asha") <= 1 for batch in Add.batches)
    assert names(site).count("Asha") == 10


def test_a_batch_holds_no_more_than_each_of_its_jobs_says(site: Site) -> None:
    jobs = [Add(f"p{n}", f"Asha {n}", 32 if n >= 40 else lanes.MOST_AT_ONCE) for n in range(200)]
    assert put_all(lane_of(site), jobs) == [f"Asha {n} is in" for n in range(200)]
    assert [len(batch) for batch in Add.batches] == [40, 32, 32, 32, 32, 32]
    assert names(site) == [f"Asha {n}" for n in range(200)]


@dataclass
class Watched(Add):
    """A change that looks at what its predecessor was told, before its statement with a text and after."""

    told: list[str] = field(default_factory=list)
    seen: list[list[str]] = field(default_factory=list)

    @staticmethod
    def write(run: Run, jobs: Sequence[Any]) -> list[str]:
        for job in jobs:
            time.sleep(0.1)
            job.seen.append(list(job.told))
            run(CUT, [(1,)], "plain text")
            time.sleep(0.1)
            job.seen.append(list(job.told))
        return [f"{job.name} is in" for job in jobs]


@pytest.mark.parametrize("cuts", [True, False])
def test_who_was_written_hears_of_it_before_the_next_one_works_long(site: Site, cuts: bool) -> None:
    lane, second = lane_of(site), Watched("p2", "Asha", cuts=cuts)

    async def put() -> None:
        first = asyncio.ensure_future(lane.put(Add("p1", "Asha")))  # of the same key: in a batch of its own
        first.add_done_callback(lambda done: second.told.append(done.result()))
        await asyncio.gather(first, lane.put(second))

    asyncio.run(put())
    is_held = cuts and site.app.state.database.is_sqlite
    assert second.seen == [[] if is_held else ["Asha is in"], ["Asha is in"]]


def test_who_waits_for_another_writer_says_so_first(sqlite_site: Site) -> None:
    database, said = sqlite_site.app.state.database, list[str]()
    with database.write_lock(lambda: said.append("nobody else writes")):
        other = threading.Thread(target=lambda: write_after(database, said))
        other.start()
        time.sleep(0.2)
        assert said == ["waits"]
    other.join()
    assert said == ["waits", "writes"]


def write_after(database: Database, said: list[str]) -> None:
    with database.write_lock(lambda: said.append("waits")):
        said.append("writes")


def test_many_loops_that_look_at_once_leave_the_writer_a_connection(sqlite_site: Site) -> None:
    lane, together = lane_of(sqlite_site), threading.Barrier(5)
    looks = [threading.Thread(target=lambda: asyncio.run(lane.read(lambda _: together.wait(20)))) for _ in range(5)]
    for each in looks:
        each.start()
    for each in looks:
        each.join()
    assert 1 <= len(lane._idle) <= lanes.MOST_IDLE + 1  # each looks whether there is room, without a lock
    assert put_all(lane, [Add("p1", "Asha")]) == ["Asha is in"]


def test_one_that_does_not_fit_fails_alone(site: Site) -> None:
    jobs = [Add("p1", "Asha"), Add("p1", "Ben, under the same code"), Add("p3", "Tara")]
    asha, ben, tara = put_all(lane_of(site), jobs)
    assert (asha, tara) == ("Asha is in", "Tara is in")
    assert isinstance(ben, Refused)
    assert (ben.status_code, ben.reason, ben.extra["saved"], ben.extra["retry_after"] > 0) == (
        503,
        "not_kept",
        False,
        True,
    )
    assert names(site) == ["Asha", "Tara"]


def test_who_has_gone_does_not_stop_the_others_and_the_change_is_made(site: Site) -> None:
    async def put() -> Any:
        gone = asyncio.ensure_future(lane_of(site).put(Add("p1", "Asha")))
        stays = asyncio.ensure_future(lane_of(site).put(Add("p2", "Ben")))
        await asyncio.sleep(0)
        gone.cancel()
        return await stays

    assert asyncio.run(put()) == "Ben is in"
    assert names(site) == ["Asha", "Ben"]


def test_a_full_queue_refuses_at_once_and_takes_more_when_it_is_empty_again(
    sqlite_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "MOST_WAITING", 3)
    with sqlite_site.app.state.database.write_lock():  # nothing can be written for now
        lane = lane_of(sqlite_site)
        results: list[BaseException | None] = []

        async def put() -> None:
            waiting = [asyncio.ensure_future(lane.put(Add(f"p{n}", f"Asha {n}"))) for n in range(200)]
            await asyncio.sleep(0.2)
            results.extend(each.exception() for each in waiting if each.done())
            for each in waiting:
                each.cancel()

        asyncio.run(put())
    assert results
    assert {each.reason for each in results if isinstance(each, Refused)} == {"not_kept"}
    until = time.monotonic() + 20
    while (found := put_all(lane, [Add("p900", "Tara")])) != ["Tara is in"] and time.monotonic() < until:
        time.sleep(0.05)  # what waited before is still being written
    assert found == ["Tara is in"]


def test_what_waits_when_the_server_stops_is_written_first(site: Site) -> None:
    async def put_and_stop() -> list[Any]:
        lane = lane_of(site)
        waiting = [asyncio.ensure_future(lane.put(Add(f"p{n}", f"Asha {n}"))) for n in range(50)]
        await asyncio.sleep(0)
        await asyncio.get_running_loop().run_in_executor(None, lane.close)
        return await asyncio.gather(*waiting)

    assert len(asyncio.run(put_and_stop())) == 50
