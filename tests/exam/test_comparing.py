"""Right, wrong and in part: match, order, cloze, alternatives, decimals, spaces, wildcards."""

import time
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.answers import check_answer
from mockhall.exam.comparing import fraction, is_right, part_results
from mockhall.exam.errors import AnswerError
from mockhall.exam.marking import Outcome, Partial, Scheme, mark
from mockhall.exam.paper import Answer, Key, Kind
from tests.exam.make import shape

PAIRS = Key.from_json({"pairs": {"l1": "r1", "l2": "r2", "l3": "r2", "l4": "r4"}})
ORDER = Key(order=("a", "b", "c", "d", "e"))
GAPS = Key.from_json({
    "gaps": {"1": {"options": ["x"]}, "2": {"answers": ["await"], "case": True}, "3": {"low": "4", "high": "5"}}
})  # fmt: skip


def parts(**given_: str) -> Answer:
    return Answer.of([], "", {name.removeprefix("g"): value for name, value in given_.items()})


def scheme(partial: Partial, full: int = 4) -> Scheme:
    return Scheme(Fraction(full), Fraction(-1), partial)


def marks(kind: Kind, key: Key, answer: Answer) -> list[Fraction]:
    """Under none, per_option, subset_table, ratio: the order of Partial."""
    return [mark(kind, key, answer, scheme(partial)).marks for partial in Partial]


@pytest.mark.parametrize(
    ("answer", "none", "per_option", "subset", "ratio"),
    [
        (parts(l1="r1", l2="r2", l3="r2", l4="r4"), 4, 4, 4, 4),
        (parts(l1="r1", l2="r2"), -1, 2, 2, 2),
        (parts(l1="r1", l2="r2", l3="r1"), -1, 1, -1, 2),
        (parts(l1="r2"), -1, 0, -1, -1),
        (parts(l1="r1", l2="r1", l3="r1", l4="r1"), -1, 0, -1, 1),
        (parts(), 0, 0, 0, 0),
    ],
)
def test_a_match_earns_by_its_pairs(answer: Answer, none: int, per_option: int, subset: int, ratio: int) -> None:
    assert marks(Kind.MATCH, PAIRS, answer) == [none, per_option, subset, ratio]


@pytest.mark.parametrize(
    ("choice", "none", "ratio"),
    [("abcde", 4, 4), ("eabcd", -1, 3), ("bacde", -1, 2), ("edcba", -1, -1), ("ab", -1, 1), ("", 0, 0), ("a", -1, -1)],
)
def test_an_order_earns_by_items_that_follow_each_other_as_they_should(choice: str, none: int, ratio: int) -> None:
    got = marks(Kind.ORDER, ORDER, Answer(tuple(choice)))
    assert got == [none, max(0, ratio), none, ratio]


def test_a_cloze_earns_by_its_gaps_each_judged_in_its_own_way() -> None:
    answer = parts(g1="x", g2="Await", g3="4,5")
    assert part_results(Kind.CLOZE, GAPS, answer) == {"1": True, "2": False, "3": True}
    assert fraction(Kind.CLOZE, GAPS, answer) == Fraction(2, 3)
    assert mark(Kind.CLOZE, GAPS, answer, scheme(Partial.RATIO, 3)).outcome is Outcome.PARTLY
    assert is_right(Kind.CLOZE, GAPS, parts(g1="x", g2=" await ", g3="5"))


def test_a_gap_left_empty_is_neither_right_nor_wrong_and_the_cloze_is_answered() -> None:
    answer = parts(g2="await", g3=" ")
    assert part_results(Kind.CLOZE, GAPS, answer)["1"] is None
    assert not answer.blank
    assert mark(Kind.CLOZE, GAPS, answer, scheme(Partial.NONE)).outcome is Outcome.WRONG


def test_what_is_no_number_in_a_gap_is_wrong() -> None:
    assert part_results(Kind.CLOZE, GAPS, parts(g3="many"))["3"] is False


def test_true_or_false_is_right_wrong_or_blank() -> None:
    key = Key(options=frozenset("t"))
    got = [mark(Kind.TRUE_FALSE, key, Answer(tuple(each)), scheme(Partial.RATIO)).marks for each in ("t", "f", "")]
    assert got == [4, -1, 0]


@given(st.permutations("abcde"))
def test_an_order_is_fully_right_in_exactly_one_order(choice: list[str]) -> None:
    share = fraction(Kind.ORDER, ORDER, Answer(tuple(choice)))
    assert 0 <= share <= 1
    assert (share == 1) == (tuple(choice) == ORDER.order) == is_right(Kind.ORDER, ORDER, Answer(tuple(choice)))


@given(st.dictionaries(st.sampled_from(["l1", "l2", "l3", "l4"]), st.sampled_from(["r1", "r2", "r3", "r4"])))
def test_whatever_the_scheme_a_part_never_earns_more_than_the_whole_nor_less_than_wrong(given_: dict[str, str]) -> None:
    for partial in Partial:
        earned = mark(Kind.MATCH, PAIRS, Answer.of([], "", given_), scheme(partial, 2)).marks
        assert -1 <= earned <= 2


@pytest.mark.parametrize(
    ("text", "truncated", "rounded"),
    [("3.14", True, True), ("3.149", True, False), ("3.1351", False, True), ("3.145", True, False),
     ("3.135", False, True), ("3.1", False, False), ("-3.14", False, False), ("three", False, False)],
)  # fmt: skip
def test_a_number_is_cut_or_rounded_to_its_decimals_before_it_is_compared(
    text: str, truncated: bool, rounded: bool
) -> None:
    for how, right in (("truncate", truncated), ("round", rounded)):
        key = Key.from_json({"value": "3.14", "decimals": {"places": 2, "how": how}})
        assert is_right(Kind.NUMERIC, key, Answer(text=text)) is right, how


def test_below_nought_decimals_are_cut_towards_nought_and_a_half_is_rounded_away_from_it() -> None:
    cut = Key.from_json({"value": "-1.2", "decimals": {"places": 1, "how": "truncate"}})
    rounded = Key.from_json({"value": "-1.3", "decimals": {"places": 1, "how": "round"}})
    assert is_right(Kind.NUMERIC, cut, Answer(text="-1.25"))
    assert is_right(Kind.NUMERIC, rounded, Answer(text="-1.25"))


@pytest.mark.parametrize(("text", "right"), [("2", True), ("3", True), ("3.9", True), ("2.5", False), ("4.1", False)])
def test_any_of_several_right_numbers_is_right(text: str, right: bool) -> None:
    key = Key.from_json({"any": [{"value": "2"}, {"low": "3", "high": "4"}]})
    assert is_right(Kind.NUMERIC, key, Answer(text=text)) is right


def test_spaces_count_unless_the_key_says_they_do_not() -> None:
    strict, loose = (Key(answers=("x = [1, 2]",), spaces=spaces) for spaces in (True, False))
    assert not is_right(Kind.TEXT, strict, Answer(text="x=[1,2]"))
    assert is_right(Kind.TEXT, strict, Answer(text=" x  = [1, 2]"))
    assert is_right(Kind.TEXT, loose, Answer(text="x=[1,2]"))


def test_wildcards_stand_for_what_they_say_and_only_where_the_key_has_them() -> None:
    wild = Key(answers=("colo?r* \\*",), wildcards=True)
    assert is_right(Kind.TEXT, wild, Answer(text="COLOUR of all *"))
    assert not is_right(Kind.TEXT, wild, Answer(text="colour of all x"))
    assert not is_right(Kind.TEXT, Key(answers=("a*",)), Answer(text="ab"))


def test_a_pattern_full_of_stars_is_compared_at_once() -> None:
    key = Key(answers=("*a" * 900 + "b",), wildcards=True)
    before = time.thread_time()
    assert not is_right(Kind.TEXT, key, Answer(text="a" * 2_000))
    assert time.thread_time() - before < 0.5


@pytest.mark.parametrize(
    ("kind", "answer", "field"),
    [
        (Kind.TRUE_FALSE, Answer(("a", "b")), "choice"),
        (Kind.ORDER, Answer(("a", "a")), "choice"),
        (Kind.ORDER, Answer(("a", "z")), "choice"),
        (Kind.ORDER, Answer(text="a, b"), "text"),
        (Kind.MATCH, Answer(("l1",)), "choice"),
        (Kind.MATCH, Answer(text="l1"), "text"),
        (Kind.MATCH, parts(l1="l2"), "pair.l1"),
        (Kind.MATCH, parts(r1="r2"), "parts"),
        (Kind.CLOZE, parts(g1="z"), "gap.1"),
        (Kind.CLOZE, parts(g4="x"), "parts"),
        (Kind.CLOZE, parts(g3="many"), "gap.3"),
        (Kind.CLOZE, parts(g2="a\x00"), "gap.2"),
        (Kind.CLOZE, parts(g2="a" * 201), "gap.2"),
        (Kind.CLOZE, Answer(parts=(("2", "a"), ("2", "b"))), "parts"),
        (Kind.SINGLE, parts(g1="x"), "parts"),
        (Kind.TEXT, parts(g1="x"), "parts"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_beside_its_part(kind: Kind, answer: Answer, field: str) -> None:
    with pytest.raises(AnswerError) as refused:
        check_answer(shape(kind), answer)
    assert refused.value.field == field


def test_an_order_is_kept_as_it_is_and_empty_parts_are_left_out() -> None:
    assert check_answer(shape(Kind.ORDER), Answer(("", "c", "a", ""))) == Answer(("c", "a"))
    assert check_answer(shape(Kind.CLOZE), parts(g3=" 4 ", g2="", g1="x")) == parts(g1="x", g3="4")
    assert check_answer(shape(Kind.MATCH), parts(l2="r1", l1="r1")) == parts(l1="r1", l2="r1")


def test_every_partial_rule_gives_full_marks_to_what_is_wholly_right_only() -> None:
    for choice in permutations("abcde"):
        for partial in Partial:
            got = mark(Kind.ORDER, ORDER, Answer(choice), scheme(partial)).outcome
            assert (got is Outcome.RIGHT) == (choice == ORDER.order)
