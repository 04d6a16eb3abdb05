"""A closing time that is over, in the rules of a test that candidates can start: asked first, never in silence."""

from datetime import timedelta

from mockhall.papers.models import PaperStatus
from tests.attempts.room_of import sit
from tests.bank.desk_of import JSON, tara
from tests.fields import sent_by
from tests.make import START, Site, make_paper
from tests.papers_desk.test_papers import paper_of
from tests.papers_desk.test_rules import form_on

PAPER = "/desk/papers/mock-1"
OVER = "2026-11-22T08:00"


def test_a_published_test_is_closed_at_once_only_by_who_says_so(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, closes_at=START + timedelta(days=1))
    browser, running = tara(site), sit(site)
    form = form_on(browser.get(PAPER).text) | {"closes": [OVER], "title": ["Typed"]}
    reply = browser.post(PAPER, data=form)
    assert reply.status_code == 409
    assert "1 person sits it now and goes on until their own time is over." in reply.text
    assert form_on(reply.text)["title"] == ["Typed"]
    assert (paper_of(site, "mock-1")[0].version, running.state()["state"]) == (1, "in_progress")
    assert browser.post(PAPER, data=form, headers=JSON).json() == {
        "reason": "closes_now", "sitting": 1, "text": "It would close at once. Send sure=1 if that is meant.",
    }  # fmt: skip
    assert browser.post(PAPER, data=form | {"sure": ["1"]}).status_code == 303
    assert paper_of(site, "mock-1")[1].closes_at == START - timedelta(hours=1)
    assert running.state()["deadline_at"] == "2026-11-22T09:30:00.000Z"
    assert site.browser().post("/papers/mock-1/attempts", headers=JSON).json()["reason"] == "closed"


def test_a_draft_and_a_test_that_has_closed_already_are_not_asked_about(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        make_paper(db, closes_at=START - timedelta(days=1))
        make_paper(db, "draft-1", status=PaperStatus.DRAFT)
    browser = tara(sqlite_site)
    form = form_on(browser.get(PAPER).text) | {"title": ["Other"]}
    assert browser.post(PAPER, data=form).status_code == 303
    form = form_on(browser.get("/desk/papers/draft-1").text) | {"closes": [OVER]}
    assert browser.post("/desk/papers/draft-1", data=form).status_code == 303


def test_taking_back_or_doing_again_what_closes_the_test_is_asked_about_too(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, closes_at=START + timedelta(days=1))
    browser = tara(site)
    sit(site)
    form = form_on(browser.get(PAPER).text)
    site.clock.forward(days=2)
    assert browser.post(PAPER, data=form | {"closes": ["2026-12-01T09:00"]}).status_code == 303
    reply = browser.post(f"{PAPER}/undo", data={"version": "2"})
    assert (reply.status_code, "To take it back closes the test at once" in reply.text) == (409, True)
    assert browser.post(f"{PAPER}/undo", data={"version": "2"}, headers=JSON).json()["reason"] == "closes_now"
    assert paper_of(site, "mock-1")[0].version == 2
    sure = sent_by(reply.text.split(f'action="{PAPER}/undo"')[1].partition("</form>")[0])
    assert browser.post(f"{PAPER}/undo", data=sure).status_code == 303
    assert paper_of(site, "mock-1")[1].closes_at == START + timedelta(days=1)
    assert browser.post(f"{PAPER}/undo", data={"version": "3", "then": "again"}).status_code == 303, "it opens again"
    site.clock.forward(days=20)
    assert browser.post(f"{PAPER}/undo", data={"version": "4"}).status_code == 303, "it had closed by itself"
