"""A shared result: made and ended by its owner alone, opened by anybody with the link, nothing of answers in it."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from mockhall.accounts import actions as accounts
from mockhall.accounts.models import AuditEntry, Person, Role
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.results import share_access
from mockhall.results.models import SharedResult
from tests.make import START, Site
from tests.results.sitting import EXAMPLE_ANSWERS, JSON, begin, browse, example_paper, person, sit


def example(site: Site, **rules: object) -> tuple[Attempt, TestClient]:
    asha = person(site, "Asha")
    return sit(site, example_paper(site, **rules), asha, EXAMPLE_ANSWERS), browse(site, asha)


def make_link(browser: TestClient, attempt: Attempt, **fields: str) -> str:
    """The path of a new link."""
    reply = browser.post(f"/attempts/{attempt.code}/share", data=fields, headers=JSON)
    assert reply.status_code == 200, reply.text
    return urlsplit(str(reply.json()["url"])).path


def test_the_page_that_makes_a_link_shows_it_once_and_anybody_opens_it(site: Site) -> None:
    attempt, browser = example(site)
    page = browser.get(f"/attempts/{attempt.code}/share").text
    assert "Make a link" in page
    assert "Stop sharing" not in page
    made = browser.post(f"/attempts/{attempt.code}/share", data={"name": "1"})
    found = re.search(r'value="(http://testserver/shared/[\w-]{43})" readonly', made.text)
    assert made.status_code == 200
    assert found
    shown = site.browser().get(urlsplit(found[1]).path)
    assert shown.status_code == 200
    assert "<bdi>Asha</bdi>’s result" in shown.text
    assert 'aria-label="Score 3.67 of 16: 5 marks gained, 1.33 lost"' in shown.text
    assert '<th scope="row" class="wide">Second</th>' in shown.text
    again = browser.get(f"/attempts/{attempt.code}/share").text
    assert "Shared since" in again
    assert "with your name" in again
    assert found[1] not in again


def test_the_figures_of_a_shared_result_are_those_of_the_result(site: Site) -> None:
    attempt, browser = example(site)
    own = browser.get(f"/attempts/{attempt.code}/result", headers=JSON).json()
    shared = site.browser().get(make_link(browser, attempt), headers=JSON).json()
    assert shared == {
        "title": "Mock one", "name": None, "finished_at": "2026-11-22T09:00:00.000Z", "score": "11/3", "max": "16",
        "rank": 1, "percentile": 100.0, "n": 1,
        "sections": [{"title": "First", "score": "14/3", "max": "13"}, {"title": "Second", "score": "-1", "max": "3"}],
    }  # fmt: skip
    assert {name: own[name] for name in ("score", "max", "rank", "percentile", "n")}.items() <= shared.items()


@pytest.mark.parametrize("headers", [{}, JSON])
def test_neither_code_nor_question_nor_answer_nor_name_is_in_it(site: Site, headers: dict[str, str]) -> None:
    attempt, browser = example(site)
    reply = site.browser().get(make_link(browser, attempt), headers=headers)
    everything = reply.text + repr(reply.headers)
    for secret in (
        attempt.code,
        attempt.receipt,
        "Asha",
        "asha@",
        "question?",
        "Alpha",
        "SOLUTION",
        "gather",
        "Routing",
    ):
        assert str(secret) not in everything
    assert reply.headers["x-robots-tag"] == "noindex, nofollow"
    assert reply.headers["cache-control"] == "no-store"
    assert headers or '<meta name="robots" content="noindex, nofollow">' in reply.text


def test_a_link_taken_back_or_made_anew_opens_nothing(site: Site) -> None:
    attempt, browser = example(site)
    first = make_link(browser, attempt)
    second = make_link(browser, attempt)
    stranger = site.browser()
    unknown = stranger.get("/shared/" + "x" * 43)
    assert stranger.get(first).status_code == unknown.status_code == 404
    assert stranger.get(first).text == unknown.text
    assert "It may have been taken back" in unknown.text
    assert stranger.get(second).status_code == 200
    ended = browser.post(f"/attempts/{attempt.code}/share", data={"then": "stop"})
    assert (ended.status_code, ended.headers["location"]) == (303, f"/attempts/{attempt.code}/share")
    assert stranger.get(second).status_code == 404
    assert browser.get(f"/attempts/{attempt.code}/share", headers=JSON).json() == {"shared": False}
    for headers in ({}, JSON):  # ending what has ended is no error
        again = browser.post(f"/attempts/{attempt.code}/share", data={"then": "stop"}, headers=headers)
        assert again.status_code in {200, 303}
    with site.reading() as db:
        verbs = [line.verb for line in db.exec(select(AuditEntry).order_by(AuditEntry.id)).all()]  # type: ignore[arg-type]
    assert [each for each in verbs if "shar" in each] == ["share", "share", "stop sharing"]


def test_a_copy_of_the_database_opens_no_link(site: Site) -> None:
    attempt, browser = example(site)
    token = make_link(browser, attempt).rpartition("/")[2]
    with site.reading() as db:
        row = db.exec(select(SharedResult)).one()
    assert token not in repr(row)
    assert site.browser().get(f"/shared/{row.token_hash}").status_code == 404
    assert site.browser().get(f"/shared/{row.token_hash[:43]}").status_code == 404


def test_what_the_test_hides_stays_hidden_behind_a_link(site: Site) -> None:
    attempt, browser = example(site, reveal="contest", closes_at=START + timedelta(hours=2))
    link = make_link(browser, attempt)
    site.clock.at = START + timedelta(minutes=1)
    shown = site.browser().get(link, headers=JSON).json()
    assert shown["score"] is shown["rank"] is shown["percentile"] is shown["n"] is None
    assert [each["score"] for each in shown["sections"]] == [None, None]
    page = site.browser().get(link).text
    assert "The marks are not shown yet." in page
    assert not any(secret in page for secret in ("3.67", "4.67", "gained"))
    site.clock.at = START + timedelta(minutes=10)  # marks, but not right or wrong: one question alone would tell
    shown = site.browser().get(link, headers=JSON).json()
    assert [each["score"] for each in shown["sections"]] == ["14/3", None]
    page = site.browser().get(link).text
    assert "1/4" not in page
    site.clock.at = START + timedelta(hours=3)
    assert [each["score"] for each in site.browser().get(link, headers=JSON).json()["sections"]] == ["14/3", "-1"]


def test_only_its_owner_shares_and_only_what_has_a_score(site: Site) -> None:
    attempt, browser = example(site)
    for stranger in (person(site, "Ravi"), person(site, "Zoe", Role.STAFF)):
        other = browse(site, stranger)
        assert other.get(f"/attempts/{attempt.code}/share").status_code == 404
        assert other.post(f"/attempts/{attempt.code}/share").status_code == 404
    other_paper = example_paper(site, slug="mock-2")
    with site.writing() as db:
        running = begin(db, site, other_paper, db.get_one(Person, attempt.person_id))
    reply = browser.post(f"/attempts/{running.code}/share", headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (409, "not_scored")
    assert browser.get(f"/attempts/{running.code}/share").headers["location"] == f"/attempts/{running.code}"
    with site.reading() as db:
        assert db.exec(select(SharedResult)).all() == []


@pytest.mark.parametrize("change", ["voided", "disabled"])
def test_a_voided_attempt_and_a_closed_account_are_not_shown(site: Site, change: str) -> None:
    attempt, browser = example(site)
    link = make_link(browser, attempt)
    with site.writing() as db:
        if change == "voided":
            db.get_one(Attempt, attempt.id).state = AttemptState.VOIDED
        else:
            accounts.disable(db, db.get_one(Person, attempt.person_id), site.clock.at)
    assert site.browser().get(link).status_code == 404
    if change == "voided":
        assert "there is nothing to share" in browser.get(f"/attempts/{attempt.code}/share").text


@pytest.mark.parametrize(
    "token", ["x", "x" * 44, "x" * 3000, "=1+1", "%00", "..%2f..", "<b>", "é" * 43, "' or 1=1 --"]
)  # fmt: skip
def test_what_is_no_link_at_all_opens_nothing(site: Site, token: str) -> None:
    reply = site.browser().get(f"/shared/{token}")
    assert reply.status_code == 404
    assert "<b>" not in reply.text.replace("<b>Mock", "")


@pytest.mark.parametrize(
    "content", [b"name=" + b"1" * 5000, b"name=1&name=2&then=nonsense", b"\xff\xfe", b"then[]=stop", b""]
)
def test_a_form_of_nonsense_shares_without_the_name(sqlite_site: Site, content: bytes) -> None:
    attempt, browser = example(sqlite_site)
    headers = JSON | {"content-type": "application/x-www-form-urlencoded"}
    reply = browser.post(f"/attempts/{attempt.code}/share", content=content, headers=headers)
    assert reply.status_code in {200, 422}
    if reply.status_code == 200:
        assert reply.json()["shows_name"] is False


def test_who_tries_many_links_has_to_wait_and_good_ones_wait_with_them(
    sqlite_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(share_access, "MISSES", 3)
    attempt, browser = example(sqlite_site)
    link, stranger = make_link(browser, attempt), sqlite_site.browser()
    assert [stranger.get("/shared/" + letter * 43).status_code for letter in "abcd"] == [404] * 4
    refused = stranger.get(link)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    sqlite_site.clock.forward(minutes=11)
    assert stranger.get(link).status_code == 200


def test_a_shared_result_follows_the_account_a_guest_signs_in_to(site: Site) -> None:
    guest, asha = person(site, "", Role.GUEST), person(site, "Asha")
    attempt = sit(site, example_paper(site), guest, EXAMPLE_ANSWERS)
    link = make_link(browse(site, guest), attempt, name="1")
    assert "Guest’s result" in re.sub("</?bdi>", "", site.browser().get(link).text)
    with site.writing() as db:
        viewer, into = db.get_one(Person, guest.id), db.get_one(Person, asha.id)
        accounts.merge_guest(db, viewer, into, site.clock.at, site.app.state.on_merge)
    assert site.browser().get(link).status_code == 200
    assert browse(site, asha).get(f"/attempts/{attempt.code}/share", headers=JSON).json()["shared"] is True


def test_a_name_of_markup_stays_text(sqlite_site: Site) -> None:
    asha = person(sqlite_site, "<b>Asha</b>")
    attempt = sit(sqlite_site, example_paper(sqlite_site), asha, EXAMPLE_ANSWERS)
    browser = browse(sqlite_site, asha)
    assert "<b>Asha" not in browser.get(f"/attempts/{attempt.code}/share").text
    assert "<b>Asha" not in sqlite_site.browser().get(make_link(browser, attempt, name="1")).text
