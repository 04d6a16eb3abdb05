"""Files of true/false, match, order and cloze questions, and what numbers and texts can say besides."""

from __future__ import annotations

import pytest

from mockhall.exam.comparing import is_right
from mockhall.exam.kinds import Kind
from mockhall.exam.paper import Answer, Key
from mockhall.formats.values import QuestionValue
from tests.formats import texts
from tests.formats.texts import NUMERIC, TEXT, good_question


def question(kind: str, front: str = "", lists: str = "", stem: str = "Say it.") -> str:
    head = f"---\nkind: {kind}\ntopic: Sums\ndifficulty: Easy\n{front}---\n{stem}\n\n"
    return f"{head}{lists}\n## Explanation\n\nSo.\n"


TRUE_FALSE = question("true_false", "answer: false\n")
MATCH = question(
    "match", lists="## Pairs\n\n- `201` -> Created\n- `f() -> int` -> An annotation\n- c -> Created\n- -> Gone\n"
)
ORDER = question("order", lists="## Items\n\n1. First\n2. Second\n   and more\n3. Third\n4. Fourth\n")
CLOZE = question(
    "cloze",
    "gaps:\n  1: {choices: [def, async def], right: async def}\n  2: {answers: [await], case_sensitive: true}\n"
    "  3: {answer: 5, tolerance: 1}\n",
    stem="Write [[1]] and then [[2]], [[3]] times.",
)


def key(value: QuestionValue) -> Key:
    return Key.from_json(value.key.to_json())


def test_true_or_false_says_which_is_right() -> None:
    value = good_question(TRUE_FALSE)
    assert [(each.id, each.text, each.pinned) for each in value.options] == [("t", "True", True), ("f", "False", True)]
    assert is_right(Kind.TRUE_FALSE, key(value), Answer(("f",)))


def test_a_match_has_pairs_right_sides_may_be_shared_and_some_belong_to_none() -> None:
    value = good_question(MATCH)
    texts = {each.id: each.text for each in value.options}
    assert {(texts[left], texts[right]) for left, right in key(value).pairs} == {
        ("`201`", "Created"), ("`f() -> int`", "An annotation"), ("c", "Created")
    }  # fmt: skip
    rights = [each.text for each in value.options if each.side == "right"]
    assert sorted(rights) == ["An annotation", "Created", "Gone"]


def test_right_sides_and_items_are_stored_in_an_order_that_says_nothing() -> None:
    match, order = good_question(MATCH), good_question(ORDER)
    rights = [each.id for each in match.options if each.side == "right"]
    assert rights == sorted(rights)
    assert [each.id for each in order.options] == sorted(key(order).order)


def test_an_order_is_written_as_it_should_become() -> None:
    value = good_question(ORDER)
    texts = {each.id: each.text for each in value.options}
    assert [texts[each] for each in key(value).order] == ["First", "Second\nand more", "Third", "Fourth"]


def test_a_cloze_has_gaps_of_each_sort() -> None:
    value = good_question(CLOZE)
    assert [(each.number, each.type) for each in value.gaps] == [(1, "choice"), (2, "text"), (3, "number")]
    chosen = next(each.id for each in value.gaps[0].choices if each.text == "async def")
    right = Answer.of([], "", {"1": chosen, "2": "await", "3": "6"})
    assert is_right(Kind.CLOZE, key(value), right)


def test_a_number_may_have_alternatives_and_decimals() -> None:
    front = "any_of: [2.5, {range: [3, 4]}, {answer: 9, tolerance: 1}]\ndecimals: {places: 1, how: truncate}"
    value = good_question(NUMERIC.replace("answer: 12.50\ntolerance: 0.01", front))
    right = [
        text
        for text in ("2.59", "2.6", "3.5", "10.05", "10.15")
        if is_right(Kind.NUMERIC, key(value), Answer(text=text))
    ]
    assert right == ["2.59", "3.5", "10.05"]


def test_a_text_may_ignore_spaces_and_hold_wildcards() -> None:
    value = good_question(TEXT.replace("gather]", '"f(*)"]\nspaces_matter: false\nwildcards: true'))
    assert is_right(Kind.TEXT, key(value), Answer(text="F ( x, y )"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (question("true_false"), "`answer:` is missing"),
        (question("true_false", "answer: maybe\n"), "`true` or `false`"),
        (question("match"), "needs `## Pairs`"),
        (question("match", lists="## Pairs\n\n- a -> b\n"), "There are 1 left sides"),
        (question("match", lists="## Pairs\n\n- a -> b\n- a -> c\n"), "stands 2 times"),
        (question("match", lists="## Pairs\n\n- a = b\n- c -> d\n- e -> f\n"), "A pair is written"),
        (question("order"), "needs `## Items`"),
        (question("order", lists="## Items\n\n1. a\n2. b\n"), "There are 2 items"),
        (question("order", lists="## Items\n\n1. a\n2. b\n3. a\n"), "stands 2 times"),
        (question("order", lists="## Items\n\n- a\n- b\n"), "An item is written"),
        (question("order", lists="## Pairs\n\n- a -> b\n- c -> d\n"), "has no pairs"),
        (question("single", lists="## Items\n\n1. a\n2. b\n3. c\n"), "has no items"),
        (question("cloze", stem="[[1]]"), "`gaps:` is missing"),
        (question("cloze", "gaps: [1]\n", stem="[[1]]"), "names each gap"),
        (question("cloze", "gaps:\n  1: {answers: [a]}\n", stem="no gap"), "`[[1]]`, `[[2]]` and so on"),
        (question("cloze", "gaps:\n  1: {answers: [a]}\n", stem="[[1]] [[1]]"), "each once"),
        (question("cloze", "gaps:\n  2: {answers: [a]}\n", stem="[[1]]"), "Describe each"),
        (question("cloze", "gaps:\n  1: a\n", stem="[[1]]"), "Gap 1 is"),
        (question("cloze", "gaps:\n  1: {choices: [a, b], right: c}\n", stem="[[1]]"), "names what is right in gap 1"),
        (question("cloze", "gaps:\n  1: {choices: [a, a], right: a}\n", stem="[[1]]"), "no two alike"),
        (question("text", "answers: [a]\ngaps:\n  1: {answers: [a]}\n"), "belongs to cloze questions"),
        (NUMERIC.replace("tolerance: 0.01", "any_of: [1]"), "exclude each other"),
        (NUMERIC.replace("answer: 12.50\ntolerance: 0.01", "any_of: []"), "a list of 1 to 10"),
        (NUMERIC.replace("answer: 12.50\ntolerance: 0.01", "any_of: [[1]]"), "In `any_of:` stand"),
        (NUMERIC.replace("tolerance: 0.01", "decimals: 1"), "`decimals:` is"),
        (NUMERIC.replace("tolerance: 0.01", "decimals: {places: 99, how: round}"), "from 0 to 12"),
        (NUMERIC.replace("12.50\ntolerance: 0.01", "12.55\ndecimals: {places: 1, how: round}"), "more than 1 decimals"),
        (TEXT.replace("gather]", '"*"]\nwildcards: true'), "takes whatever is typed"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(text: str, said: str) -> None:
    value, problems = texts.question(text)
    assert value is None
    assert any(said in problem.text and problem.line > 0 for problem in problems), problems
