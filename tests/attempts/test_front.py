"""A save goes past the rest of the app: what the rest does for every request holds for it too."""

import pytest
from fastapi.testclient import TestClient

from tests.attempts.room_of import JSON, a_paper, sit
from tests.make import Site


def test_a_saves_reply_is_json_with_the_headers_of_every_reply(site: Site) -> None:
    a_paper(site)
    reply = sit(site).save(1, choice="o1", seq=1, tab="t")
    assert reply.json() == {
        "saved": True, "seq": 1, "saved_at": "2026-11-22T09:00:00.000Z", "server_now": "2026-11-22T09:00:00.000Z",
        "deadline_at": "2026-11-22T09:30:00.000Z",
    }  # fmt: skip
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert "Cookie" in reply.headers["vary"]


def test_an_equal_save_without_a_deadline_says_when_it_was_kept(site: Site) -> None:
    a_paper(site, minutes=None)
    asha = sit(site)
    asha.save(1, choice="o1", seq=1, tab="t")
    site.clock.forward(minutes=1)
    reply = asha.save(1, choice="o1", seq=1, tab="t").json()
    assert reply["saved_at"] == "2026-11-22T09:00:00.000Z"
    assert reply["server_now"] == "2026-11-22T09:01:00.000Z"
    assert reply["deadline_at"] is None


def test_a_form_that_cannot_be_read_gets_the_apps_own_error(site: Site) -> None:
    a_paper(site)
    asha = sit(site)
    broken = {**JSON, "Content-Type": "multipart/form-data"}
    reply = asha.browser.post(f"/attempts/{asha.code}/responses/1", content=b"broken", headers=broken)
    assert reply.status_code in {400, 422}
    assert reply.json()["reason"] in {"refused", "nonsense"}


def test_what_is_no_post_goes_on_into_the_app(site: Site) -> None:
    a_paper(site)
    asha = sit(site)
    reply = asha.browser.get(f"/attempts/{asha.code}/responses/1", headers=JSON)
    assert (reply.status_code, reply.headers["location"]) == (303, f"/attempts/{asha.code}/questions/1")
    assert asha.browser.post(f"/attempts/{asha.code}/responses/1/more", headers=JSON).status_code == 404


def test_the_token_is_found_among_other_cookies_and_only_by_its_name(site: Site) -> None:
    a_paper(site)
    asha = sit(site)
    token = asha.browser.cookies["mockhall"]
    stranger, path = site.browser(), f"/attempts/{asha.code}"
    for cookies in (f"theme=dark; mockhall={token}", f"mockhall={token};x=1", f"mockhall=old; mockhall={token}; a"):
        assert stranger.get(path, headers={"Cookie": cookies}).status_code == 200, cookies
    for cookies in (f"xmockhall={token}", f"mockhall=x{token}", f"mockhall; {token}", "mockhall=", "="):
        assert stranger.get(path, headers={"Cookie": cookies}).status_code == 401, cookies


@pytest.mark.parametrize("path", ["/attempts/{}/responses/1", "/attempts/{}/submission"])
def test_what_nobody_expected_is_said_as_ours_with_the_headers_of_every_reply(
    site: Site, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    a_paper(site)
    asha = sit(site)
    monkeypatch.setattr(site.app.state, "clock", _broken)
    browser = TestClient(site.app, raise_server_exceptions=False, cookies=asha.browser.cookies)
    reply = browser.post(path.format(asha.code), data={"choice": "o1", "on": "1"}, headers=JSON)
    assert reply.status_code == 500
    assert reply.json()["reason"] == "broken"
    assert reply.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    with pytest.raises(ZeroDivisionError):  # the server hears of it and logs it
        asha.save(1, choice="o1")


def _broken() -> None:
    raise ZeroDivisionError
