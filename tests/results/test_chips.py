"""Chips of the review: how they combine, what each counts, and those that would tell too much."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from mockhall.accounts.models import Person
from mockhall.exam.reveal import Item, Matrix
from mockhall.papers.models import PaperVersion
from mockhall.results.chips import Chip, fits, in_words, offers, read, tellable, toggled
from tests.make import START, Site, single
from tests.results.sitting import JSON, begin, browse, chose, hand_in, paper, person

WRONG, RIGHT, BLANK, SLOW, MARKED = Chip.WRONG, Chip.RIGHT, Chip.BLANK, Chip.SLOW, Chip.MARKED


def of(*chips: Chip) -> frozenset[Chip]:
    return frozenset(chips)


QUESTIONS = [of(WRONG, SLOW), of(WRONG), of(BLANK, MARKED), of(RIGHT, SLOW, MARKED)]


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        (of(), [0, 1, 2, 3]),
        (of(WRONG), [0, 1]),
        (of(WRONG, BLANK), [0, 1, 2]),  # a question ends in one way: more of them show more
        (of(SLOW), [0, 3]),
        (of(SLOW, MARKED), [3]),  # all else has to hold at once
        (of(WRONG, BLANK, SLOW), [0]),
        (of(RIGHT, BLANK, MARKED), [2, 3]),
        (of(WRONG, MARKED), []),
    ],
)
def test_ways_to_end_are_alternatives_and_the_rest_narrows(chosen: frozenset[Chip], shown: list[int]) -> None:
    assert [place for place, has in enumerate(QUESTIONS) if fits(has, chosen)] == shown


def test_each_chip_counts_what_it_leads_to() -> None:
    every = frozenset(Chip)
    found = {each.chip: (each.count, each.is_on) for each in offers(QUESTIONS, of(WRONG, SLOW), every)}
    assert found == {WRONG: (1, True), BLANK: (0, False), RIGHT: (1, False), SLOW: (1, True), MARKED: (0, False)}


def test_a_choice_in_words() -> None:
    assert in_words(of(SLOW, BLANK, MARKED, WRONG)) == "Wrong or blank, and slow, and marked"
    assert in_words(of(SLOW)) == "Slow"
    assert in_words(of()) == ""


def test_an_address_of_nonsense_chooses_nothing_and_pressing_twice_is_nothing() -> None:
    assert read(["wrong", "wrong", "nonsense", "", "WRONG", "slow"]) == of(WRONG, SLOW)
    assert toggled(toggled(of(SLOW), WRONG), WRONG) == of(SLOW)


def test_without_right_and_wrong_no_chip_tells_them() -> None:
    assert tellable({Item.ATTEMPT, Item.RIGHT_ANSWER}) == frozenset(Chip) - {
        Chip.WRONG, Chip.RIGHT, Chip.PARTLY, Chip.LUCKY,
    }  # fmt: skip


# ---------------------------------------------------------------- on the page


def sat(site: Site, **rules: object) -> str:
    """1 right, lucky · 2 wrong, slow · 3 wrong · 4 right · 5 blank, marked; the address of the review."""
    asha = person(site, "Asha")
    questions = [single(stem=f"Stem {n}.") for n in range(1, 6)]
    made = paper(site, sections={"S": questions}, shuffle_options=False, closes_at=START + timedelta(hours=3), **rules)
    answers = {
        1: chose("o1", marked=True, active_ms=10_000), 2: chose("o2", active_ms=90_000),
        3: chose("o2", active_ms=20_000), 4: chose("o1", active_ms=30_000), 5: chose(marked=True),
    }  # fmt: skip
    with site.writing() as db:
        attempt = begin(db, site, made, asha, answers)
    site.clock.forward(minutes=5)  # no time on a question is longer than the attempt
    with site.writing() as db:
        hand_in(db, site, attempt)
    return f"/attempts/{attempt.code}/review"


def owner(site: Site) -> TestClient:
    with site.reading() as db:
        return browse(site, db.exec(select(Person).where(Person.name == "Asha")).one())


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("show=wrong&show=slow", [2]),
        ("show=slow", [2]),
        ("show=lucky", [1]),
        ("show=wrong&show=blank", [2, 3, 5]),
        ("show=right&show=blank&show=marked", [1, 5]),
        ("show=wrong&show=nonsense&show=", [2, 3]),
        ("show=lucky&show=slow", []),
    ],
)
def test_chips_combine_in_the_address(site: Site, query: str, numbers: list[int]) -> None:
    url = sat(site)
    found = owner(site).get(f"{url}?{query}", headers=JSON).json()
    assert [each["number"] for each in found["questions"]] == numbers


def test_an_answer_given_after_another_is_changed_and_one_given_anew_is_not(site: Site) -> None:
    asha = person(site, "Asha")
    made = paper(site, sections={"S": [single() for _ in range(4)]}, shuffle_options=False)
    with site.writing() as db:
        attempt = begin(db, site, made, asha)
    browser, room = browse(site, asha), f"/attempts/{attempt.code}"
    for number, given in ((1, ["o1", "o2"]), (2, ["o1", "", "o1"]), (3, ["o1", "o2", "o1"]), (4, ["o1", "o1"])):
        for seq, choice in enumerate(given, 1):
            site.clock.forward(seconds=15)  # what is changed sooner is a slip
            browser.post(f"{room}/responses/{number}", data={"choice": choice, "seq": seq})
    browser.post(f"{room}/submission")
    found = browser.get(f"{room}/review?show=changed", headers=JSON).json()["questions"]
    assert [each["number"] for each in found] == [1, 3]


def test_the_page_says_what_a_choice_means_and_keeps_it_from_page_to_page(site: Site) -> None:
    url = sat(site)
    page = owner(site).get(f"{url}?show=slow&show=wrong").text
    assert "Wrong, and slow: 1 of 5 questions" in page
    assert f'href="{url}?show=wrong" aria-current="true">Slow 1<' in page  # pressing it again takes it away
    assert f'href="{url}?show=slow" aria-current="true">Wrong 1<' in page
    assert f'href="{url}?show=wrong&amp;show=slow#q2"' in page
    assert "It took you longer than three quarters of the others" in page


def test_chips_that_tell_right_from_wrong_wait_for_it(site: Site) -> None:
    url = sat(site)
    matrix = Matrix(*[frozenset({Item.ATTEMPT, Item.GENERAL_FEEDBACK})] * 4)
    with site.writing() as db:
        db.exec(select(PaperVersion)).one().reveal = matrix.to_json()
    for query in ("", "?show=wrong", "?show=lucky&show=right"):
        page = owner(site).get(url + query).text
        for chip in ("Wrong 2", "Right 2", "Lucky 1", "Lucky"):
            assert chip not in page, (query, chip)
        assert "Slow 1</a>" in page
        assert "Blank 1</a>" in page
    found = owner(site).get(f"{url}?show=lucky", headers=JSON).json()["questions"]
    assert [each["chips"] for each in found] == [["marked"], ["slow"], [], [], ["blank", "marked"]]
