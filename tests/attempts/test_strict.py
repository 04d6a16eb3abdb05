"""Strict papers: only Save & next, Mark & next and Clear keep; what is left otherwise is logged, and gone on return."""

from typing import Any

import pytest
from sqlmodel import select

from mockhall.attempts.models import Attempt, Response
from tests.attempts.room_of import JSON, Sitting, a_paper, sit
from tests.make import Site


def strict(site: Site) -> Sitting:
    a_paper(site, save_policy="strict_cbt")
    return sit(site)


def logged(site: Site, sitting: Sitting, number: int) -> Any:
    """The selection that was never saved, as it is stored."""
    with site.reading() as db:
        query = select(Response.unsaved).join(Attempt).where(Attempt.code == sitting.code, Response.number == number)
        return db.exec(query).one()


@pytest.mark.parametrize("then", ["next", "mark_next", ""])
def test_a_button_that_says_so_keeps_the_answer(site: Site, then: str) -> None:
    sitting = strict(site)
    reply = sitting.save(1, choice="o2", then=then)
    assert "kept" not in reply.json()
    assert (sitting.question(1)["choice"], logged(site, sitting, 1)) == (["o2"], None)


@pytest.mark.parametrize("then", ["goto:4", "back", "review"])
@pytest.mark.parametrize("number", [1, 4])
def test_any_other_way_to_leave_keeps_nothing_and_logs_the_selection(site: Site, then: str, number: int) -> None:
    sitting = strict(site)
    answer = {"choice": "o2"} if number == 1 else {"text": "gather"}
    reply = sitting.save(number, then=then, **answer)  # type: ignore[arg-type]
    assert (reply.status_code, reply.json()["saved"], reply.json()["kept"], reply.json()["seq"]) == (
        200,
        True,
        False,
        0,
    )
    question = sitting.question(number)
    assert (question["choice"], question["text"], question["answered"], question["visited"]) == ([], "", False, True)
    found = logged(site, sitting, number)
    assert (found["choice"], found["text"]) == ((["o2"], "") if number == 1 else ([], "gather"))


def test_the_plain_form_behaves_so_and_the_page_shows_only_what_is_kept(site: Site) -> None:
    sitting = strict(site)
    page = sitting.press(1, "goto:2", choice="o3").headers["location"]
    assert page == f"/attempts/{sitting.code}/questions/2"
    back = sitting.browser.get(f"/attempts/{sitting.code}/questions/1").text
    assert "checked" not in back.split('id="question-1"')[1].split("</form>")[0]
    assert "Press Save &amp; next to keep your answer" in back
    assert "data-strict" in back
    sitting.press(1, "review", choice="o3")
    assert "1 selection not saved" in sitting.browser.get(f"/attempts/{sitting.code}/submission").text


def test_a_kept_answer_stands_when_another_is_selected_and_left(site: Site) -> None:
    sitting = strict(site)
    sitting.save(1, choice="o1", then="mark_next")
    sitting.save(1, choice="o2", then="goto:3")
    question = sitting.question(1)
    assert (question["choice"], question["marked"], question["seq"]) == (["o1"], True, 1)
    assert logged(site, sitting, 1)["choice"] == ["o2"]


def test_coming_back_and_leaving_without_choosing_keeps_what_was_logged_and_saving_takes_it_back(site: Site) -> None:
    sitting = strict(site)
    sitting.save(1, choice="o1", then="next")
    sitting.save(1, choice="o2", then="back")
    sitting.save(1, choice="o1", then="goto:2")  # as the page shows it
    sitting.save(1, then="goto:2")  # or blank
    assert logged(site, sitting, 1)["choice"] == ["o2"]
    sitting.save(1, choice="o1", then="next")
    assert logged(site, sitting, 1) is None


def test_a_selection_that_arrives_after_a_newer_save_is_stale(site: Site) -> None:
    sitting = strict(site)
    sitting.save(1, choice="o1", then="next", seq=2, tab="t")
    late = sitting.save(1, choice="o2", then="goto:2", seq=1, tab="t")
    assert (late.status_code, late.json()["reason"]) == (409, "stale")
    assert logged(site, sitting, 1) is None


def test_from_the_room_to_the_result_seven_marks_were_lost(site: Site) -> None:
    sitting = strict(site)
    sitting.save(1, choice="o2", then="next")  # wrong, kept: -1
    sitting.save(1, choice="o1", then="goto:3")  # right, never saved: 3 instead of -1
    sitting.save(3, text="42", then="back")  # right, never saved: 3
    sitting.submit()
    told = sitting.browser.get(f"/attempts/{sitting.code}/result", headers=JSON).json()
    assert (told["score"], told["unsaved"], told["unsaved_marks"]) == ("-1", 2, "7")
    assert "7 marks lost to selections never saved." in sitting.browser.get(f"/attempts/{sitting.code}/result").text


def test_in_other_papers_every_way_to_leave_keeps(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    for then in ("goto:2", "back", "review"):
        assert "kept" not in sitting.save(1, choice="o2", then=then).json()
    assert sitting.question(1)["choice"] == ["o2"]


def test_a_selection_left_that_arrives_after_the_end_is_no_late_answer(site: Site) -> None:
    sitting = strict(site)
    site.clock.forward(minutes=31)
    assert sitting.save(1, choice="o1", then="goto:2").json()["kept_late"] is False
    assert sitting.save(1, choice="o1", then="next").json()["kept_late"] is True
