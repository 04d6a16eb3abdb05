"""Answers judged in words, option by option."""

from fractions import Fraction
from typing import Any

import pytest

from mockhall.attempts.models import Response
from mockhall.exam.behaviour import Pace
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import Outcome
from mockhall.exam.paper import Key
from mockhall.exam.spread import Quartiles
from mockhall.results.judged import accepted, judged_options
from mockhall.results.others import Others

OPTIONS = [{"id": f"o{place}", "text": f"text {place}"} for place in range(1, 5)]
ORDER = ["o3", "o1", "o4", "o2"]


def judged(
    kind: Kind, choice: list[str], key: set[str] | None, outcome: Outcome | None
) -> list[tuple[str, str, str, str]]:
    given = Response(attempt_id=1, number=1, section=0, question_version_id=1, option_order=ORDER, choice=choice)
    made = judged_options(kind, given, OPTIONS, {}, Key(options=frozenset(key)) if key else None, outcome)
    return [(each.letter, each.id, each.result, each.verdict) for each in made]


def test_letters_and_order_are_those_of_the_attempt() -> None:
    assert judged(Kind.SINGLE, ["o1"], {"o2"}, Outcome.WRONG) == [
        ("A", "o3", "", ""),
        ("B", "o1", "wrong", "Your answer"),
        ("C", "o4", "", ""),
        ("D", "o2", "right", "Correct answer"),
    ]


def test_a_choice_of_several_says_for_each_what_it_was() -> None:
    words = {each[1]: each[2:] for each in judged(Kind.MULTIPLE, ["o1", "o4"], {"o1", "o2"}, Outcome.PARTLY)}
    assert words == {
        "o1": ("right", "Your answer, correct"),
        "o2": ("missed", "Correct, you left it out"),
        "o3": ("", ""),
        "o4": ("wrong", "Your answer"),
    }


def test_without_the_key_a_choice_of_several_is_judged_only_as_a_whole() -> None:
    for outcome in (Outcome.PARTLY, Outcome.WRONG):
        results = {each[2] for each in judged(Kind.MULTIPLE, ["o1", "o4"], None, outcome)}
        assert results == {""}
    assert ("B", "o1", "wrong", "Your answer") in judged(Kind.SINGLE, ["o1"], None, Outcome.WRONG)
    assert ("B", "o1", "right", "Your answer, correct") in judged(Kind.SINGLE, ["o1"], None, Outcome.RIGHT)
    assert ("B", "o1", "", "Your answer") in judged(Kind.SINGLE, ["o1"], None, None)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ({"value": "5"}, ["5 s"]),
        ({"value": "5", "tolerance": "0.5"}, ["5 s, within 0.5"]),
        ({"value": "-1/3", "relative": "0.02"}, ["−1/3 s, within 2%"]),
        ({"value": "5", "tolerance": "0.5", "relative": "1/10"}, ["5 s, within 0.5 or within 10%"]),
        ({"low": "-3", "high": "4"}, ["from −3 to 4 s"]),
        ({"answers": ["gather", "asyncio.gather"], "case": False}, ["gather", "asyncio.gather"]),
    ],
)
def test_what_a_typed_answer_may_be_stands_in_words(key: dict[str, Any], words: list[str]) -> None:
    assert accepted(Key.from_json(key), "s") == words


# ---------------------------------------------------------------- what others chose


def shares(people: int, key: set[str] | None) -> list[int | None]:
    given = Response(attempt_id=1, number=1, section=0, question_version_id=1, option_order=ORDER, choice=["o1"])
    others = Others(people, None, {"o1": people // 3, "o2": people - people // 3})
    right = Key(options=frozenset(key)) if key else None
    return [each.share for each in judged_options(Kind.SINGLE, given, OPTIONS, {}, right, Outcome.WRONG, others)]


def test_what_others_chose_is_told_in_per_cent_with_the_key_and_with_enough_people() -> None:
    assert shares(30, {"o2"}) == [0, 33, 0, 67]
    assert shares(29, {"o2"}) == [None] * 4
    assert shares(30, None) == [None] * 4  # what most chose tells the key


def test_the_median_of_a_few_people_is_none() -> None:
    times = Quartiles(Fraction(1000), Fraction(2000), Fraction(3000))
    assert Others(40, Pace(30, times), {}).median == 2000
    assert Others(40, Pace(29, times), {}).median is None
    assert Others().median is None
