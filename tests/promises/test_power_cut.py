"""PostgreSQL ended at once amid savers, as by a power cut: nothing called saved is lost. The control loses some."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from mockhall import migrations
from mockhall.db import Database
from mockhall.settings import Settings
from tests.promises.child import Child, child_of, in_a_loop
from tests.promises.savers import Saver, acknowledged, start_all, work_all
from tests.promises.test_kill import lost
from tests.servers.cluster import Cluster, cluster

pytestmark = pytest.mark.postgres
MANY = 60
# Commits are told before they are on disk, and the disk is written to every ten seconds only: a cut right after that
# loses nothing, so the control is cut up to so many times.
CARELESS = {"synchronous_commit": "off", "wal_writer_delay": "10s", "wal_writer_flush_after": "1GB"}
CUTS = 5


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    with cluster() as found:
        if isinstance(found, str):
            pytest.skip(found)
        yield found


@pytest.fixture
def child(own_cluster: Cluster, tmp_path: Path) -> Iterator[Child]:
    """A server on a PostgreSQL of its own."""
    settings = Settings(data_dir=tmp_path, database_url=own_cluster.url, autoload=False)
    database = Database(settings)
    migrations.upgrade(database)
    database.close()
    with child_of(settings) as started:
        yield started


async def _cut(own: Cluster, savers: list[Saver]) -> None:
    """Everybody saves; the database is gone amid it, and nobody is told "saved" from then on."""
    told, until = asyncio.Semaphore(0), asyncio.Event()
    working = asyncio.create_task(work_all(savers, until, told))
    for _ in range(random.randint(200, 400)):
        await asyncio.wait_for(told.acquire(), 60)
    await asyncio.to_thread(own.stop)
    until.set()
    await working


def _lost_at_a_cut(own: Cluster, child: Child) -> list[str]:
    savers = in_a_loop(start_all(child.port, MANY))
    in_a_loop(_cut(own, savers))
    own.start()
    gone = lost(child.settings, savers)
    print(f"{acknowledged(savers)} saves acknowledged, {len(gone)} lost")
    assert {status for each in savers for status in each.refused} <= {503}
    return gone


def _lost_carelessly(own: Cluster, child: Child) -> list[str]:
    own.stop()
    own.start(**CARELESS)
    return _lost_at_a_cut(own, child)


def test_a_power_cut_of_the_database_amid_savers_loses_no_saved_answer(own_cluster: Cluster, child: Child) -> None:
    assert _lost_at_a_cut(own_cluster, child) == []


def test_a_database_that_tells_commits_before_they_are_on_disk_loses_some(own_cluster: Cluster, child: Child) -> None:
    """The control: the same cut, with PostgreSQL set not to wait for the disk."""
    assert any(_lost_carelessly(own_cluster, child) for _ in range(CUTS))
