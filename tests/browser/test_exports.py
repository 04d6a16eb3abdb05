"""A workbook that takes long, in a browser: offered, watched while it is made, taken; and the pages by axe-core."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mockhall.accounts.models import Role
from mockhall.results import export_replies
from mockhall.results.export_jobs import Job, jobs_of
from tests.browser.conftest import Open, Served, sign_in
from tests.browser.test_accessibility import check, stay
from tests.make import files_are_made

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("exports")]
REPORT = "/desk/papers/aptitude/report"


class Writing:
    """A file that is being written until it is told to end."""

    def __init__(self, served: Served) -> None:
        self.half, self.end = threading.Event(), threading.Event()
        jobs = jobs_of(served.app.state)
        self.job: Job = jobs.begin("aptitude", "Aptitude", "report-aptitude", "", 80_000, self.write)
        assert self.half.wait(20)

    def write(self, path: Path, progress: Any) -> None:
        progress(20_000)
        self.half.set()
        assert self.end.wait(120)
        path.write_bytes(b"PK whole")


@pytest.fixture
def writing(served: Served) -> Iterator[Writing]:
    made = Writing(served)
    yield made
    made.end.set()
    files_are_made()


@pytest.fixture
def desk(open_page: Open, served: Served) -> Page:
    page = open_page()
    sign_in(page, served.person(f"Zoe{threading.get_native_id()}-{id(page)}", Role.STAFF))
    return page


def test_the_page_shows_the_file_when_it_is_ready_without_a_reload(desk: Page, writing: Writing) -> None:
    desk.goto(f"/desk/exports/{writing.job.code}")
    expect(desk.get_by_text("20,000 of 80,000 rows written")).to_be_visible()
    desk.evaluate("window.sameLoad = true")
    writing.end.set()
    link = desk.get_by_role("link", name="Download the XLSX")
    expect(link).to_be_visible()
    assert desk.evaluate("window.sameLoad")
    expect(desk.get_by_role("status").filter(has_text="The file is ready")).to_be_attached()
    with desk.expect_download() as found:
        link.click()
    assert found.value.suggested_filename == "report-aptitude.xlsx"


def test_every_state_of_the_page_is_accessible(
    desk: Page, served: Served, writing: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, progress: Any) -> None:
        raise OSError("No space left on device")

    waiting = jobs_of(served.app.state).begin("aptitude", "Aptitude", "a", "", 5, fail)
    monkeypatch.setattr(export_replies, "LONG", -1)
    pages = [f"/desk/exports/{writing.job.code}", f"/desk/exports/{waiting.code}", f"{REPORT}.xlsx", REPORT]
    check(desk, [(path, stay) for path in pages])
    writing.end.set()
    files_are_made()
    check(desk, [(path, stay) for path in pages[:2]])
