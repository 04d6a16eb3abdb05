"""The ids of a gap's choices while its lines are moved, reworded, added and taken away."""

import pytest

from mockhall.bank.draft import Draft, Gap
from mockhall.bank.gaps import kept_ids, numbers_in, with_gaps

BEFORE = [{"id": "ca", "text": "await"}, {"id": "cb", "text": "async"}, {"id": "cc", "text": "yield"}]


@pytest.mark.parametrize(
    ("texts", "ids"),
    [
        (["await", "async", "yield"], ["ca", "cb", "cc"]),
        (["yield", "await", "async"], ["cc", "ca", "cb"]),
        (["await", "async def", "yield"], ["ca", "cb", "cc"]),
        (["yield", "async"], ["cc", "cb"]),
        (["async", "new", "await", "yield"], ["cb", None, "ca", "cc"]),
        (["yield", "new", "await"], ["cc", "cb", "ca"]),
        (["new", "await", "async"], [None, "ca", "cb"]),
    ],
)
def test_a_line_keeps_its_id_wherever_it_goes(texts: list[str], ids: list[str | None]) -> None:
    found = kept_ids(texts, BEFORE)
    assert len(set(found)) == len(texts)
    assert [made if made in {"ca", "cb", "cc"} else None for made in found] == ids


def test_gaps_are_found_in_text_and_code_in_the_order_of_their_numbers() -> None:
    assert numbers_in("a [[2]] `[[1]]` [[12]] [[0]] [[x]] [[1]] [1] [[100]]") == [1, 2, 12]


def test_a_written_row_outlives_its_gap_and_an_empty_one_does_not() -> None:
    draft = Draft(stem="[[1]]", gaps=(Gap(1, "text"), Gap(2, "text", "kept"), Gap(3)))
    assert with_gaps(draft).gaps == (Gap(1, "text"), Gap(2, "text", "kept"))
