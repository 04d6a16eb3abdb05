"""The scratchpad's rule: what two pages write is never lost silently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.errors import RuleError
from mockhall.exam.scratchpad import LONGEST, revision, tidied, together

SHORT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60)


def test_line_ends_are_kept_as_one_sign() -> None:
    assert tidied("a\r\nb\rc\n") == "a\nb\nc\n"


def test_the_longest_text_fits_and_one_more_sign_does_not() -> None:
    assert tidied("\r\n" * LONGEST) == "\n" * LONGEST
    with pytest.raises(RuleError) as refused:
        tidied("x" * (LONGEST + 1))
    assert refused.value.text == "The scratchpad holds 20,000 characters; this is 20,001."


def test_a_nul_is_refused() -> None:
    with pytest.raises(RuleError):
        tidied("a\0b")


def test_what_was_written_over_the_stored_text_takes_its_place() -> None:
    assert together("v = 3", "u = 4", revision("v = 3")) == "u = 4"
    assert together("v = 3", "", revision("v = 3")) == ""


def test_what_was_written_over_an_older_text_is_kept_with_the_newer_one() -> None:
    assert together("from the phone", "from the laptop", revision("")) == (
        "from the phone\n--- From another page ---\nfrom the laptop"
    )


def test_a_text_that_holds_the_other_is_kept_alone() -> None:
    assert together("v = 3", "v = 3\nu = 4", "stale") == "v = 3\nu = 4"
    assert together("v = 3\nu = 4", "v = 3", "stale") == "v = 3\nu = 4"


def test_a_page_that_was_empty_never_empties_the_scratchpad() -> None:
    assert together("v = 3", "", revision("")) == "v = 3"


def test_two_texts_that_are_too_long_together_change_nothing() -> None:
    with pytest.raises(RuleError):
        together("x" * LONGEST, "y", "stale")


@given(stored=SHORT, mine=SHORT, base=SHORT)
def test_nothing_of_either_text_is_lost_unless_it_was_written_over(stored: str, mine: str, base: str) -> None:
    kept = together(stored, mine, revision(base))
    assert mine.strip() in kept
    assert base == stored or stored.strip() in kept
