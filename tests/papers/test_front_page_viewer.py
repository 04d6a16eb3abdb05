"""A test's front page for one viewer: whose attempts it shows, and what it offers to a stranger, guest or account."""

import pytest
from sqlmodel import select

from mockhall.accounts.models import LoginSession, Person, Role
from tests.make import Site, make_paper, make_person
from tests.papers.front import START_BUTTON, guest_browser, page, start, words_of


def test_an_account_starts_under_its_name(site: Site) -> None:
    with site.writing() as db:
        make_paper(db)
        asha = make_person(db, "Asha")
    html = page(site.signed_in(asha))
    assert START_BUTTON.findall(html) == ["Start the test"]
    assert 'value="Asha"' in html
    assert "Signed in as <b>Asha</b>" in html
    assert "Start without signing up" not in html


@pytest.mark.parametrize(
    ("name", "said"),
    [("Asha", "Guest attempts of <b>Asha</b> on this computer"), ("", "Guest attempts on this computer")],
)
def test_a_guests_browser_says_whose_it_is_and_lets_another_start(site: Site, name: str, said: str) -> None:
    with site.writing() as db:
        make_paper(db)
    html = page(guest_browser(site, name))
    assert said in html
    assert START_BUTTON.findall(html) == ["Start without signing up"]
    assert '<form method="post" action="/sign-out"><input type="hidden" name="next" value="/papers/mock-1">' in html
    assert "Not you? Start as someone else" in html


def test_a_stranger_is_asked_nothing_about_whose_browser_it_is(site: Site) -> None:
    with site.writing() as db:
        make_paper(db)
    assert "Not you?" not in page(site.browser())


def test_a_stranger_is_offered_a_cookie_once_and_nobody_else_is(site: Site) -> None:
    with site.writing() as db:
        make_paper(db)
        asha = make_person(db, "Asha")
    browser = site.browser()
    assert "mockhall=" in browser.get("/papers/mock-1").headers["set-cookie"]
    assert "set-cookie" not in browser.get("/papers/mock-1").headers
    assert "set-cookie" not in site.signed_in(asha).get("/papers/mock-1").headers
    with site.reading() as db:
        assert len(db.exec(select(Person)).all()) == 1  # looking makes no guests
        assert len(db.exec(select(LoginSession)).all()) == 1


def test_a_running_attempt_is_continued_not_started_again(site: Site) -> None:
    with site.writing() as db:
        make_paper(db)
    browser = guest_browser(site, "Ben")
    url = start(browser)
    html = page(browser)
    assert f'<a class="button primary big block" href="{url}">Continue</a>' in html
    assert html.count(">Continue</a>") == 1
    assert START_BUTTON.findall(html) == []
    assert "can be reached only from this browser" in html


def test_an_account_is_not_warned_of_the_browser(site: Site) -> None:
    with site.writing() as db:
        make_paper(db)
        asha = make_person(db, "Asha")
    browser = site.signed_in(asha)
    start(browser)
    html = page(browser)
    assert ">Continue</a>" in html
    assert "can be reached only from this browser" not in html


def test_finished_attempts_lead_to_their_results_and_use_up_the_limit(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, attempts_allowed=2)
    browser = guest_browser(site, "Ben")
    for left in ("1 of 2 left", "0 of 2 left"):
        url = start(browser)
        browser.post(f"{url}/submission")
        html = page(browser)
        assert f'<a href="{url}/result">Result</a>' in html
        assert left in html
    html = page(browser)
    assert START_BUTTON.findall(html) == []
    assert "You have used all 2 attempts" in words_of(html)
    assert "2 of 2 left" in page(guest_browser(site, "Ravi"))  # another guest has all of theirs


def test_nobody_sees_the_attempts_of_another(site: Site) -> None:
    with site.writing() as db:
        make_paper(db)
        ravi = make_person(db, "Ravi")
    url = start(guest_browser(site, "Asha"), name="Asha")
    for browser in (site.browser(), site.signed_in(ravi), guest_browser(site)):
        html = page(browser)
        assert url not in html
        assert "Asha" not in html


def test_the_page_works_where_the_app_hands_down_no_attempts(site: Site) -> None:
    with site.writing() as db:
        make_paper(db)
    del site.app.state.attempts_of
    assert START_BUTTON.findall(page(guest_browser(site, "Ben"))) == ["Start without signing up"]


def test_an_editor_has_no_limit_and_is_told_that_previews_do_not_count(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, attempts_allowed=1)
        tara = make_person(db, "Tara", Role.EDITOR)
    assert "1 each; yours are previews" in page(site.signed_in(tara))
