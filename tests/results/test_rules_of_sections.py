"""Optional questions, certainty, floors and schemes of sections, from the answers to the result."""

from fractions import Fraction
from typing import Any

import pytest
from sqlmodel import col, select

from mockhall.results.models import MarkRow, ScoreRow
from tests.attempts.room_of import JSON, Sitting, sit
from tests.make import Site, make_paper, multiple, numeric, single


def paper(site: Site, sections: dict[str, Any], **rules: Any) -> Sitting:
    with site.writing() as db:
        make_paper(db, sections=sections, **{"scheme": {"full": "4", "wrong": "-1"}} | rules)
    return sit(site)


def result(sitting: Sitting) -> dict[str, Any]:
    sitting.submit()
    found: dict[str, Any] = sitting.browser.get(f"/attempts/{sitting.code}/result", headers=JSON).json()
    return found


def answer(site: Site, sitting: Sitting, *choices: tuple[int, str]) -> None:
    """One after the other, a second between them."""
    for number, choice in choices:
        site.clock.forward(seconds=1)
        assert sitting.save(number, choice=choice).json()["saved"] is True


def counted(site: Site) -> list[int]:
    with site.reading() as db:
        return list(db.exec(select(MarkRow.number).where(col(MarkRow.counted)).order_by(col(MarkRow.number))))


FIVE = {"A": [single() for _ in range(5)]}


def test_the_best_k_of_more_answers_count(site: Site) -> None:
    sitting = paper(site, FIVE, sat={"A": {"choose": "best", "choose_k": 3}})
    answer(site, sitting, (1, "o2"), (2, "o1"), (3, "o2"), (4, "o1"))
    found = result(sitting)
    assert (found["score"], found["max"]) == ("7", "12")
    assert counted(site) == [1, 2, 4], "two right ones and, of equal wrong ones, the first"
    assert found["sections"] == [
        {"title": "A", "score": "7", "max": "12", "right": 2, "partly": 0, "wrong": 1, "blank": 0}
    ]
    assert [each.get("counted", True) for each in found["questions"]] == [True, True, False, True, False]


def test_the_first_k_answered_count_whatever_they_earn(site: Site) -> None:
    sitting = paper(site, FIVE, sat={"A": {"choose": "first", "choose_k": 2}})
    answer(site, sitting, (5, "o2"), (3, "o1"), (1, "o1"))
    assert result(sitting)["score"] == "3"
    assert counted(site) == [3, 5]


def test_a_wrong_answer_that_does_not_count_took_no_marks_away(site: Site) -> None:
    sitting = paper(site, FIVE, sat={"A": {"choose": "best", "choose_k": 1}})
    answer(site, sitting, (4, "o1"), (5, "o2"))
    assert result(sitting)["score"] == "4"
    assert "took marks away" not in sitting.browser.get(f"/attempts/{sitting.code}/result").text


def test_wrong_answers_cannot_be_swapped_for_blank_ones(site: Site) -> None:
    sitting = paper(site, FIVE, sat={"A": {"choose": "best", "choose_k": 2}})
    answer(site, sitting, (4, "o2"), (5, "o2"))
    assert result(sitting)["score"] == "-2"


def test_a_section_is_worth_its_dearest_k_for_everybody(site: Site) -> None:
    cheap, dear = single(), single(scheme={"full": "10"})
    sitting = paper(site, {"A": [cheap, dear, cheap]}, sat={"A": {"choose": "best", "choose_k": 2}})
    answer(site, sitting, (1, "o1"), (3, "o1"))
    found = result(sitting)
    assert (found["score"], found["max"]) == ("8", "14")


def test_the_review_shows_what_did_not_count(site: Site) -> None:
    sitting = paper(site, FIVE, sat={"A": {"choose": "first", "choose_k": 1}})
    answer(site, sitting, (1, "o1"), (2, "o1"))
    assert result(sitting)["score"] == "4"
    review = sitting.browser.get(f"/attempts/{sitting.code}/review").text
    assert review.count("Not counted") == 4
    assert "4 marks." in review


def test_which_ones_count_is_not_told_before_marks_may_be_seen(site: Site) -> None:
    closes = site.clock.at.replace(hour=20)
    sitting = paper(site, FIVE, sat={"A": {"choose": "best", "choose_k": 1}}, reveal="contest", closes_at=closes)
    answer(site, sitting, (1, "o2"), (2, "o1"))
    assert all("counted" not in each for each in result(sitting)["questions"])


# ---------------------------------------------------------------- floors and schemes


def test_a_sections_floor_lifts_its_total_and_the_papers_the_sum(site: Site) -> None:
    sections = {"A": [single(), single()], "B": [single(), single(), single()]}
    sitting = paper(site, sections, sat={"A": {"floor": Fraction(0)}}, floor=Fraction(-2))
    answer(site, sitting, *((number, "o2") for number in range(1, 6)))
    found = result(sitting)
    assert [each["score"] for each in found["sections"]] == ["0", "-3"]
    assert found["score"] == "-2"
    assert "−2 marks." in sitting.browser.get(f"/attempts/{sitting.code}/review").text


def test_each_section_is_marked_by_its_own_scheme(site: Site) -> None:
    sat = {"B": {"scheme": {"preset": "gate-2"}}, "C": {"scheme": {"preset": "jee-advanced"}}}
    sections = {"A": [single()], "B": [single(), numeric()], "C": [multiple((0, 1, 3))]}
    sitting = paper(site, sections, sat=sat)
    answer(site, sitting, (1, "o2"), (2, "o2"))
    sitting.save(3, text="41")
    sitting.save(4, choice=["o1", "o4"])
    found = result(sitting)
    assert [each["score"] for each in found["sections"]] == ["-1", "-2/3", "2"]
    assert found["score"] == "1/3"


# ---------------------------------------------------------------- certainty

TEN = [("o1", 3), ("o1", 3), ("o1", 2), ("o2", 3), ("o2", 1), ("o1", 1), ("o2", 2), ("o1", 3)]


def test_the_vector_of_certainty_marking_end_to_end(site: Site) -> None:
    """(1,3)(1,3)(1,2)(0,3)(0,1)(1,1)(0,2)(1,3)(.5,2)(blank): average 0.5, accuracy 0.55, expected 0.55."""
    half = multiple((0, 1), scheme={"full": "4", "partial": "per_option"})
    sitting = paper(site, {"A": [*[single() for _ in TEN], half, single()]}, certainty=True)
    for number, (choice, sure) in enumerate(TEN, 1):
        assert sitting.save(number, choice=choice, certainty=sure).json()["saved"] is True
    sitting.save(9, choice=["o1"], certainty=2)
    found = result(sitting)
    assert (found["score"], found["max"]) == ("20", "120")  # 4 x (3+3+2-6+0+1-2+3+1+0), 10 x 3 x 4
    assert [each["marks"] for each in found["questions"]] == ["12", "12", "8", "-24", "0", "4", "-8", "12", "4", "0"]
    page = sitting.browser.get(f"/attempts/{sitting.code}/result").text
    assert "How sure you were" in page
    for value in ("55 %", ">0.5<", ">0.55<"):
        assert value in page, value
    with site.reading() as db:
        row = db.exec(select(ScoreRow)).one()
        assert (row.right, row.partly, row.wrong, row.blank) == (5, 1, 3, 1)


def test_saying_nothing_is_not_sure(site: Site) -> None:
    sitting = paper(site, {"A": [single(), single()]}, certainty=True)
    answer(site, sitting, (1, "o1"), (2, "o2"))
    found = result(sitting)
    assert [each["marks"] for each in found["questions"]] == ["4", "0"]


def test_the_room_asks_how_sure_and_says_what_it_costs(site: Site) -> None:
    sitting = paper(site, {"A": [single()]}, certainty=True)
    room = sitting.browser.get(f"/attempts/{sitting.code}").text
    assert "right +12, wrong −24" in room
    sitting.save(1, choice="o1", certainty=3)
    assert sitting.question(1)["certainty"] == 3
    stale = sitting.save(1, choice="o2", seq=1, tab="other", base=0)
    assert (stale.json()["reason"], stale.json()["certainty"]) == ("stale", 3)
    assert 'value="3" checked' in sitting.browser.get(f"/attempts/{sitting.code}").text


@pytest.mark.parametrize("sure", ["4", "-1", "x"])
def test_another_certainty_is_nonsense(site: Site, sure: str) -> None:
    sitting = paper(site, {"A": [single()]}, certainty=True)
    assert sitting.save(1, choice="o1", certainty=sure).status_code == 422
