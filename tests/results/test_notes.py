"""Notes with a reason and bookmarks beside the questions of a review: kept, changed, taken away, and nobody else's."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from mockhall.accounts.models import Role
from mockhall.results.models import ReviewNote
from tests.make import PASSWORD, START, Site, make_person
from tests.results.sitting import EXAMPLE_ANSWERS, JSON, begin, browse, example_paper, person, sit

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}


class Reviewer:
    """Asha's browser at the review of her attempt."""

    def __init__(self, site: Site, **rules: Any) -> None:
        self.site, self.asha = site, person(site, "Asha")
        self.attempt = sit(site, example_paper(site, **rules), self.asha, EXAMPLE_ANSWERS)
        self.url, self.browser = f"/attempts/{self.attempt.code}", browse(site, self.asha)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Any:
        return self.browser.post(f"{self.url}/{path}", data=fields, headers=headers)

    def own(self, number: int) -> dict[str, Any]:
        """What the review's JSON says is her own beside a question."""
        (found,) = [each for each in self.review()["questions"] if each["number"] == number]
        return {name: found[name] for name in ("bookmarked", "note", "report")}

    def review(self, query: str = "") -> dict[str, Any]:
        found: dict[str, Any] = self.browser.get(f"{self.url}/review{query}", headers=JSON).json()
        return found

    def page(self, query: str = "") -> str:
        return str(self.browser.get(f"{self.url}/review{query}").text)


def rows(site: Site) -> list[ReviewNote]:
    with site.reading() as db:
        return list(db.exec(select(ReviewNote)).all())


def test_a_note_is_kept_with_its_reason_shown_and_changed(site: Site) -> None:
    asha = Reviewer(site)
    note = {"reason": "misread", "text": "  Read <b>not</b> as now.\r\nTwice.  "}
    reply = asha.post("notes/3?show=wrong&show=slow&page=2", note)
    assert (reply.status_code, reply.headers["location"]) == (303, f"{asha.url}/review?show=wrong&show=slow&page=2#q3")
    assert asha.own(3)["note"] == {"reason": "misread", "text": "Read <b>not</b> as now.\nTwice."}
    page = asha.page()
    assert "Read &lt;b&gt;not&lt;/b&gt; as now." in page
    assert "Misread it" in page
    asha.post("notes/3", {"reason": "guess", "text": ""})
    assert asha.own(3)["note"] == {"reason": "guess", "text": ""}
    assert len(rows(site)) == 1


def test_a_note_is_taken_away_and_leaves_nothing(site: Site) -> None:
    asha = Reviewer(site)
    asha.post("notes/1", {"reason": "time", "text": "Too slow."})
    asha.post("bookmarks/1", {"on": "1"})
    asha.post("notes/1", {"then": "delete"})
    assert asha.own(1) == {"bookmarked": True, "note": None, "report": None}
    asha.post("bookmarks/1", {"on": "0"})
    assert rows(site) == []


def test_deleting_what_is_not_there_is_no_fault(sqlite_site: Site) -> None:
    asha = Reviewer(sqlite_site)
    assert asha.post("notes/1", {"then": "delete"}).status_code == 303
    assert asha.post("bookmarks/1", {}).status_code == 303
    assert rows(sqlite_site) == []


def test_bookmarks_and_notes_are_chips(site: Site) -> None:
    asha = Reviewer(site)
    asha.post("bookmarks/2", {"on": "1"})
    asha.post("bookmarks/5", {"on": "1"})
    asha.post("notes/5", {"reason": "concept", "text": "Learn it."})
    for query, numbers in (("?show=bookmarked", [2, 5]), ("?show=noted", [5]), ("?show=bookmarked&show=partly", [2])):
        assert [each["number"] for each in asha.review(query)["questions"]] == numbers
    assert "Bookmarked 2</a>" in asha.page()


def test_htmx_gets_only_its_piece_with_what_happened(site: Site) -> None:
    asha = Reviewer(site)
    reply = asha.post("notes/3?show=wrong", {"reason": "time", "text": "Hurry."}, **FRAGMENT)
    assert reply.status_code == 200
    assert reply.text.lstrip().startswith('<section class="own" id="own-3"')
    assert "Note saved." in reply.text
    assert f'hx-post="{asha.url}/notes/3?show=wrong"' in reply.text
    reply = asha.post("bookmarks/3", {"on": "1"}, **FRAGMENT)
    assert 'aria-pressed="true" data-own="bookmark" autofocus' in reply.text
    assert "Hurry." in reply.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": "", "text": "Kept text"}, "Choose what it was."),
        ({"reason": "nonsense", "text": "Kept text"}, "Choose what it was."),
        ({"reason": "time", "text": "x" * 2001}, "longer than 2,000 characters. It has 2,001."),
        ({"reason": "time", "text": "a\0b"}, "can&#39;t be kept"),
        ({}, "Choose what it was."),
    ],
)
def test_what_does_not_fit_is_said_beside_it_and_nothing_typed_is_lost(
    site: Site, fields: dict[str, str], words: str
) -> None:
    asha = Reviewer(site)
    for headers in ({}, FRAGMENT):
        reply = asha.post("notes/3", fields, **headers)
        assert reply.status_code == 422
        assert words in reply.text
        assert fields.get("text", "") in reply.text.replace("�", "\0")
    page = asha.post("notes/3", fields).text
    assert "<details open>" in page
    assert page.count(words) == 1  # beside this question only
    reply = asha.post("notes/3", fields, **JSON)
    assert (reply.status_code, reply.json()["saved"]) == (422, False)
    assert rows(site) == []


def test_two_thousand_characters_fit(sqlite_site: Site) -> None:
    asha = Reviewer(sqlite_site)
    assert asha.post("notes/3", {"reason": "time", "text": "é" * 2000}).status_code == 303


@pytest.mark.parametrize("number", ["0", "6", "-1", "99999999999999999999999", "x"])
def test_a_question_that_is_not_in_the_attempt_is_not_found(site: Site, number: str) -> None:
    asha = Reviewer(site)
    assert asha.post(f"notes/{number}", {"reason": "time"}).status_code == 404
    assert asha.post(f"bookmarks/{number}", {"on": "1"}).status_code == 404


def test_before_the_review_opens_nothing_is_noted(site: Site) -> None:
    from datetime import timedelta

    closes = START + timedelta(hours=3)
    asha = Reviewer(site, reveal="contest", closes_at=closes)
    for path in ("notes/1", "bookmarks/1", "reports/1"):
        reply = asha.post(path, {"reason": "time", "on": "1", "kind": "typo", "text": "x"}, **JSON)
        assert (reply.status_code, reply.json()["reason"]) == (409, "not_yet")
    assert rows(site) == []
    site.clock.at = closes + timedelta(minutes=1)
    assert asha.post("notes/1", {"reason": "time"}).status_code == 303


def test_while_the_attempt_runs_nothing_is_noted(sqlite_site: Site) -> None:
    site, asha = sqlite_site, person(sqlite_site, "Asha")
    made = example_paper(site)
    with site.writing() as db:
        attempt = begin(db, site, made, asha)
    reply = browse(site, asha).post(f"/attempts/{attempt.code}/notes/1", data={"reason": "time"})
    assert reply.status_code == 409


def test_only_the_owner_sees_and_writes_notes(site: Site) -> None:
    asha = Reviewer(site)
    asha.post("notes/1", {"reason": "guess", "text": "NOTE-OF-ASHA"})
    for name, role in (("Ravi", Role.STUDENT), ("Sita", Role.STAFF), ("Ada", Role.ADMIN)):
        other = browse(site, person(site, name, role))
        assert other.post(f"{asha.url}/notes/1", data={"reason": "time"}).status_code == 404
        for path in (f"{asha.url}/review", f"/desk{asha.url}", "/desk/papers/mock-1/report"):
            assert "NOTE-OF-ASHA" not in other.get(path).text
    assert asha.own(1)["note"] == {"reason": "guess", "text": "NOTE-OF-ASHA"}


def test_a_guests_notes_come_along_into_the_account(site: Site) -> None:
    made = example_paper(site)
    with site.writing() as db:
        email = make_person(db, "Ben").email
    guest: TestClient = site.browser()
    room = guest.post(f"/papers/{made.slug}/attempts").headers["location"]
    guest.post(f"{room}/submission")
    guest.post(f"{room}/notes/2", data={"reason": "concept", "text": "Mine."})
    assert guest.post("/sign-in", data={"email": email, "password": PASSWORD}).status_code == 303
    (found,) = [each for each in guest.get(f"{room}/review", headers=JSON).json()["questions"] if each["number"] == 2]
    assert found["note"] == {"reason": "concept", "text": "Mine."}


@pytest.mark.parametrize("path", ["notes/3", "bookmarks/3", "reports/3"])
def test_an_address_that_is_opened_again_leads_back_to_its_question(sqlite_site: Site, path: str) -> None:
    asha = Reviewer(sqlite_site)
    reply = asha.browser.get(f"{asha.url}/{path}")
    assert (reply.status_code, reply.headers["location"]) == (303, f"{asha.url}/review#q3")


def test_a_form_that_is_cut_off_is_refused_only_to_who_may_write_here(sqlite_site: Site) -> None:
    asha = Reviewer(sqlite_site)
    headers = {"content-type": "multipart/form-data; boundary=x"}
    for path in ("notes/1", "bookmarks/1", "reports/1"):
        for browser, status in ((asha.browser, 422), (sqlite_site.browser(), 401)):
            reply = browser.post(f"{asha.url}/{path}", content=b"--x\r\nContent-Dis", headers=headers)
            assert reply.status_code == status
