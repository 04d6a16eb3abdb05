"""The life of a question as rules: which step leads where, who may take it, what an edit makes of it."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from mockhall.bank.lifecycle import Stand, Step, after_edit, becomes, months_later, offered, same_text, why_not
from mockhall.bank.models import QuestionStatus as Is

TABLE = {
    (Is.DRAFT, Step.REVIEW): Is.IN_REVIEW,
    (Is.DRAFT, Step.RETIRE): Is.RETIRED,
    (Is.IN_REVIEW, Step.VERIFY): Is.VERIFIED,
    (Is.IN_REVIEW, Step.SEND_BACK): Is.DRAFT,
    (Is.IN_REVIEW, Step.DRAFT): Is.DRAFT,
    (Is.IN_REVIEW, Step.RETIRE): Is.RETIRED,
    (Is.VERIFIED, Step.VERIFY): Is.VERIFIED,
    (Is.VERIFIED, Step.DRAFT): Is.DRAFT,
    (Is.VERIFIED, Step.WITHDRAW): Is.IN_REVIEW,
    (Is.VERIFIED, Step.RETIRE): Is.RETIRED,
}


def test_each_state_allows_its_steps_and_no_others() -> None:
    for status, step in product(Is, Step):
        stand = Stand(status, 3, 3 if status == Is.VERIFIED else None)
        if (status, step) == (Is.RETIRED, Step.BRING_BACK):
            assert becomes(step, stand) == Is.DRAFT
        elif (status, step) in TABLE:
            assert why_not(step, stand) == ""
            assert becomes(step, stand) == TABLE[status, step]
        else:
            assert why_not(step, stand), (status, step)


def test_a_verification_can_be_withdrawn_in_any_state_and_only_a_verified_one_goes_to_review() -> None:
    for status in Is:
        stand = Stand(status, 4, 3)
        assert why_not(Step.WITHDRAW, stand) == ""
        assert becomes(Step.WITHDRAW, stand) == (Is.IN_REVIEW if status == Is.VERIFIED else status)


@pytest.mark.parametrize(("verified", "back"), [(None, Is.DRAFT), (2, Is.DRAFT), (3, Is.VERIFIED)])
def test_a_retired_question_comes_back_verified_only_in_the_version_that_was(verified: int | None, back: Is) -> None:
    assert becomes(Step.BRING_BACK, Stand(Is.RETIRED, 3, verified)) == back


def test_a_second_person_verifies_but_where_there_is_no_other() -> None:
    theirs = Stand(Is.IN_REVIEW, 2, 1, wrote=True)
    assert "somebody else" in why_not(Step.VERIFY, theirs)
    assert Step.VERIFY not in offered(theirs)
    assert why_not(Step.VERIFY, Stand(Is.IN_REVIEW, 2, 1, wrote=True, alone=True)) == ""
    assert why_not(Step.VERIFY, Stand(Is.IN_REVIEW, 2, 1)) == ""


def test_who_wrote_it_takes_it_back_to_draft_and_is_not_offered_to_send_it_back() -> None:
    assert offered(Stand(Is.IN_REVIEW, 2, wrote=True)) == [Step.DRAFT, Step.RETIRE]
    assert Step.SEND_BACK in offered(Stand(Is.IN_REVIEW, 2))


def test_what_its_checks_find_stands_in_the_way_of_review_and_of_verifying_alone() -> None:
    draft = Stand(Is.DRAFT, 2, faults=["Write the question."])
    assert why_not(Step.REVIEW, draft).endswith("Write the question.")
    stand = Stand(Is.IN_REVIEW, 2, faults=["Write the question."])
    assert why_not(Step.VERIFY, stand).endswith("Write the question.")
    assert offered(stand) == [Step.SEND_BACK, Step.DRAFT, Step.RETIRE]


def test_an_edit_sends_a_verified_question_to_review_unless_it_says_what_was_verified() -> None:
    def after(status: Is, was: bool, now: bool) -> Is:
        return after_edit(status, was_verified=was, is_verified=now)

    assert after(Is.VERIFIED, True, False) == Is.IN_REVIEW
    assert after(Is.VERIFIED, True, True) == Is.VERIFIED
    assert after(Is.IN_REVIEW, False, True) == Is.VERIFIED, "the edit was undone"
    assert after(Is.IN_REVIEW, True, True) == Is.IN_REVIEW, "somebody doubts it"
    for status in (Is.DRAFT, Is.RETIRED):
        assert {after(status, was, now) for was, now in product((True, False), repeat=2)} == {status}


@pytest.mark.parametrize("name", ["topic", "difficulty", "tags"])
def test_what_a_question_is_filed_under_is_no_part_of_its_text(name: str) -> None:
    one = {"stem": "A", "key": {"options": ["o1"]}, "topic": "x", "difficulty": "Easy", "tags": []}
    assert same_text(one, one | {name: "another"})


@pytest.mark.parametrize("name", ["stem", "key", "reference", "scheme", "solution"])
def test_all_else_is(name: str) -> None:
    one: dict[str, Any] = {"stem": "A", "key": {}, "reference": "", "scheme": None, "solution": "Why", "tags": []}
    assert not same_text(one, one | {name: "another"})


def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month() -> None:
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 5), 12) == date(2027, 12, 5)
    assert months_later(date(2027, 8, 31), 6) == date(2028, 2, 29)
