"""Option ids, which must give nothing away."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from mockhall.formats import keys
from mockhall.formats.keys import option_ids
from tests.formats.texts import SINGLE, good_question

TEXTS = st.lists(st.text(alphabet=string.printable, max_size=12), min_size=2, max_size=10, unique=True)


@given(texts=TEXTS, order=st.randoms())
def test_ids_are_distinct_begin_with_a_letter_and_do_not_depend_on_the_order(texts: list[str], order: object) -> None:
    ids = option_ids("paper", "q", texts)
    assert len(set(ids.values())) == len(texts)
    assert all(name[0] in string.ascii_lowercase and name.isalnum() and len(name) >= 6 for name in ids.values())
    assert option_ids("paper", "q", texts[::-1]) == ids


def test_ids_do_not_depend_on_which_option_is_right_or_pinned() -> None:
    other = SINGLE.replace("- [x]", "- [ ]").replace("- [ ] `1`", "- [x] `1`").replace(" {pinned}", "")
    first, second = good_question(SINGLE), good_question(other)
    assert [option.id for option in first.options] == [option.id for option in second.options]
    assert first.key != second.key


def test_ids_depend_on_the_paper_and_the_question() -> None:
    found = [option_ids(slug, ref, ["x"])["x"] for slug, ref in [("a", "b"), ("a", "c"), ("ab", ""), ("", "ab")]]
    assert len(set(found)) == 4


def test_ids_that_collide_are_all_lengthened() -> None:
    by_id: dict[str, str] = {}
    for number in range(20_000):
        text = str(number)
        twin = by_id.setdefault(option_ids("p", "q", [text])[text], text)
        if twin != text:
            break
    else:
        raise AssertionError("no two of 20,000 ids of six characters alike: look for another stem")
    ids = option_ids("p", "q", [twin, text, "third"])
    assert len(set(ids.values())) == 3
    assert {len(name) for name in ids.values()} == {7}


def test_the_ids_of_a_known_text_stay_what_they_were() -> None:
    assert option_ids("aptitude", "02-lighthouse-lamps", ["6 minutes"]) == {"6 minutes": "m809fe"}
    assert keys.LETTERS == "abcdefghijklmnop"
