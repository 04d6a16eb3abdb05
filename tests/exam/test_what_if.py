"""The same answers under another scheme: which one holds for a question, and which answers were unsure."""

from fractions import Fraction

import pytest

from mockhall.exam.kinds import Difficulty, Kind
from mockhall.exam.marking import mark
from mockhall.exam.paper import Answer, Item, Key
from mockhall.exam.scheme import Scheme
from mockhall.exam.what_if import Sign, Signs, WhatIf, scheme_under

F = Fraction
OWN = Scheme(F(3), F(-1, 2))
KEYS = {
    Kind.SINGLE: (Key(options=frozenset({"a"})), Answer(("a",)), Answer(("b",))),
    Kind.MULTIPLE: (Key(options=frozenset({"a", "b"})), Answer(("a", "b")), Answer(("a", "c"))),
    Kind.NUMERIC: (Key(value=F(42)), Answer(text="42"), Answer(text="41")),
    Kind.TEXT: (Key(answers=("gather",)), Answer(text="gather"), Answer(text="join")),
}


def item(kind: Kind) -> Item:
    return Item(1, 1, kind, "T", Difficulty.EASY, KEYS[kind][0], OWN)


@pytest.mark.parametrize(
    ("what", "kind", "right", "wrong"),
    [
        (WhatIf.NO_NEGATIVES, Kind.SINGLE, "3", "0"), (WhatIf.SKIP_UNSURE, Kind.SINGLE, "3", "-1/2"),
        (WhatIf.JEE_MAIN, Kind.SINGLE, "4", "-1"), (WhatIf.JEE_MAIN, Kind.NUMERIC, "4", "-1"),
        (WhatIf.JEE_ADVANCED, Kind.SINGLE, "3", "-1"), (WhatIf.JEE_ADVANCED, Kind.MULTIPLE, "4", "-2"),
        (WhatIf.JEE_ADVANCED, Kind.NUMERIC, "4", "0"), (WhatIf.GATE, Kind.SINGLE, "1", "-1/3"),
        (WhatIf.GATE, Kind.MULTIPLE, "1", "0"), (WhatIf.GATE, Kind.NUMERIC, "1", "0"),
        (WhatIf.GATE, Kind.TEXT, "1", "0"), (WhatIf.NEET, Kind.SINGLE, "4", "-1"),
        (WhatIf.SSC, Kind.SINGLE, "2", "-1/2"),
    ],
)  # fmt: skip
def test_each_scheme_gives_an_exams_marks(what: WhatIf, kind: Kind, right: str, wrong: str) -> None:
    key, good, bad = KEYS[kind]
    scheme = scheme_under(what, item(kind))
    assert mark(kind, key, good, scheme).marks == F(right)
    assert mark(kind, key, bad, scheme).marks == F(wrong)
    assert mark(kind, key, Answer(), scheme).marks == 0


def test_every_scheme_holds_for_every_kind() -> None:
    for what in WhatIf:
        for kind in Kind:
            scheme = scheme_under(what, Item(1, 1, kind, "T", Difficulty.EASY, Key(), OWN))
            assert scheme.full > 0 >= scheme.wrong_for(kind)


def test_one_of_two_right_options_is_a_mark_in_jee_advanced() -> None:
    key, _, _ = KEYS[Kind.MULTIPLE]
    assert mark(Kind.MULTIPLE, key, Answer(("a",)), scheme_under(WhatIf.JEE_ADVANCED, item(Kind.MULTIPLE))).marks == 1


@pytest.mark.parametrize(
    ("signs", "unsure"),
    [
        (Signs(False, False), []), (Signs(True, False), [Sign.MARKED]), (Signs(False, True), [Sign.CHANGED]),
        (Signs(False, False, 1), [Sign.NOT_SURE]), (Signs(False, False, 2), []),
        (Signs(True, True, 1), [Sign.MARKED, Sign.CHANGED, Sign.NOT_SURE]),
    ],
)  # fmt: skip
def test_what_was_marked_changed_or_not_sure_is_unsure(signs: Signs, unsure: list[Sign]) -> None:
    assert signs.unsure == unsure
