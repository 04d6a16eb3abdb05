"""The receipt: its text byte by byte, its fingerprint, and numbers as people type them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mockhall.exam import receipt
from mockhall.exam.paper import Answer
from mockhall.exam.receipt import Final, Heading

HEADING = Heading("asha2asha2asha22", "MH-7K3Q-AB4C-9XYZ", "Mock one", 3, datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
ANSWERS = [
    Final(2, Answer(text='"नमस्ते"\n')), Final(1, Answer(choice=("o2", "o1")), 3),
    Final(3, Answer.of([], parts={"2": "b", "1": "a"})), Final(4, Answer()),
]  # fmt: skip
TEXT = (
    '{"answers":['
    '{"certainty":3,"choice":["o2","o1"],"number":1,"parts":{},"text":""},'
    '{"certainty":0,"choice":[],"number":2,"parts":{},"text":"\\"नमस्ते\\"\\n"},'
    '{"certainty":0,"choice":[],"number":3,"parts":{"1":"a","2":"b"},"text":""},'
    '{"certainty":0,"choice":[],"number":4,"parts":{},"text":""}],'
    '"attempt":"asha2asha2asha22","finished_at":"2026-11-22T09:30:00.000Z","format":"mockhall-receipt/1",'
    '"paper":"Mock one","receipt":"MH-7K3Q-AB4C-9XYZ","version":3}'
)


def test_the_text_of_a_receipt_is_this_to_the_byte() -> None:
    """A receipt printed today is checked in years: this text may never change; a new form gets a new `format`."""
    assert receipt.document(HEADING, ANSWERS) == TEXT
    assert receipt.fingerprint(TEXT) == "acd2f86611d97335e528bab293b4351f8f95ff4d27b92ed368eadbb62e5411d0"


def test_the_fingerprint_is_another_when_one_answer_or_whose_it_is_differs() -> None:
    others = [
        receipt.document(HEADING, [*ANSWERS[:3], Final(4, Answer(choice=("o1",)))]),
        receipt.document(HEADING, [ANSWERS[0], Final(1, Answer(choice=("o1", "o2")), 3), *ANSWERS[2:]]),
        receipt.document(replace(HEADING, attempt="ben2ben2ben2ben2"), ANSWERS),
        receipt.document(replace(HEADING, version=4), ANSWERS),
    ]
    assert len({receipt.fingerprint(text) for text in (TEXT, *others)}) == 5


@pytest.mark.parametrize(
    "typed",
    ["MH-7K3Q-AB4C-9XYZ", " mh-7k3q-ab4c-9xyz ", "7K3QAB4C9XYZ", "mh 7k3q ab4c 9xyz", "MH–7K3Q–AB4C–9XYZ"],
)  # fmt: skip
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert receipt.read_number(typed) == "MH-7K3Q-AB4C-9XYZ"


@pytest.mark.parametrize("typed", ["", "MH-", "MH-7K3Q", "7K3QAB4C9XY\u0968", "x" * 5000, "7K3Q-AB4C-9XY!"])
def test_what_can_be_no_number_is_none(typed: str) -> None:
    assert receipt.read_number(typed) == ""


def test_a_fingerprint_is_read_in_groups_and_capitals() -> None:
    digest = receipt.fingerprint(TEXT)
    assert receipt.read_fingerprint(receipt.grouped(digest).upper()) == digest
    assert receipt.read_fingerprint(digest[:-1]) == ""
    assert receipt.read_fingerprint("g" * 64) == ""
