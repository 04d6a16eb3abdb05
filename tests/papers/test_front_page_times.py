"""A test's front page before it opens, near its close and after it."""

from datetime import timedelta
from fractions import Fraction

from tests.make import START, Site, make_paper, make_person
from tests.papers.front import JSON, START_BUTTON, page


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
