"""A test's front page: what it says, to whom, and what it must not say."""

import re
from datetime import timedelta
from fractions import Fraction

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from mockhall.accounts import actions as accounts
from mockhall.accounts.models import LoginSession, Person, Role
from mockhall.accounts.sessions import open_session
from mockhall.papers.models import Paper, PaperStatus
from tests.make import START, Site, make_paper, make_person, multiple, numeric, queries, single, text

START_BUTTON = re.compile(r'<button class="button primary big block" type="submit">([^<]+)</button>')
JSON = {"Accept": "application/json"}


def words_of(html: str) -> str:
    """The page's text, blanks collapsed."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(browser: TestClient, slug: str = "mock-1") -> str:
    reply = browser.get(f"/papers/{slug}")
    assert reply.status_code == 200
    return reply.text


def guest_browser(site: Site, name: str = "") -> TestClient:
    """A browser with a guest's cookie."""
    with site.writing() as db:
        guest = accounts.new_guest(db, site.clock(), name)
        token = open_session(db, guest, site.clock())
    browser = site.browser()
    browser.cookies.set("mockhall", token)
    return browser


def start(browser: TestClient, slug: str = "mock-1", **form: str) -> str:
    """Start the test; returns the attempt's address."""
    reply = browser.post(f"/papers/{slug}/attempts", data=form)
    assert reply.status_code == 303, reply.text
    return str(reply.headers["location"])


def test_a_stranger_reads_sections_marks_time_and_rules(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, instructions="Bring **paper**.", attempts_allowed=3)
    html = page(site.browser())
    said = words_of(html)
    assert "Bring <strong>paper</strong>." in html
    for each in (
        "First 4 12", "Second 1 3", "Your time 30 min", "Questions 5", "Marks 15", "3 of 3 left",
        "One answer (2) +3 −1 0", "Several answers (1) For exactly the right choices +3 −1 0",
        "arrives up to 5 seconds late", "Closing the tab does not stop the clock", "Answered and marked; counts",
        "Your score, the right answers and the explanations open as soon as you hand in.",
        "You can move between sections at any time. The 30 min are shared.",
    ):  # fmt: skip
        assert each in said
    assert START_BUTTON.findall(html) == ["Start without signing up"]
    assert 'placeholder="Guest" value=""' in html


def test_the_front_page_holds_no_stem_option_key_or_explanation(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, sections={"One": [single(stem="STEM-SECRET"), text(["KEY-SECRET"]), numeric("77777")]})
        tara = make_person(db, "Tara", Role.EDITOR)
    for browser in (site.browser(), site.signed_in(tara)):
        for headers in ({}, JSON):
            reply = browser.get("/papers/mock-1", headers=headers)
            for secret in ("STEM-SECRET", "KEY-SECRET", "SOLUTION-SECRET", "77777", "Alpha"):
                assert secret not in reply.text


def test_a_kind_marked_in_two_ways_stands_on_two_lines_that_say_where(site: Site) -> None:
    easier = single(scheme={"full": "1", "wrong": "-2/3"})
    subset = multiple(scheme={"preset": "jee-advanced"})
    with site.writing() as db:
        make_paper(db, sections={"Warm up": [easier], "Real thing": [single(), single(), subset]})
    said = words_of(page(site.browser()))
    assert "One answer (1) Warm up +1 −2/3 0" in said
    assert "One answer (2) Real thing +3 −1 0" in said
    assert "Several answers (1) +1 for each right choice if none is wrong Real thing +4 −2 0" in said


def test_a_floor_and_spared_kinds_show_what_a_wrong_answer_really_costs(site: Site) -> None:
    with site.writing() as db:
        spared = {"full": "2", "wrong": "-2", "no_negative": ["numeric"], "floor": "-1"}
        make_paper(db, sections={"One": [single(), numeric()]}, scheme=spared)
    said = words_of(page(site.browser()))
    assert "One answer (1) +2 −1 0" in said
    assert "Number to type (1) +2 0 0" in said


def test_extra_time_is_counted_for_the_viewer_and_explained(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, minutes=45)
        asha = make_person(db, "Asha", time_factor=Fraction(5, 4))
    browser = site.signed_in(asha)
    assert "56 min 15 s: 45 min and 25 % extra" in words_of(page(browser))
    assert browser.get("/papers/mock-1", headers=JSON).json()["your_seconds"] == 3375
    assert "Your time 45 min Questions" in words_of(page(site.browser()))


def test_a_test_without_a_clock_says_so(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, minutes=None)
    said = words_of(page(site.browser()))
    assert "Your time No clock" in said
    assert "There is no clock." in said
    assert "does not stop the clock" not in said


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


@pytest.mark.parametrize("status", [PaperStatus.DRAFT, PaperStatus.WITHDRAWN, PaperStatus.ARCHIVED])
def test_what_is_not_published_only_editors_see_with_a_notice(site: Site, status: PaperStatus) -> None:
    with site.writing() as db:
        make_paper(db, status=status)
        tara, ravi = make_person(db, "Tara", Role.EDITOR), make_person(db, "Ravi")
        staff = make_person(db, "Sunil", Role.STAFF)
    for browser in (site.browser(), site.signed_in(ravi), site.signed_in(staff), guest_browser(site, "Ben")):
        hidden, missing = browser.get("/papers/mock-1"), browser.get("/papers/never-was")
        assert hidden.status_code == missing.status_code == 404
        assert hidden.text == missing.text.replace("never-was", "mock-1")
    html = page(site.signed_in(tara))
    assert "Only editors see this page" in html
    assert START_BUTTON.findall(html) == []


@pytest.mark.parametrize("slug", ["x", "a%00b", "%27%22", "y" * 5000, "..%2fpapers", "%ED%A0%80"])
def test_an_unknown_address_is_a_404_in_the_look_of_the_site(site: Site, slug: str) -> None:
    reply = site.browser().get(f"/papers/{slug}")
    assert reply.status_code == 404
    assert 'class="site-header"' in reply.text


def test_before_it_opens_the_page_says_when_and_has_no_start(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, opens_at=START + timedelta(hours=1), closes_at=START + timedelta(hours=3))
    html = page(site.browser())
    assert "Not open yet" in html
    assert html.count('<time datetime="2026-11-22T10:00:00.000Z" data-local="datetime">') == 2
    assert START_BUTTON.findall(html) == []
    site.clock.forward(hours=1)
    assert START_BUTTON.findall(page(site.browser())) == ["Start without signing up"]


def test_after_the_close_nobody_is_offered_a_start(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, closes_at=START + timedelta(minutes=50))
    site.clock.forward(minutes=50)
    html = page(site.browser())
    assert "This test has closed" in html
    assert START_BUTTON.findall(html) == []


def test_who_comes_late_is_told_what_is_left_before_the_close(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, minutes=30, closes_at=START + timedelta(minutes=50))
        asha = make_person(db, "Asha", time_factor=Fraction(2))
    assert "The test closes first" not in page(site.browser())
    slow = site.signed_in(asha)
    assert "who starts now has" not in page(slow)  # 60 minutes, and the close waits 30 for her
    site.clock.forward(minutes=30)
    assert "who starts now has 20 min" in page(site.browser())
    assert "who starts now has 50 min" in page(slow)


def test_json_says_whether_the_viewer_can_start(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, opens_at=START + timedelta(hours=1), attempts_allowed=2)
    found = site.browser().get("/papers/mock-1", headers=JSON).json()
    assert (found["door"], found["opens_at"], found["attempts_left"]) == ("early", "2026-11-22T10:00:00.000Z", 2)
    assert [section["max"] for section in found["sections"]] == ["12", "3"]


@pytest.mark.parametrize("questions", [1, 90])
def test_the_front_page_takes_at_most_seven_queries_whatever_its_size(site: Site, questions: int) -> None:
    with site.writing() as db:
        make_paper(db, sections={f"Section {place}": [single()] * questions for place in range(3)})
    browser = guest_browser(site, "Ben")
    for _ in range(2):
        browser.post(f"{start(browser)}/submission")
    with queries(site) as seen:
        page(browser)
    assert len(seen) <= 7, seen


def test_the_footers_pages_are_there_for_everybody(site: Site) -> None:
    with site.writing() as db:
        asha = make_person(db, "Asha")
    for browser in (site.browser(), site.signed_in(asha)):
        for url, title in (
            ("/report", "Report an error"),
            ("/privacy", "Privacy"),
            ("/accessibility", "Accessibility"),
        ):
            reply = browser.get(url)
            assert reply.status_code == 200
            assert f"<h1>{title}</h1>" in reply.text
    assert "Asha" in site.signed_in(asha).get("/report").text


def test_an_emptied_version_still_has_a_page(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, sections={"Nothing yet": []})
    assert "Nothing yet 0 0" in words_of(page(site.browser()))
    with site.reading() as db:
        assert db.exec(select(Paper.question_count)).one() == 0
