"""Fixtures for all tests: a site on SQLite and on PostgreSQL, each with a schema built by the migrations."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mockhall import migrations
from mockhall.app import create_app
from mockhall.db import Database
from mockhall.settings import Settings
from tests.make import Clock, Site, files_are_made
from tests.servers.once import share
from tests.servers.postgres import Server, drop_database, fresh_database, postgres
from tests.servers.scratch import scratch

if found := scratch():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", found)  # where pytest makes the folders of tests


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One real PostgreSQL server a test process."""
    with postgres() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database with the schema, copied for each test."""
    folder = tmp_path_factory.mktemp("schema")
    database = Database(Settings(data_dir=folder))
    migrations.upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return folder / "mockhall.db"


@pytest.fixture
def sqlite_settings(tmp_path: Path, migrated_file: Path) -> Settings:
    """Settings on a fresh SQLite database."""
    shutil.copy(migrated_file, tmp_path / "mockhall.db")
    return Settings(data_dir=tmp_path, autoload=False)


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An empty PostgreSQL database with the schema, copied for each test; skipped where no server can be had."""
    if postgres_server.url is None:
        pytest.skip(postgres_server.reason)
    url = fresh_database(postgres_server.url)
    database = Database(Settings(data_dir=tmp_path_factory.mktemp("postgres"), database_url=url))
    migrations.upgrade(database)
    database.close()
    return url


@pytest.fixture
def postgres_settings(tmp_path: Path, migrated_postgres: str, postgres_server: Server) -> Iterator[Settings]:
    """Settings on a fresh PostgreSQL database, dropped afterwards: hundreds of them take the server minutes to end."""
    url = fresh_database(str(postgres_server.url), migrated_postgres)
    yield Settings(data_dir=tmp_path, database_url=url, autoload=False)
    drop_database(url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def settings(request: pytest.FixtureRequest) -> Settings:
    """Settings on either database: a test that uses it runs twice."""
    found: Settings = request.getfixturevalue(f"{request.param}_settings")
    return found


@pytest.fixture
def make_site() -> Iterator[Callable[[Settings], Site]]:
    """Makes sites and closes them at the end."""
    sites: list[Site] = []

    def make(settings: Settings) -> Site:
        clock = Clock()
        sites.append(Site(create_app(settings, clock), clock))
        share(sites[-1].app)
        return sites[-1]

    yield make
    files_are_made()
    for site in sites:
        site.app.state.database.close()


@pytest.fixture
def site(settings: Settings, make_site: Callable[[Settings], Site]) -> Site:
    """An empty site, on SQLite and on PostgreSQL."""
    return make_site(settings)


@pytest.fixture
def sqlite_site(sqlite_settings: Settings, make_site: Callable[[Settings], Site]) -> Site:
    """An empty site on SQLite only, for what does not touch the database's own behaviour."""
    return make_site(sqlite_settings)
