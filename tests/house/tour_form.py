"""Steps of the tour around the form of a question: drafts, a picture's button, a question that is there already."""

from fastapi.testclient import TestClient


def half_written(browser: TestClient, code: str) -> None:
    """The states of the form that no link leads to."""
    browser.get("/desk/questions/drafts")
    for place in ("", f"/{code}"):
        browser.post(f"/desk/questions{place}/draft", data={"kind": "single", "stem": "Half", "version": "1"})
        browser.post(f"/desk/questions{place}/draft", data={"kind": "single", "page": "otherpage", "then": "keep"})
        browser.post(f"/desk/questions{place}/pictures", data={"kind": "single"})
    for path in ("drafts", "new", "new?draft=1"):
        browser.get(f"/desk/questions/{path}")
    twice = {"kind": "true_false", "truth": "t", "stem": "This is asked twice.", "subject": "A", "topic": "B",
             "difficulty": "Easy", "status": "draft", "then": "save_new"}  # fmt: skip
    for _ in range(2):
        reply = browser.post("/desk/questions", data=twice)
        browser.get(reply.headers.get("location", "/desk"))
