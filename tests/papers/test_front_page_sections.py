"""What a test's front page says before the start of its sections: times, order, what counts, how sure."""

from fractions import Fraction
from typing import Any

from mockhall.exam.draws import Draw
from tests.make import Site, make_paper, make_person, single

SECTIONS = {"A": [single() for _ in range(4)], "B": [single()]}


def page(site: Site, factor: Fraction = Fraction(1), **rules: Any) -> str:
    with site.writing() as db:
        make_paper(db, sections=SECTIONS, **rules)
        asha = make_person(db, "Asha", time_factor=factor)
    return " ".join(site.signed_in(asha).get("/papers/mock-1").text.split())


def test_free_sections_say_so(site: Site) -> None:
    said = page(site)
    assert "You can move between sections at any time. The 30 min are shared." in said


def test_sections_in_order_say_their_times_and_that_leaving_is_for_good(site: Site) -> None:
    said = page(site, sat={"A": {"minutes_min": 4, "minutes_max": 12}, "B": {"one_way": True}})
    assert "It takes 4 min to 12 min: not left before, closed after." in said
    assert "there is no way back to the one before" in said
    assert "Leaving one closes it for good, and needs a connection." in said
    assert "at any time" not in said


def test_times_are_those_of_the_viewer(site: Site) -> None:
    sat = {"A": {"minutes_max": 12, "question_seconds": 60}, "B": {"minutes_max": 8}}
    said = page(site, Fraction(3, 2), minutes=None, sat=sat)
    assert "It has 18 min of its own" in said
    assert "Each question has 1 min 30 s from the moment it is first opened" in said
    assert "30 min" in said, "both sections together"


def test_optional_questions_draws_and_floors_are_said_before_the_start(site: Site) -> None:
    sat = {"A": {"choose": "first", "choose_k": 3, "floor": Fraction(0)}}
    said = page(site, sat=sat, draws={"A": [Draw(2)]}, floor=Fraction(-5))
    assert "Answer any 3 of 6 questions. If you answer more, the first 3 you answered count." in said
    assert "2 of its questions are drawn from the question bank" in said
    assert "Its total is never below 0." in said
    assert "The whole test is never below −5." in said
    assert "Drawn from the question bank" in said


def test_certainty_marking_is_explained_with_its_table(site: Site) -> None:
    said = page(site, certainty=True)
    assert "How sure are you?" in said
    assert "3, very sure" in said
    assert "more than 80 % sure" in said
