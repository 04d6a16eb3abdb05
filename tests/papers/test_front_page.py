"""A test's front page: what it says of the test, and what it must not say."""

from fractions import Fraction

import pytest
from sqlmodel import select

from mockhall.accounts.models import Role
from mockhall.papers.models import Paper, PaperStatus
from tests.make import Site, make_paper, make_person, multiple, numeric, queries, single, text
from tests.papers.front import JSON, START_BUTTON, guest_browser, page, start, words_of


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
