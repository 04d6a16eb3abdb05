"""Strict papers: the result says what selections that were never saved have cost, when it may."""

from typing import Any

import pytest
from sqlmodel import Session, select

from mockhall.attempts.models import Attempt, Response
from mockhall.results.actions import regrade
from tests.make import Site
from tests.results.sitting import JSON, begin, browse, chose, example_paper, hand_in, person


def log(db: Session, attempt: Attempt, number: int, **unsaved: Any) -> None:
    """As a strict paper logs a selection that was left."""
    row = db.exec(select(Response).where(Response.attempt_id == attempt.id, Response.number == number)).one()
    row.unsaved = {"choice": [], "text": "", "parts": {}} | unsaved
    db.add(row)


def strict_attempt(site: Site, **rules: Any) -> Any:
    """Asha's: 1 kept wrong and right unsaved (+4 beyond), 3 right unsaved (+3), 5 kept and the same logged."""
    made, asha = example_paper(site, save_policy="strict_cbt", **rules), person(site, "Asha")
    with site.writing() as db:
        attempt = begin(db, site, made, asha, {1: chose("o2"), 5: chose("o2")})
        attempt.strict = True
        log(db, attempt, 1, choice=["o1"])
        log(db, attempt, 3, text="42")
        log(db, attempt, 5, choice=["o2"])
        hand_in(db, site, attempt)
    return browse(site, asha), f"/attempts/{attempt.code}/result"


def test_the_result_says_the_marks_lost_to_selections_never_saved(site: Site) -> None:
    browser, url = strict_attempt(site)
    assert "7 marks lost to selections never saved." in browser.get(url).text
    told = browser.get(url, headers=JSON).json()
    assert (told["unsaved"], told["unsaved_marks"], told["score"]) == (2, "7", "2")


@pytest.mark.parametrize(
    ("selections", "sentence"),
    [
        ([(3, {"text": "42"})], "3 marks lost to a selection never saved."),
        ([(3, {"text": "41"})], "1 selection was never saved. No marks were lost by that."),
        ([(3, {"text": "41"}), (4, {"text": "no"})], "2 selections were never saved. No marks were lost by that."),
    ],
)
def test_it_says_so_in_words_that_fit(site: Site, selections: list[Any], sentence: str) -> None:
    made, asha = example_paper(site, save_policy="strict_cbt"), person(site, "Asha")
    with site.writing() as db:
        attempt = begin(db, site, made, asha)
        attempt.strict = True
        for number, unsaved in selections:
            log(db, attempt, number, **unsaved)
        hand_in(db, site, attempt)
    assert sentence in browse(site, asha).get(f"/attempts/{attempt.code}/result").text


def test_the_review_shows_what_was_selected_and_never_saved(site: Site) -> None:
    browser, url = strict_attempt(site)
    page = browser.get(url.replace("/result", "/review")).text
    questions = page.split("<article")[1:]
    assert "You selected <span>A</span> and never saved it." in questions[0]
    assert "You selected <span>42</span> and never saved it." in questions[2]
    assert page.count("never saved") == 2


def test_before_marks_may_be_seen_only_the_count_is_said(site: Site) -> None:
    browser, url = strict_attempt(site, reveal="contest", closes_at=site.clock.at.replace(year=2027))
    page, told = browser.get(url).text, browser.get(url, headers=JSON).json()
    assert "7 marks" not in page
    assert told["unsaved_marks"] is None


def test_a_paper_that_saves_everything_says_nothing_of_it(site: Site) -> None:
    made, asha = example_paper(site), person(site, "Asha")
    with site.writing() as db:
        attempt = begin(db, site, made, asha, {1: chose("o1")})
        hand_in(db, site, attempt)
    browser, url = browse(site, asha), f"/attempts/{attempt.code}/result"
    assert "never saved" not in browser.get(url).text
    assert browser.get(url, headers=JSON).json()["unsaved"] is None


def test_the_front_page_says_before_the_start_that_only_two_buttons_keep_an_answer(site: Site) -> None:
    example_paper(site, save_policy="strict_cbt")
    page = site.browser().get("/papers/mock-1").text
    assert "Strict saving" in page
    assert "saved as you choose it" not in page


def test_the_hand_in_summary_counts_selections_not_saved_by_section(site: Site) -> None:
    made, asha = example_paper(site, save_policy="strict_cbt"), person(site, "Asha")
    with site.writing() as db:
        attempt = begin(db, site, made, asha, {1: chose("o2")})
        attempt.strict = True
        log(db, attempt, 1, choice=["o1"])
        log(db, attempt, 5, choice=["o1"])
        db.add(attempt)
    page = browse(site, asha).get(f"/attempts/{attempt.code}/submission").text
    assert "2 selections not saved (First: 1, Second: 1)." in page


def test_marking_anew_works_out_anew_what_was_lost(site: Site) -> None:
    browser, url = strict_attempt(site)
    with site.writing() as db:
        attempt = db.exec(select(Attempt)).one()
        log(db, attempt, 3, text="41")  # as if another had been logged: the old figure must not stand
        regrade(db, attempt, site.clock.at)
    assert browser.get(url, headers=JSON).json()["unsaved_marks"] == "11/3"
