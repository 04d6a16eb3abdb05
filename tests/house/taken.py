"""Files that staff take away, for the walks through all addresses."""

from fastapi.testclient import TestClient

from mockhall.results import export_replies
from mockhall.results.export_jobs import jobs_of
from tests.make import Site, files_are_made

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}


def file_of(site: Site) -> str:
    """The code of a file that was made for somebody on the staff."""
    job = jobs_of(site.app.state).begin("mock-1", "Mock one", "report-mock-1", "", 1, lambda path, _: path.touch())
    files_are_made()
    return job.code


def takes_files(browser: TestClient) -> None:
    """A workbook that is too long to be made at once: offered, being made, there."""
    long, export_replies.LONG = export_replies.LONG, 0
    browser.get("/desk/papers/mock-1/report.xlsx")
    export_replies.LONG = long
    job = str(browser.post("/desk/papers/mock-1/exports").headers["location"])
    for headers in ({}, FRAGMENT):
        assert browser.get(job, headers=headers).status_code == 200
