"""The receipt of an attempt: made once, printable by its owner, checkable by anybody, without name and answers."""

import hashlib
import json
import re
from typing import Any

import pytest
from sqlmodel import select

from mockhall.attempts import receipt_access
from mockhall.attempts.models import Attempt, LateAnswer, Response
from mockhall.results import actions as results
from mockhall.results.models import MarkRow, ScoreRow
from tests.attempts.room_of import JSON, Sitting, a_paper, sit
from tests.make import START, Site, make_person


def handed_in(site: Site, name: str = "") -> Sitting:
    """An attempt with two answers, handed in."""
    a_paper(site)
    sitting = sit(site, name=name)
    sitting.save(1, choice="o1")
    sitting.save(4, text="नमस्ते 42")
    assert sitting.submit().status_code == 200
    return sitting


def receipt_of(sitting: Sitting) -> dict[str, Any]:
    found: dict[str, Any] = sitting.browser.get(f"/attempts/{sitting.code}/receipt", headers=JSON).json()
    return found


def test_handing_in_gives_a_receipt_whose_fingerprint_anybody_with_its_text_can_work_out(site: Site) -> None:
    told = receipt_of(handed_in(site))
    assert re.fullmatch(r"MH(-[2-9A-HJKMNP-Z]{4}){3}", told["receipt"])
    assert told["hash"] == hashlib.sha256(told["text"].encode()).hexdigest()
    # As docs/exam-semantics.md says how to make it from the document, in any language.
    text = json.dumps(told["document"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert text == told["text"]
    answers = {each["number"]: each for each in told["document"]["answers"]}
    assert (answers[1]["choice"], answers[4]["text"], answers[2]["choice"]) == (["o1"], "नमस्ते 42", [])
    assert (told["answered"], told["questions"], told["finished_at"]) == (2, 5, "2026-11-22T09:00:00.000Z")


def test_time_up_gives_one_too_and_an_attempt_that_runs_has_none(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    reply = sitting.browser.get(f"/attempts/{sitting.code}/receipt", headers=JSON)
    assert (reply.status_code, reply.headers["location"]) == (303, f"/attempts/{sitting.code}")
    site.clock.forward(hours=1)
    assert receipt_of(sitting)["finished_at"] == "2026-11-22T09:30:00.000Z"


def test_pressing_hand_in_again_or_marking_again_leaves_the_receipt_as_it_is(site: Site) -> None:
    sitting = handed_in(site)
    before = receipt_of(sitting)
    site.clock.forward(minutes=5)
    sitting.submit()
    with site.writing() as db:
        attempt = db.exec(select(Attempt).where(Attempt.code == sitting.code)).one()
        for table in (MarkRow, ScoreRow):
            for row in db.exec(select(table).where(table.attempt_id == attempt.id)):
                db.delete(row)
        db.flush()
        results.score_attempt(db, attempt, site.clock.at)
    assert receipt_of(sitting) == before


def test_answers_that_staff_accept_later_are_not_in_it_and_its_page_says_so(site: Site) -> None:
    sitting = handed_in(site)
    before = receipt_of(sitting)
    with site.writing() as db:
        attempt = db.exec(select(Attempt).where(Attempt.code == sitting.code)).one()
        row = db.exec(select(Response).where(Response.attempt_id == attempt.id, Response.number == 1)).one()
        held = {"choice": row.choice, "text": "", "parts": {}, "certainty": 0}
        row.choice = ["o2"]
        db.add(row)
        db.add(LateAnswer(attempt_id=attempt.id or 0, number=1, choice=["o2"], arrived_at=START,
                          accepted_at=START, replaced=held))  # fmt: skip
    assert receipt_of(sitting) == before
    assert "too late" in sitting.browser.get(f"/attempts/{sitting.code}/receipt").text


def test_the_result_names_the_receipt_and_its_page_can_be_printed(site: Site) -> None:
    sitting = handed_in(site, name="Asha <b>")
    told = receipt_of(sitting)
    assert told["receipt"] in sitting.browser.get(f"/attempts/{sitting.code}/result").text
    page = sitting.browser.get(f"/attempts/{sitting.code}/receipt").text
    for words in (told["receipt"], "Asha &lt;b&gt;", "2 of 5", told["hash"][:8], "data-print"):
        assert words in page


def test_anybody_can_check_a_receipt_and_sees_no_name_no_answers_and_not_the_attempt(site: Site) -> None:
    sitting = handed_in(site, name="Asha")
    told = receipt_of(sitting)
    stranger = site.browser()
    for typed in (told["receipt"], told["receipt"].lower().replace("-", "")):
        page = stranger.get(f"/receipts/{typed}")
        assert page.status_code == 200
        assert "genuine" in page.text
        assert "2 of 5" in page.text
        for hidden in ("Asha", sitting.code, "नमस्ते", "Alpha"):
            assert hidden not in page.text
    found = stranger.get(f"/receipts/{told['receipt']}", headers=JSON).json()
    assert set(found) == {"receipt", "hash", "paper", "finished_at", "answered", "questions", "matches"}


def test_a_number_or_a_fingerprint_can_be_pasted(site: Site) -> None:
    told = receipt_of(handed_in(site))
    stranger, at = site.browser(), f"/receipts/{told['receipt']}"
    assert stranger.get("/receipts").status_code == 200
    assert stranger.get("/receipts", params={"receipt": told["receipt"].lower()}).headers["location"] == at
    by_hash = stranger.get("/receipts", params={"receipt": told["hash"]}).headers["location"]
    assert by_hash == f"{at}?hash={told['hash']}"
    assert "The same." in stranger.get(by_hash).text
    other = stranger.get(at, params={"hash": "0" * 64})
    assert "Not the same." in other.text
    assert stranger.get(at, params={"hash": "0" * 64}, headers=JSON).json()["matches"] is False
    assert stranger.get(at, params={"hash": told["hash"]}, headers=JSON).json()["matches"] is True
    assert "this is none" in stranger.get(at, params={"hash": "hello"}).text


@pytest.mark.parametrize("typed", ["MH-2222-2222-2222", "0" * 64, "<script>", "\u0000", "x" * 199])
def test_an_unknown_receipt_is_a_friendly_page_that_keeps_what_was_typed(site: Site, typed: str) -> None:
    a_paper(site)
    reply = site.browser().get("/receipts", params={"receipt": typed})
    assert reply.status_code == 404
    assert "There is no receipt" in reply.text
    assert '<script>"' not in reply.text
    assert site.browser().get("/receipts", params={"receipt": typed}, headers=JSON).json()["reason"] == "not_found"


def test_numbers_can_not_be_tried_out_without_end(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipt_access, "MISSES", 3)
    told = receipt_of(handed_in(site))
    stranger = site.browser()
    for _ in range(20):
        assert stranger.get(f"/receipts/{told['receipt']}").status_code == 200  # what is there is never counted
    replies = [stranger.get("/receipts/MH-2222-2222-2222") for _ in range(5)]
    assert [each.status_code for each in replies] == [404, 404, 404, 404, 429]
    assert int(replies[-1].headers["retry-after"]) > 0
    site.clock.forward(minutes=11)
    assert stranger.get(f"/receipts/{told['receipt']}").status_code == 200


def test_a_strangers_receipt_page_of_an_attempt_is_not_there(site: Site) -> None:
    sitting = handed_in(site)
    with site.writing() as db:
        ravi = make_person(db, "Ravi")
    assert site.signed_in(ravi).get(f"/attempts/{sitting.code}/receipt").status_code == 404
    assert site.browser().get(f"/attempts/{sitting.code}/receipt").status_code == 401
