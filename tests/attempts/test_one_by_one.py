"""Questions that are opened one after the other: no way back, or a time of their own."""

from typing import Any

from tests.attempts.room_of import Sitting, a_paper, sit
from tests.attempts.sections_of import PAGE, THREE, opens, page, stages
from tests.make import Site, single


def one_way(site: Site, **rules: Any) -> Sitting:
    a_paper(site, sections=THREE | {"A": [single(stem=f"STEM-A-{n}") for n in (1, 2, 3)]}, sat={"A": rules})
    return sit(site)


def numbers(sitting: Sitting) -> list[int]:
    """The questions of section A that can be seen."""
    return [each["number"] for each in sitting.state()["sections"][0]["questions"]]


def test_a_one_way_section_shows_one_question_and_there_is_no_way_back(site: Site) -> None:
    sitting = one_way(site, one_way=True)
    assert numbers(sitting) == [1]
    assert "STEM-A-2" not in page(sitting).text
    sitting.save(1, choice="o1", seq=1)
    assert opens(sitting, 3).json()["reason"] == "locked", "no question is skipped"
    assert opens(sitting, 2).status_code == 200
    assert numbers(sitting) == [2]
    assert "STEM-A-1" not in page(sitting).text
    assert opens(sitting, 1).json()["reason"] == "locked"
    assert sitting.save(1, choice="o2", seq=2).json()["reason"] == "locked"
    assert page(sitting, "/questions/1").headers["location"] == f"/attempts/{sitting.code}/questions/2"


def test_without_scripts_the_next_question_of_a_one_way_section_is_opened_by_a_button(site: Site) -> None:
    sitting = one_way(site, one_way=True)
    to = sitting.press(1, "next", choice="o1").headers["location"]
    gate = sitting.browser.get(to, headers=PAGE)
    assert gate.status_code == 200
    assert "Open question 2" in gate.text
    assert "STEM-A-2" not in gate.text
    opened = sitting.browser.post(to, headers=PAGE)
    assert opened.headers["location"] == to
    assert "STEM-A-2" in sitting.browser.get(to, headers=PAGE).text


def test_a_questions_own_time_runs_from_its_first_opening_on_the_server(site: Site) -> None:
    sitting = one_way(site, question_seconds=60)
    assert numbers(sitting) == [1]
    site.clock.forward(seconds=30)
    assert opens(sitting, 3).json()["question_closes_at"] == "2026-11-22T09:01:30.000Z"
    assert numbers(sitting) == [1, 3]
    site.clock.forward(seconds=31)
    assert numbers(sitting) == [3], "its time ran on while another was shown"
    assert sitting.save(1, choice="o1", seq=1).status_code == 200, "in the grace it still counts"
    site.clock.forward(seconds=5)
    assert sitting.save(1, choice="o2", seq=2).json()["reason"] == "locked"
    assert opens(sitting, 1).json()["reason"] == "locked"
    assert opens(sitting, 3).json()["question_closes_at"] == "2026-11-22T09:01:30.000Z", "opening again adds no time"
    assert "Question 1 is closed" in page(sitting, "/questions/1").text


def test_who_comes_back_after_a_questions_time_is_led_to_the_next(site: Site) -> None:
    sitting = one_way(site, question_seconds=60, one_way=True)
    site.clock.forward(seconds=70)
    text = page(sitting).text
    assert "Open question 2" in text
    assert "You have 1 min" in text
    assert "STEM-A" not in text


def test_when_every_question_is_over_the_section_is_left(site: Site) -> None:
    sitting = one_way(site, question_seconds=60, one_way=True)
    for number in (2, 3):
        opens(sitting, number)
    site.clock.forward(seconds=70)
    text = page(sitting).text
    assert "Go on to B?" in text
    assert "STEM-A" not in text


def test_with_question_times_alone_sections_stay_free(site: Site) -> None:
    sitting = one_way(site, question_seconds=60)
    assert stages(sitting) == ["open", "open", "open"]
    assert sitting.save(4, choice="o1", seq=1).status_code == 200
    assert "STEM-B-1" in page(sitting, "/questions/4").text
