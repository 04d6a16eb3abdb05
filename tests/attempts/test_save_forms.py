"""What is no form, or a form cut off, empties no answer; and of a closed question nothing is said, whatever is sent."""

from typing import Any

import pytest
from httpx2 import Response

from tests.attempts.room_of import JSON, Sitting, a_paper, sit
from tests.attempts.sections_of import PAGE, THREE, leave, timed
from tests.kinds import order
from tests.make import Site, numeric, single

URLENCODED = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=b"
PART = '--b\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
FILE = '--b\r\nContent-Disposition: form-data; name="text"; filename="a.txt"\r\n\r\nhello\r\n--b--\r\n'
SCRIPTS = [
    ("application/json", b'{"text": "other"}', 415),
    ("text/plain", b"text=other", 415),
    ("", b"text=other", 415),
    ("", b"", 415),
    (PARTS, b"", 422),
    (PARTS, b"--b--\r\n", 422),
    (PARTS, (PART.format("marked", "1") + PART.format("text", "other")[:-9]).encode(), 422),
    (PARTS, PART.format("marked", "1").encode(), 422),
    ("multipart/form-data", b"--b--\r\n", 422),
    (PARTS, FILE.encode(), 422),
    (PARTS, (PART.format("text", "\u00e9") + "--b--\r\n").encode("latin-1"), 422),
    (URLENCODED, b"", 422),
    (URLENCODED, b'{"text": "other"}', 422),
    (URLENCODED, b"text=%ff%fe", 422),
    (URLENCODED, b"text=caf\xe9", 422),
]


def post(sitting: Sitting, path: str, kind: str, body: bytes, accept: dict[str, str] = JSON) -> Response:
    headers = accept | ({"Content-Type": kind} if kind else {})
    reply: Response = sitting.browser.post(f"/attempts/{sitting.code}{path}", content=body, headers=headers)
    return reply


@pytest.mark.parametrize(("kind", "body", "status"), SCRIPTS)
def test_a_body_that_is_no_whole_form_is_refused_and_the_answer_stays(
    site: Site, kind: str, body: bytes, status: int
) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(4, text="gather", seq=1)
    before = sitting.question(4)
    reply = post(sitting, "/responses/4", kind, body)
    assert (reply.status_code, reply.json()["saved"]) == (status, False)
    assert sitting.question(4) == before
    assert post(sitting, "/responses/4", kind, body, PAGE).status_code == status


@pytest.mark.parametrize(("kind", "body", "status"), SCRIPTS)
def test_the_scratchpad_is_emptied_by_no_such_body_either(site: Site, kind: str, body: bytes, status: int) -> None:
    a_paper(site)
    sitting = sit(site)
    base = post(sitting, "/scratch", URLENCODED, b"text=sums").json()["base"]
    reply = post(sitting, "/scratch", kind, body)
    assert (reply.status_code, reply.json()["saved"]) == (status, False)
    assert sitting.browser.get(f"/attempts/{sitting.code}/scratch", headers=JSON).json() == {
        "text": "sums",
        "base": base,
    }


@pytest.mark.parametrize("kind", [URLENCODED, PARTS])
def test_both_kinds_of_form_are_read_whatever_their_letters(site: Site, kind: str) -> None:
    a_paper(site)
    sitting = sit(site)
    body = "text=caf\u00e9" if kind == URLENCODED else PART.format("text", "caf\u00e9") + "--b--\r\n"
    assert post(sitting, "/responses/4", kind, body.encode()).json()["saved"] is True
    assert sitting.question(4)["text"] == "caf\u00e9"


@pytest.mark.parametrize("fields", [{"choice": ""}, {"seq": "2"}, {"then": "next"}, {"base": "1"}])
def test_a_form_that_names_a_field_still_empties_what_it_leaves_out(site: Site, fields: dict[str, Any]) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(1, choice="o1", seq=1)
    assert sitting.save(1, **fields).status_code == 200
    assert sitting.question(1)["choice"] == []


UNFIT: list[dict[str, Any]] = [
    {"choice": "zz"}, {"choice": ["o1", "o2"]}, {"text": "no number"}, {"pair.a": "b"}, {"seq": "-1"},
    {"then": "goto:x"},
]  # fmt: skip


@pytest.mark.parametrize("fields", UNFIT)
@pytest.mark.parametrize("number", [1, 5], ids=["left", "ahead"])
def test_a_save_to_a_closed_section_is_locked_whatever_it_holds(
    site: Site, number: int, fields: dict[str, Any]
) -> None:
    timed(site)
    sitting = sit(site)
    site.clock.forward(minutes=6)
    leave(sitting, 1)
    reply = sitting.save(number, **fields)
    assert (reply.status_code, reply.json()["saved"], reply.json()["reason"]) == (409, False, "locked")
    page = sitting.save(number, PAGE, **fields)
    assert page.status_code == 409
    assert "This question is closed" in page.text
    assert not [word for word in ("STEM", "Write a number", "Choose one", "isn't one of") if word in page.text]


@pytest.mark.parametrize("seconds", [3, 6], ids=["in the grace", "after it"])
def test_a_question_whose_section_has_just_ended_is_shown_no_more(site: Site, seconds: int) -> None:
    a_paper(site, sections=THREE | {"A": [numeric()]}, sat={"A": {"minutes_max": 10}})
    sitting = sit(site)
    site.clock.forward(minutes=10, seconds=seconds)
    page = sitting.press(1, "next", text="forty")
    assert (page.status_code, "This question is closed" in page.text) == (409, True)
    assert "Write a number" not in page.text


def test_after_the_end_an_unfit_answer_is_told_it_is_late(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    site.clock.forward(hours=1)
    assert sitting.save(1, choice="zz").json()["reason"] == "time_over"


@pytest.mark.parametrize("choice", [["zz"], ["zz", "i1"], ["i1", "i1"]])
def test_an_unfit_order_comes_back_with_the_reason_beside_it(site: Site, choice: list[str]) -> None:
    a_paper(site, sections={"A": [order()]})
    page = sit(site).press(1, "next", choice=choice)
    assert (page.status_code, 'role="alert"' in page.text) == (422, True)


@pytest.mark.parametrize("fields", [{"choice": "zz"}, {"choice": "o2", "base": "0"}], ids=["unfit", "stale"])
def test_while_the_clock_stands_a_refused_save_shows_no_question(site: Site, fields: dict[str, Any]) -> None:
    a_paper(site, practice=True, sections={"A": [single(stem="STEM-A")]})
    sitting = sit(site)
    sitting.save(1, choice="o1", seq=3)
    sitting.browser.post(f"/attempts/{sitting.code}/pause")
    page = sitting.press(1, "next", **fields)
    assert (page.status_code, "The test is paused" in page.text, "STEM-A" in page.text) == (409, True, False)


@pytest.mark.parametrize("fields", [{"choice": "o1"}, {"choice": "zz"}, {"seq": "-1"}, {}])
@pytest.mark.parametrize("code", ["", "nosuchattempt"])
def test_nobody_is_told_to_sign_in_before_anything_else(site: Site, code: str, fields: dict[str, Any]) -> None:
    a_paper(site)
    stranger = Sitting(site.browser(), code or sit(site).code)
    reply = stranger.save(1, **fields)
    assert (reply.status_code, reply.json()["reason"]) == (401, "sign_in")


@pytest.mark.parametrize("fields", [{"choice": "zz"}, {"seq": "-1"}])
def test_of_somebody_elses_attempt_nothing_is_said(site: Site, fields: dict[str, Any]) -> None:
    a_paper(site)
    ben = sit(site).browser
    assert Sitting(ben, sit(site).code).save(1, **fields).status_code == 404
