"""A served site with the shipped tests, and browsers of both sizes that go there."""

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page

from mockhall import paths, startup
from mockhall.accounts.models import Role
from mockhall.app import create_app
from mockhall.db import Database
from mockhall.settings import Settings
from tests.make import PASSWORD, make_person
from tests.servers import chromium
from tests.servers.once import share

DESKTOP, PHONE = (1440, 900), (360, 740)


class MovingClock:
    """The real time, shifted by what a test asks for."""

    def __init__(self) -> None:
        self.shift = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.shift

    def forward(self, **span: float) -> None:
        self.shift += timedelta(**span)


class Served:
    """An app behind a real server on a free port."""

    def __init__(self, settings: Settings) -> None:
        self.clock = MovingClock()
        self.app = create_app(settings, self.clock)
        share(self.app)
        config = uvicorn.Config(self.app, port=0, log_level="warning", lifespan="off")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def start(self) -> None:
        """The database has all it needs: see `with_the_shipped_tests`."""
        self.thread.start()
        while not self.server.started:
            assert self.thread.is_alive(), "the server did not start"
            self.thread.join(0.02)
        self.url = f"http://127.0.0.1:{self.server.servers[0].sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(20)
        self.app.state.database.close()

    def person(self, name: str, role: Role = Role.STUDENT) -> str:
        """An account with PASSWORD; returns its address."""
        with self.app.state.database.writing() as db:
            return make_person(db, name, role).email or ""


@pytest.fixture(scope="session")
def with_the_shipped_tests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the shipped tests, loaded once a process and copied for each module."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("shipped"), autoload=False)
    database, now = Database(settings), datetime.now(UTC)
    startup.prepare(settings, database, now)
    startup.load(database, paths.CONTENT, now)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return settings.data_dir / "mockhall.db"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, with_the_shipped_tests: Path) -> Iterator[Served]:
    """One site a test module."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copy(with_the_shipped_tests, folder / "mockhall.db")
    site = Served(Settings(data_dir=folder, autoload=False))
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium of this machine, whichever it is."""
    found = chromium.find_chromium()
    if found is None:
        pytest.skip(chromium.why_not())
    return {**browser_type_launch_args, "executable_path": found, "args": chromium.args()}


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, served: Served) -> Iterator[Open]:
    """`open_page("/", size=PHONE, scripts=False, scheme="dark")`: a page in a browser of its own.

    Anything the page writes to the console as an error, or throws, fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_(path: str = "/", size: tuple[int, int] = DESKTOP, scripts: bool = True, scheme: str = "light") -> Page:
        context = browser.new_context(
            base_url=served.url, viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts,
            color_scheme=scheme, reduced_motion="reduce",  # type: ignore[arg-type]  # literals
        )  # fmt: skip
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.extend([message.text] if message.type == "error" else []))
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    expected = ("Failed to load resource",)  # how the console calls a 4xx that a test asked for
    assert [fault for fault in faults if not fault.startswith(expected)] == []


def sign_in(page: Page, email: str) -> None:
    """Through the form, as a person does."""
    page.goto("/sign-in")
    form = page.locator("form", has=page.get_by_role("button", name="Sign in", exact=True)).last
    form.get_by_label("Email").fill(email)
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_role("button", name="Sign in", exact=True).click()


def axe_source() -> str:
    """axe-core, vendored beside the tests."""
    return (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
