"""Disk full, database read-only or gone: nothing is called saved, reading goes on, saving resumes by itself."""

import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mockhall import migrations
from mockhall.db import Database
from mockhall.settings import Settings
from tests.promises.child import Child, child_of
from tests.promises.client import Candidate
from tests.servers.cluster import Cluster, cluster

FIRST_PAGE = 4096  # bytes: with files no longer than this nothing can be added to the log of an SQLite database


def save_until_refused(asha: Candidate) -> Any:
    """Save on until it can't be kept any more; the reply that says so."""
    for _ in range(500):
        reply = asha.save(1)
        if reply.status != 200:
            return reply
    raise AssertionError("every save was kept")


def it_is_refused_truthfully(asha: Candidate) -> None:
    """503, "not saved", and when to try again; as JSON and as a page."""
    refused = save_until_refused(asha)
    for reply in (refused, asha.save(1), asha.save(5), asha.press(1)):
        assert (reply.status, reply.headers["retry-after"]) == (503, "3"), reply.text
    assert (refused.json["saved"], refused.json["reason"]) == (False, "not_kept")
    assert "safe" in asha.press(1).text


def reading_goes_on(asha: Candidate) -> None:
    for path in ("/", "/papers/mock-1", f"/attempts/{asha.code}"):
        assert asha.get(path).status == 200, path
    assert asha.stored(1)["seq"] == asha.acknowledged


def saving_resumes(asha: Candidate, seconds: float = 20) -> None:
    """Without a restart and without a hand on it: the next try of the device is kept."""
    end = time.monotonic() + seconds
    while (reply := asha.save(1)).status != 200:
        assert (reply.status, time.monotonic() < end) == (503, True), reply.text
        time.sleep(0.1)
    assert asha.stored(1)["seq"] == asha.acknowledged
    assert asha.hand_in().status == 200
    assert asha.get(f"/attempts/{asha.code}/result").json["score"] == asha.score


@pytest.fixture
def child(sqlite_settings: Settings) -> Iterator[Child]:
    """A server on SQLite."""
    with child_of(sqlite_settings) as started:
        yield started


def _limit(child: Child, size: int) -> None:
    """How long a file of the server's may get: to the program this is a disk with no room left."""
    assert child.process is not None
    _, hard = resource.prlimit(child.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(child.process.pid, resource.RLIMIT_FSIZE, (size, hard))


@pytest.mark.parametrize("size", [FIRST_PAGE, 0], ids=["no room is left", "nothing may be written"])
def test_on_a_full_disk_nothing_is_called_saved_and_saving_resumes_by_itself(child: Child, size: int) -> None:
    asha = Candidate(child.port)
    assert asha.save(1).status == 200
    _limit(child, size)
    it_is_refused_truthfully(asha)
    reading_goes_on(asha)
    _limit(child, resource.RLIM_INFINITY)
    saving_resumes(asha)


# ---------------------------------------------------------------- PostgreSQL


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    with cluster() as found:
        if isinstance(found, str):
            pytest.skip(found)
        yield found


@pytest.fixture
def on_postgres(own_cluster: Cluster, tmp_path: Path) -> Iterator[Child]:
    """A server on a PostgreSQL that can be stopped."""
    settings = Settings(data_dir=tmp_path, database_url=own_cluster.url, autoload=False)
    database = Database(settings)
    migrations.upgrade(database)
    database.close()
    with child_of(settings) as started:
        yield started


@pytest.mark.postgres
def test_while_postgres_is_gone_nothing_is_called_saved_and_saving_resumes_by_itself(
    own_cluster: Cluster, on_postgres: Child
) -> None:
    asha = Candidate(on_postgres.port)
    assert asha.save(1).status == 200
    own_cluster.stop()
    it_is_refused_truthfully(asha)
    assert asha.get(f"/attempts/{asha.code}").status == 503
    assert asha.get("/healthz").status == 200
    own_cluster.start()
    reading_goes_on(asha)
    saving_resumes(asha)


@pytest.mark.postgres
def test_while_postgres_may_only_be_read_reading_goes_on(own_cluster: Cluster, on_postgres: Child) -> None:
    asha = Candidate(on_postgres.port)
    assert asha.save(1).status == 200
    own_cluster.read_only("postgres", True)
    it_is_refused_truthfully(asha)
    reading_goes_on(asha)
    own_cluster.read_only("postgres", False)
    saving_resumes(asha)
