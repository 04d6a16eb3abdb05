"""Workbooks that take long: offered, made in turn, told of each second, kept for a day."""

import contextlib
import shutil
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from mockhall import startup
from mockhall.accounts.models import AuditEntry, Role
from mockhall.results import export_jobs, export_replies, export_xlsx
from mockhall.results.export_jobs import JobState, Write, jobs_of
from mockhall.web.errors import Refused
from tests.make import Site, files_are_made
from tests.results.files import DESK, records, sheets, staff_browser
from tests.results.sitting import JSON, browse, chose, example_paper, person, sit

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}


def waiting_for(event: threading.Event) -> Write:
    """A file that is being written until the event."""

    def write(path: Path, progress: Any) -> None:
        assert event.wait(30)

    return write


@pytest.fixture
def browser(site: Site, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """Staff; a report of two attempts is a long one."""
    monkeypatch.setattr(export_replies, "LONG", 1)
    made = example_paper(site)
    for name in ("Asha", "Ben"):
        sit(site, made, person(site, name), {1: chose("o1")})
    return staff_browser(site)


def test_a_long_workbook_is_offered_made_and_taken(site: Site, browser: TestClient) -> None:
    offered = browser.get(f"{DESK}/report.xlsx?state=scored").text
    assert f'action="{DESK}/exports?state=scored"' in offered
    assert f'href="{DESK}/report.csv?state=scored"' in offered
    started = browser.post(f"{DESK}/exports?state=scored")
    assert started.status_code == 303
    files_are_made()
    page = browser.get(started.headers["location"]).text
    assert "The file is ready" in page
    assert "hx-get" not in page, "what is ready is not asked for again"
    reply = browser.get(f"{started.headers['location']}/file")
    assert 'filename="report-mock-1-state-scored.xlsx"' in reply.headers["content-disposition"]
    assert [row["candidate"] for row in records(sheets(reply.content)["Attempts"])] == ["Asha", "Ben"]


def test_scripts_are_told_the_same(site: Site, browser: TestClient) -> None:
    refused = browser.get(f"{DESK}/report.xlsx", headers=JSON)
    assert (refused.status_code, refused.json()["reason"], refused.json()["rows"]) == (409, "long", 2)
    started = browser.post(refused.json()["make_at"], headers=JSON)
    assert (started.status_code, started.json()["total"]) == (202, 2)
    files_are_made()
    found = browser.get(started.json()["url"], headers=JSON).json()
    assert (found["state"], found["done"]) == ("ready", 2)
    assert browser.get(found["file"]).content.startswith(b"PK")


def test_only_what_was_made_is_in_the_log(site: Site, browser: TestClient) -> None:
    browser.get(f"{DESK}/report.xlsx")
    browser.post(f"{DESK}/exports")
    with site.reading() as db:
        lines = db.exec(select(AuditEntry).where(AuditEntry.verb == "export")).all()
    assert [line.subject for line in lines] == ["report.xlsx of mock-1"]


def test_while_it_is_made_the_page_asks_again_and_there_is_no_file(site: Site, browser: TestClient) -> None:
    half, go_on = threading.Event(), threading.Event()

    def write(path: Path, progress: Any) -> None:
        progress(150)
        half.set()
        assert go_on.wait(30)
        path.write_bytes(b"whole")

    job = jobs_of(site.app.state).begin("mock-1", "Mock one", "report-mock-1", "", 200, write)
    assert half.wait(30)
    piece = browser.get(f"/desk/exports/{job.code}", headers=FRAGMENT).text
    assert "150 of 200 rows written" in piece
    assert 'hx-trigger="every 1s"' in piece
    assert "75 % written" in piece
    assert "<html" not in piece
    refused = browser.get(f"/desk/exports/{job.code}/file", headers=JSON)
    assert (refused.status_code, refused.json()["reason"], refused.json()["done"]) == (409, "not_ready", 150)
    second = jobs_of(site.app.state).begin("mock-1", "Mock one", "b", "", 1, lambda path, _: path.touch())
    assert "Waiting for another file" in browser.get(f"/desk/exports/{second.code}").text
    go_on.set()
    files_are_made()
    assert browser.get(f"/desk/exports/{job.code}/file").content == b"whole"


def test_a_failure_is_told_and_can_be_tried_again(site: Site, browser: TestClient) -> None:
    def write(path: Path, progress: Any) -> None:
        raise OSError("No space left on device")

    job = jobs_of(site.app.state).begin("mock-1", "Mock one", "a", "?state=scored", 9, write)
    files_are_made()
    page = browser.get(f"/desk/exports/{job.code}").text
    assert "could not be made" in page
    assert f'action="{DESK}/exports?state=scored"' in page


def test_what_a_stopped_server_left_half_made_has_failed(site: Site, browser: TestClient) -> None:
    jobs, held = jobs_of(site.app.state), threading.Event()
    job = jobs.begin("mock-1", "Mock one", "a", "", 9, waiting_for(held))
    site.clock.forward(minutes=3)
    found = jobs.find(job.code)
    assert found is not None
    assert found.state is JobState.FAILED
    held.set()


def test_files_go_with_the_sweep_after_a_day(site: Site, browser: TestClient) -> None:
    started = browser.post(f"{DESK}/exports").headers["location"]
    files_are_made()
    state = site.app.state
    for hours, status in ((23, 200), (2, 404)):
        now = site.clock.forward(hours=hours)
        startup.sweep(state.settings, state.database, state.on_close, now)
        assert browse(site, person(site, f"Staff{hours}", Role.STAFF)).get(started).status_code == status
    assert list((state.settings.data_dir / "exports").iterdir()) == []


def test_more_rows_than_a_sheet_holds_are_refused_and_the_csv_is_offered(
    site: Site, browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_xlsx, "MOST_ROWS", 1)
    page = browser.get(f"{DESK}/report.xlsx").text
    assert f'href="{DESK}/report.csv"' in page
    assert "/exports" not in page
    reply = browser.post(f"{DESK}/exports", headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (409, "too_long")


def test_so_many_are_made_at_once_and_no_more(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_jobs, "MOST", 1)
    jobs, held = jobs_of(site.app.state), threading.Event()
    jobs.begin("a", "A", "a", "", 1, waiting_for(held))
    with pytest.raises(Refused) as refused:
        jobs.begin("a", "A", "a", "", 1, lambda *_: None)
    assert refused.value.status_code == 429
    held.set()


def test_many_who_begin_at_once_get_no_more_between_them(sqlite_site: Site) -> None:
    """Each would find room if it counted before the others have begun."""
    held, start, taken = threading.Event(), threading.Barrier(20), []

    def begin() -> None:
        jobs = jobs_of(sqlite_site.app.state)  # as in a process of its own
        start.wait(10)
        with contextlib.suppress(Refused):
            taken.append(jobs.begin("a", "A", "a", "", 1, waiting_for(held)))

    threads = [threading.Thread(target=begin) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    held.set()
    files_are_made()
    assert len(taken) == export_jobs.MOST


@pytest.mark.parametrize("code", ["..", "../../etc", "a/b", "ä", "", "%2e%2e", "a.b", "x" * 400])
def test_a_code_names_no_other_folder(sqlite_site: Site, code: str) -> None:
    state = sqlite_site.app.state
    jobs = jobs_of(state)
    job = jobs.begin("a", "A", "a", "", 1, lambda path, _: path.touch())
    files_are_made()
    outside = state.settings.data_dir / "manifest.json"
    shutil.copy(state.settings.data_dir / "exports" / job.code / "manifest.json", outside)
    assert jobs.find(code) is None
    assert staff_browser(sqlite_site).get(f"/desk/exports/{code}").status_code != 200


def test_a_day_is_what_the_page_says(site: Site, browser: TestClient) -> None:
    job = jobs_of(site.app.state).begin("a", "A", "a", "", 1, lambda path, _: path.touch())
    assert job.kept_until - job.started_at == timedelta(hours=24)
