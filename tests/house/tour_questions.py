"""Steps of the tour around a question's versions and where it stands."""

import re

from fastapi.testclient import TestClient

from tests.fields import sent_by
from tests.house.taken import FRAGMENT


def edited(browser: TestClient, code: str) -> None:
    """A question in a second version, which waits in review; refused steps, and its figures as a card."""
    at = f"/desk/questions/{code}"
    sent = sent_by(browser.get(at).text.split('id="question-form"')[1].partition("</form>")[0])
    reply = browser.post(at, data=sent | {"solution": "Because of something else.", "then": "save"})
    assert reply.status_code == 303, (reply.status_code, re.findall(r'-error">.*?</svg>(.*?)</span>', reply.text))
    for path in (f"{at}/figures", "/desk/waiting"):
        browser.get(path, headers=FRAGMENT)
    for then in ("verify", "send_back", "withdraw", "nonsense"):
        assert browser.post(f"{at}/status", data={"then": then, "version": "2"}).status_code in {409, 422}
    browser.get("/desk/questions/returned")
    browser.post(f"{at}/restore", data={"number": "1", "version": "1"})
