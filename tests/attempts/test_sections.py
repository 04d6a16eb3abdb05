"""Sections in order, over HTTP: entered, left with a warning, never seen before or after."""

from sqlmodel import select

from mockhall.attempts.models import AttemptSection
from tests.attempts.room_of import a_paper, sit
from tests.attempts.sections_of import PAGE, THREE, leave, opens, page, stages, timed
from tests.make import Site


def test_at_the_start_only_the_first_section_is_open_and_in_any_reply(site: Site) -> None:
    timed(site)
    sitting = sit(site)
    found = sitting.state()["sections"]
    assert [(each["title"], each["stage"], each["count"], len(each["questions"])) for each in found] == [
        ("A", "open", 2, 2), ("B", "ahead", 2, 0), ("C", "ahead", 2, 0),
    ]  # fmt: skip
    assert [each["closes_at"] for each in found] == ["2026-11-22T09:20:00.000Z", None, None]
    for path in ("", "/questions/1", "/questions/2", "/submission", "/sections/1", "/paper"):
        text = page(sitting, path).text
        assert "STEM-B" not in text, path
        assert "STEM-C" not in text, path
    room = page(sitting).text
    assert "STEM-A-1" in room
    assert "cell-2" in room
    assert "cell-3" not in room
    assert "2 questions, not open yet" in room


def test_a_free_paper_has_all_its_sections_open(site: Site) -> None:
    a_paper(site, sections=THREE)
    sitting = sit(site)
    assert stages(sitting) == ["open", "open", "open"]
    assert "STEM-C-2" in page(sitting, "/questions/6").text
    with site.reading() as db:
        assert db.exec(select(AttemptSection)).all() == []


def test_a_locked_section_can_not_be_answered_before_it_is_entered(site: Site) -> None:
    timed(site)
    sitting = sit(site)
    reply = sitting.save(3, choice="o1", seq=1)
    assert (reply.status_code, reply.json()["reason"], reply.json()["saved"]) == (409, "locked", False)
    assert sitting.save(1, choice="o1", seq=1).status_code == 200


# ---------------------------------------------------------------- leaving


def test_before_its_minimum_time_it_is_not_left_and_the_refusal_says_when(site: Site) -> None:
    timed(site)
    sitting = sit(site)
    site.clock.forward(minutes=4, seconds=59)
    reply = leave(sitting, 1)
    assert (reply.status_code, reply.json()["reason"]) == (409, "too_early")
    assert reply.json()["may_leave_at"] == "2026-11-22T09:05:00.000Z"
    shown = leave(sitting, 1, PAGE)
    assert shown.status_code == 409
    assert "may be left from" in shown.text
    assert stages(sitting) == ["open", "ahead", "ahead"]
    site.clock.forward(seconds=1)
    assert leave(sitting, 1).status_code == 200
    assert stages(sitting) == ["left", "open", "ahead"]


def test_the_warning_says_what_is_blank_and_what_is_marked(site: Site) -> None:
    timed(site)
    sitting = sit(site)
    sitting.save(1, choice="o1", seq=1)
    sitting.save(2, marked="1", seq=1)
    text = page(sitting, "/sections/1").text
    assert "You can't come back to A: 1 blank, 1 marked." in text
    assert "Go on to B?" in text
    assert "needs a connection" in text


def test_after_leaving_nothing_of_the_section_can_be_seen_or_changed(site: Site) -> None:
    timed(site)
    sitting = sit(site)
    sitting.save(1, choice="o1", seq=1)
    site.clock.forward(minutes=6)
    reply = leave(sitting, 1)
    assert (reply.json()["section"], reply.json()["number"]) == (2, 3)
    assert reply.json()["closes_at"] == "2026-11-22T09:26:00.000Z"
    late = sitting.save(1, choice="o2", seq=2)
    assert (late.status_code, late.json()["reason"]) == (409, "locked")
    assert sitting.save(1, choice="o1", seq=1).json()["saved"] is True, "an equal retry was saved before"
    assert page(sitting, "/questions/1").headers["location"] == f"/attempts/{sitting.code}"
    for path in ("", "/submission", "/paper"):
        assert "STEM-A" not in page(sitting, path).text
    room = page(sitting).text
    assert "STEM-B-1" in room
    assert "Closed, 1 of 2 questions answered" in room


def test_leaving_twice_is_leaving_once(site: Site) -> None:
    timed(site)
    sitting = sit(site)
    site.clock.forward(minutes=6)
    first, again = leave(sitting, 1), leave(sitting, 1)
    assert (first.status_code, again.status_code) == (200, 200)
    assert stages(sitting) == ["left", "open", "ahead"]


def test_a_section_that_is_not_open_yet_is_not_left(site: Site) -> None:
    timed(site)
    sitting = sit(site)
    assert leave(sitting, 2).json()["reason"] == "locked"
    assert leave(sitting, 9).json()["reason"] == "locked"
    assert stages(sitting) == ["open", "ahead", "ahead"]


def test_the_last_section_is_ended_by_handing_in(site: Site) -> None:
    timed(site)
    sitting = sit(site)
    for position in (1, 2):
        site.clock.forward(minutes=6)
        assert leave(sitting, position).status_code == 200
    site.clock.forward(minutes=6)
    assert leave(sitting, 3).json()["reason"] == "last_section"
    assert sitting.submit().json()["closed"] is True


def test_after_the_hand_in_no_section_can_be_left(site: Site) -> None:
    timed(site)
    sitting = sit(site)
    site.clock.forward(minutes=6)
    sitting.submit()
    assert leave(sitting, 1).json()["reason"] == "submitted"
    assert opens(sitting, 1).json()["reason"] == "submitted"


def test_handing_in_is_always_allowed(site: Site) -> None:
    timed(site)
    assert sit(site).submit().json()["closed"] is True


def test_a_plain_form_is_led_from_the_last_question_to_the_warning_and_on(site: Site) -> None:
    timed(site)
    sitting = sit(site)
    site.clock.forward(minutes=6)
    onward = sitting.press(2, "next", choice="o1").headers["location"]
    assert onward == f"/attempts/{sitting.code}/questions/3"
    warning = sitting.browser.get(onward, headers=PAGE)
    assert warning.headers["location"] == f"/attempts/{sitting.code}/sections/1"
    assert "Keep working" in sitting.browser.get(warning.headers["location"], headers=PAGE).text
    assert "Question 2" in page(sitting).text, "who keeps working is at the last question, not at the warning again"
    left = leave(sitting, 1, PAGE)
    assert (left.status_code, left.headers["location"]) == (303, f"/attempts/{sitting.code}")
    assert "STEM-B-1" in page(sitting).text
    assert page(sitting, "/sections/1").headers["location"] == f"/attempts/{sitting.code}"
