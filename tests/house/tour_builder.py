"""The tour's part of the test builder: states of a test that no link leads to."""

from fastapi.testclient import TestClient

from mockhall.exam.draws import Draw
from mockhall.papers.models import PaperStatus
from tests.accounts.cohorts_of import cohort_of
from tests.house.taken import FRAGMENT
from tests.make import Site, make_paper, single

BUILT = "/desk/papers/built-1"


def build(site: Site, editor: TestClient, student: TestClient) -> None:
    """A draft with draws and a problem: a refused publishing, an older edit, previews, the archive."""
    with site.writing() as db:
        make_paper(db, "for-some", access="cohort", cohorts=[cohort_of(db, name="Not his").id], title="For some")
        sections = {"First": [single(), single(translations={"hi": {"stem": "कौन?"}})], "Second": [single()]}
        draws = {"First": [Draw(900), Draw(1)]}
        make_paper(
            db, "built-1", sections, title="Built", draws=draws, status=PaperStatus.DRAFT, languages=["en", "hi"]
        )
        make_paper(db, "empty-1", {"First": []}, title="Empty", status=PaperStatus.DRAFT)
        make_paper(db, "old-1", title="Old")
    student.get("/papers/for-some")
    editor.post("/desk/papers/built-1", data={"then": "reveal", "reveal": "table"}, headers=FRAGMENT)
    editor.post(f"{BUILT}/status", data={"then": "publish", "version": "1"})
    editor.post(BUILT, data={"title": "Mine", "version": "9"})
    editor.get(BUILT, headers=FRAGMENT)
    for page in ("front", "room", "result", "review"):
        for path in ("/desk/papers/mock-1", "/desk/papers/ordered-1", "/desk/papers/empty-1", BUILT):
            editor.get(f"{path}/preview?page={page}&at=2026-12-01T10:00")
    closing = {"title": "Old", "subject": "FastAPI", "difficulty": "Easy", "full": "1", "closes": "2026-01-01T09:00"}
    editor.post("/desk/papers/old-1", data=closing)
    editor.post("/desk/papers/old-1/archive", data={"then": "archive"})
    for path in ("/desk/papers?archived=old-1", "/desk/papers?show=archived", "/desk/papers/old-1"):
        editor.get(path)
