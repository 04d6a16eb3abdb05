"""Answers in parts in the review: what each part was, and no word of the key before its time."""

from datetime import timedelta
from typing import Any

from mockhall.attempts.forms import SaveForm
from mockhall.attempts.models import Response
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import Outcome
from mockhall.results.judged_parts import judged_parts
from tests.kinds import RIGHT_GAPS, RIGHT_ORDER, RIGHT_PAIRS, cloze, match, order, true_false
from tests.make import START, Site
from tests.results.sitting import JSON, browse, chose, paper, person, sit

RATIO = {"full": "4", "wrong": "-1", "partial": "ratio"}


def put(**parts: str) -> SaveForm:
    """A save of pairs or gaps: `put(l1="r2")`, `put(g1="c2")`."""
    return SaveForm(parts=tuple((name.removeprefix("g"), value) for name, value in parts.items()), seq=1)


HALF = {1: chose("t"), 2: put(l1="r2", l2="r4"), 3: chose("i3", "i1", "i2"), 4: put(g1="c1", g2="await")}
ALL = {
    1: chose("f"), 2: put(**RIGHT_PAIRS), 3: chose(*RIGHT_ORDER),
    4: put(**{f"g{gap}": value for gap, value in RIGHT_GAPS.items()}),
}  # fmt: skip


def reviewed(site: Site, answers: Any, **rules: Any) -> tuple[list[dict[str, Any]], str]:
    """The questions of the review as JSON, and its page."""
    asha = person(site, "Asha")
    made = paper(site, sections={"All": [true_false(), match(), order(), cloze()]}, scheme=RATIO, **rules)
    url = f"/attempts/{sit(site, made, asha, answers).code}/review"
    browser = browse(site, asha)
    return browser.get(url, headers=JSON).json().get("questions", []), browser.get(url).text


def test_each_part_says_whether_it_was_right_and_what_is(site: Site) -> None:
    questions, page = reviewed(site, HALF)
    parts = [{each["name"]: (each["given"], each["result"], each["right"]) for each in q["parts"]} for q in questions]
    assert parts[1] == {
        "l1": ("Created", "right", ["Created"]), "l2": ("Gone", "wrong", ["Not found"]),
        "l3": ("", "missed", ["Conflict"]),
    }  # fmt: skip
    assert parts[2] == {
        "i3": ("1", "right", ["1"]), "i1": ("2", "right", ["2"]), "i2": ("3", "wrong", ["4"]),
        "i4": ("", "missed", ["3"]),
    }  # fmt: skip
    assert "1 of 3 follow the one they should" in page
    assert parts[3] == {
        "1": ("def", "wrong", ["async def"]), "2": ("await", "right", ["await"]), "3": ("", "missed", ["5"])
    }  # fmt: skip
    for words in ("Correct: Not found", "In place", "Belongs at 4", "Left out, belongs at 3", "left blank"):
        assert words in page
    assert [q["marks"] for q in questions] == ["-1", "4/3", "4/3", "4/3"]
    assert [q["outcome"] for q in questions] == ["wrong", "partly", "partly", "partly"]


def test_what_is_wholly_right_has_full_marks_and_only_right_parts(site: Site) -> None:
    questions, _ = reviewed(site, ALL)
    assert [q["marks"] for q in questions] == ["4", "4", "4", "4"]
    assert {each["result"] for q in questions for each in q["parts"]} == {"right"}


def test_an_order_left_blank_is_shown_as_it_should_be(site: Site) -> None:
    questions, page = reviewed(site, {})
    assert [each["name"] for each in questions[2]["parts"]] == RIGHT_ORDER
    assert 'aria-label="The right order"' in page
    assert page.count("You left this question blank.") == 4


def test_before_the_review_opens_nothing_of_the_parts_is_in_it(site: Site) -> None:
    questions, page = reviewed(site, HALF, reveal="contest", closes_at=START + timedelta(days=9))
    assert questions == []
    assert "Correct:" not in page
    assert "Belongs at" not in page


def test_without_the_key_a_whole_right_answer_says_so_and_a_half_right_one_names_no_part() -> None:
    row = Response(attempt_id=1, number=1, section=1, question_version_id=1, option_order=["l1", "l2", "l3", "r1", "r2",
                   "r3", "r4"], parts={"l1": "r2", "l2": "r4"})  # fmt: skip
    half = judged_parts(Kind.MATCH, row, match()["options"], None, Outcome.PARTLY)
    assert {(each.result, tuple(each.correct)) for each in half} == {("", ())}
    row.parts = dict(RIGHT_PAIRS)
    whole = judged_parts(Kind.MATCH, row, match()["options"], None, Outcome.RIGHT)
    assert {(each.result, tuple(each.correct)) for each in whole} == {("right", ())}
