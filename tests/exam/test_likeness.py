"""Which questions say the same: words set differently do, another number or other code doesn't."""

import pytest

from mockhall.exam.likeness import ALIKE, likeness

LONG = (
    "A client sends exactly one request to a server that has just started, and the handler asks for the same "
    "dependency two times. How often does the dependency run?"
)
CODE = "What is printed?\n\n```python\nprint(len([1, 2]))\n```"

SAME = {
    "the same text": (LONG, LONG),
    "spaces and lines": (LONG, LONG.replace(" ", "  ").replace(", and", ",\nand")),
    "capitals": (LONG, LONG.upper()),
    "Markdown around words": (LONG, LONG.replace("exactly", "**exactly**").replace("dependency", "`dependency`")),
    "a heading and a full stop": (LONG, f"## {LONG}".replace("?", "")),
    "other signs around words": (LONG, LONG.replace(", and", " – and")),
    "one word of twenty": (LONG, LONG.replace("exactly ", "")),
    "code, set with other blank lines": (CODE, CODE.replace("python\nprint", "py\n\nprint").replace("]))", "]))  ")),
    "Hindi": ("निम्नलिखित में से कौन सा सूची का प्रकार है बताइए", "निम्नलिखित  में से कौन सा सूची का प्रकार है, बताइए?"),
    "a short question": ("What is `len([])`?", "what is **len([])** ?"),
}
OTHER = {
    "another number": ("A train runs 60 km in 2 hours. How fast?", "A train runs 80 km in 2 hours. How fast?"),
    "other code": (CODE, CODE.replace("len", "sum")),
    "code in other case": (CODE, CODE.replace("print(", "Print(")),
    "code indented otherwise": (
        "What?\n```\nif a:\n    b()\nc()\n```", "What?\n```\nif a:\n    b()\n    c()\n```",
    ),
    "another sign": ("Which is larger, `a[0]` or its copy?", "Which is larger, `a{0}` or its copy?"),
    "another formula": ("Solve $x^2 = 4$ for real numbers.", "Solve $x^3 = 4$ for real numbers."),
    "another picture": ("What is it? ![It](/images/a.png)", "What is it? ![It](/images/b.png)"),
    "another question": (LONG, "Which of these statements about path operations in the documentation is right?"),
    "the opposite, briefly": ("Which is the right answer here?", "Which is the wrong answer here?"),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME.keys())
def test_these_say_the_same_and_would_be_found(one: str, other: str) -> None:
    assert likeness(one).share(likeness(other)) >= ALIKE
    assert set(likeness(one).values) & set(likeness(other).values)


@pytest.mark.parametrize(("one", "other"), OTHER.values(), ids=OTHER.keys())
def test_these_are_different_questions(one: str, other: str) -> None:
    assert likeness(one).share(likeness(other)) < ALIKE


def test_under_another_passage_the_same_words_ask_something_else() -> None:
    one, other = (
        likeness("What does the writer mean here, in your opinion?", passage) for passage in ("River.", "Sea.")
    )
    assert one.share(other) == 0
    assert not set(one.values) & set(other.values)


def test_a_question_of_few_words_is_told_by_its_choices() -> None:
    one = likeness("Which is right?", "", ["a list", "a tuple", "a set"])
    assert one.share(likeness("Which is right?", "", ["the moon", "a star", "the sun"])) < ALIKE
    assert one.share(likeness("which is RIGHT", "", ["a set", "A list", "a tuple"])) == 1
    assert likeness("What is 2 + 2?", "", ["4"]).share(likeness("What is 2 + 2?", "", ["5"])) == 1


def test_values_fit_the_database_and_stay_as_they_are_stored() -> None:
    values = likeness(LONG).values
    assert len(set(values)) == 10
    assert all(-(2**63) <= each < 2**63 for each in values)
    assert likeness("Which HTTP method is safe to repeat?").values[:2] == [
        1298297908179874822, -1362127242047683932,
    ]  # fmt: skip


def test_no_text_at_all_is_like_itself() -> None:
    assert likeness("").share(likeness(" ")) == 1
    assert len(likeness("").values) == 10
