"""The save rule: every line of contract.md's list, and any order of delivery."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.clock import Phase
from mockhall.exam.saving import Incoming, Stored, Verdict, judge, kept

STORED = Stored(choice=("a",), seq=3, tab="one")
RETRY = Incoming(choice=("a",), seq=3, tab="one")


def judged(incoming: Incoming, stored: Stored = STORED, open_: bool = True, phase: Phase = Phase.RUNNING) -> Verdict:
    return judge(stored, incoming, open_=open_, phase=phase)


def save(choice: str, seq: int | None, tab: str | None = "one", base: int | None = None) -> Incoming:
    return Incoming(choice=(choice,), seq=seq, tab=tab, base=base)


@pytest.mark.parametrize("tab", ["one", None, ""])
@pytest.mark.parametrize(
    ("seq", "verdict"), [(2, Verdict.STALE), (3, Verdict.STALE), (4, Verdict.SAVE), (9, Verdict.SAVE)]
)
def test_from_the_same_tab_or_none_a_higher_seq_wins(tab: str | None, seq: int, verdict: Verdict) -> None:
    assert judged(save("b", seq, tab)) is verdict


@pytest.mark.parametrize(
    ("seq", "base", "verdict"),
    [
        (4, 3, Verdict.SAVE), (9, 3, Verdict.SAVE), (4, 2, Verdict.STALE), (4, 4, Verdict.STALE),
        (4, None, Verdict.STALE),
        (9, 0, Verdict.STALE), (3, 3, Verdict.STALE), (2, 3, Verdict.STALE),
    ],
)  # fmt: skip
def test_another_tab_counts_only_on_the_stored_revision(seq: int, base: int | None, verdict: Verdict) -> None:
    assert judged(save("b", seq, "two", base)) is verdict


def test_the_first_save_of_all_needs_no_base() -> None:
    assert judged(save("a", 1, "two"), Stored()) is Verdict.SAVE


def test_a_tab_cannot_overwrite_what_a_tabless_client_stored_without_having_seen_it() -> None:
    stored = Stored(choice=("a",), seq=1)
    assert judged(save("b", 5, "two", base=0), stored) is Verdict.STALE
    assert judged(save("b", 5, "two", base=1), stored) is Verdict.SAVE


@pytest.mark.parametrize("open_", [True, False])
@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("tab", ["one", "two", None])
def test_an_equal_retry_is_kept_already_in_any_state(open_: bool, phase: Phase, tab: str | None) -> None:
    assert judged(replace(RETRY, tab=tab), open_=open_, phase=phase) is Verdict.SAME


@pytest.mark.parametrize(
    "other", [Incoming(("b",), seq=3), Incoming(("a",), parts=(("1", "x"),), seq=3),
              Incoming(("a",), "x", seq=3), Incoming(("a",), marked=True, seq=3),
              Incoming(("a",), certainty=2, seq=3), Incoming((), seq=3)]
)  # fmt: skip
def test_an_equal_seq_with_another_value_is_stale(other: Incoming) -> None:
    assert judged(replace(other, tab="one")) is Verdict.STALE


@pytest.mark.parametrize("open_", [True, False])
@pytest.mark.parametrize(
    "incoming", [save("b", 4), save("b", 2), save("b", None), save("a", 4), save("b", 4, "two", 3)]
)
def test_after_the_grace_time_is_over_whatever_the_state(open_: bool, incoming: Incoming) -> None:
    assert judged(incoming, open_=open_, phase=Phase.OVER) is Verdict.TIME_OVER


@pytest.mark.parametrize("phase", [Phase.RUNNING, Phase.GRACE])
@pytest.mark.parametrize(
    "incoming", [save("b", 4), save("b", 2), save("b", None), save("a", 4), save("b", 4, "two", 3)]
)
def test_after_handing_in_a_different_save_is_refused(phase: Phase, incoming: Incoming) -> None:
    assert judged(incoming, open_=False, phase=phase) is Verdict.SUBMITTED


def test_a_save_in_the_grace_counts() -> None:
    assert judged(save("b", 4), phase=Phase.GRACE) is Verdict.SAVE


def test_a_plain_form_counts_as_the_next_save_of_the_same_tab() -> None:
    assert judged(save("b", None, None)) is Verdict.SAVE
    assert kept(STORED, save("b", None, None)) == Stored(("b",), seq=4, tab="one")


def test_a_plain_form_with_nothing_new_is_still_kept_so_that_the_visit_is() -> None:
    assert judged(Incoming(), Stored()) is Verdict.SAVE


def test_a_plain_form_that_says_what_it_is_based_on_is_held_to_it() -> None:
    assert judged(save("b", None, None, base=3)) is Verdict.SAVE
    assert judged(save("b", None, None, base=2)) is Verdict.STALE


@pytest.mark.parametrize(("open_", "phase"), [(False, Phase.RUNNING), (False, Phase.OVER), (True, Phase.OVER)])
def test_a_plain_form_sent_twice_is_kept_already_when_all_is_over(open_: bool, phase: Phase) -> None:
    assert judged(save("a", None, None), open_=open_, phase=phase) is Verdict.SAME


def test_what_is_stored_after_a_save_is_the_save() -> None:
    incoming = Incoming(("b",), "t", (("1", "x"),), True, 3, 7, "two", 3)
    assert kept(STORED, incoming) == Stored(("b",), "t", (("1", "x"),), True, 3, 7, "two")


def delivered(saves: list[Incoming], stored: Stored | None = None) -> Stored:
    stored = stored or Stored()
    for each in saves:
        if judged(each, stored) is Verdict.SAVE:
            stored = kept(stored, each)
    return stored


@pytest.mark.parametrize("tab", ["one", None])
def test_five_saves_in_any_of_the_120_orders_end_with_the_fifth(tab: str | None) -> None:
    saves = [save(letter, seq, tab) for seq, letter in enumerate("abcde", start=1)]
    orders = list(permutations(saves))
    assert len(orders) == 120
    for order in orders:
        assert delivered(list(order)) == Stored(("e",), seq=5, tab=tab or "")


saves = st.builds(
    save, st.sampled_from("ab"), st.integers(0, 6), st.sampled_from(["one", "two", None]), st.none() | st.integers(0, 6)
)


@given(st.lists(saves, max_size=12))
def test_the_stored_seq_never_falls_and_never_changes_its_value(arriving: list[Incoming]) -> None:
    stored = Stored()
    for each in arriving:
        next_ = delivered([each], stored)
        assert next_.seq >= stored.seq
        assert next_ == stored or next_.seq > stored.seq
        stored = next_


@given(st.lists(saves, max_size=12))
def test_every_save_delivered_twice_in_a_row_changes_nothing(arriving: list[Incoming]) -> None:
    twice = [each for each in arriving for _ in (1, 2)]
    assert delivered(twice) == delivered(arriving)


@given(st.lists(saves, max_size=8), st.integers(0, 20), st.sampled_from("ab"))
def test_a_page_that_has_not_seen_the_stored_answer_never_overwrites_it(
    arriving: list[Incoming], seq: int, choice: str
) -> None:
    stored = delivered([*arriving, save("a", 7, None)])
    for base in (None, *range(stored.seq)):
        assert judged(save(choice, seq, "stale page", base), stored) in (Verdict.STALE, Verdict.SAME)
