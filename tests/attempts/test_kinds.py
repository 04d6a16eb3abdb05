"""True/false, match, order and cloze in the exam room: saved, refused, shown again, and nothing of the key."""

import re
from typing import Any

import pytest

from tests.attempts.room_of import sit
from tests.kinds import RIGHT_ORDER, gaps, pairs, sit_kinds
from tests.make import Site, make_paper, multiple


def test_an_answer_of_each_kind_is_kept_and_comes_back(site: Site) -> None:
    room = sit_kinds(site)
    assert room.save(1, choice="f", seq=1).json()["saved"] is True
    assert room.save(2, **pairs(l1="r1", l3="r1"), seq=1).json()["saved"] is True
    assert room.save(3, choice=["i2", "i1", "i4", "i3"], seq=1).json()["saved"] is True
    assert room.save(4, **gaps("c1", " Await ", "१,५"), seq=1).json()["saved"] is True
    kept = [room.question(number) for number in (1, 2, 3, 4)]
    assert [each["choice"] for each in kept] == [["f"], [], ["i2", "i1", "i4", "i3"], []]
    assert [each["parts"] for each in kept] == [
        {},
        {"l1": "r1", "l3": "r1"},
        {},
        {"1": "c1", "2": " Await ", "3": "१,५"},
    ]
    assert all(each["answered"] for each in kept)


def test_the_same_parts_again_are_the_same_save_and_others_at_its_seq_are_stale(site: Site) -> None:
    room = sit_kinds(site)
    room.save(4, **gaps("c1", "x"), seq=3, tab="one")
    assert room.save(4, **gaps("c1", "x"), seq=3, tab="one").status_code == 200
    stale = room.save(4, **gaps("c2", "x"), seq=3, tab="one")
    assert (stale.status_code, stale.json()["reason"]) == (409, "stale")
    assert stale.json()["parts"] == {"1": "c1", "2": "x"}


def test_clear_empties_every_part_and_keeps_the_mark(site: Site) -> None:
    room = sit_kinds(site)
    sent: dict[int, Any] = {2: pairs(l1="r1"), 3: {"choice": RIGHT_ORDER}, 4: gaps("c1")}
    for number, fields in sent.items():
        room.press(number, "clear", marked="1", **fields)
        question = room.question(number)
        assert (question["parts"], question["choice"], question["answered"]) == ({}, [], False)
        assert question["marked"] is True


@pytest.mark.parametrize(
    ("number", "fields", "field"),
    [
        (1, {"choice": ["t", "f"]}, "choice"),
        (2, pairs(l1="l2"), "pair.l1"),
        (2, pairs(x="r1"), "parts"),
        (2, {"choice": "r1"}, "choice"),
        (3, {"choice": ["i1", "i1"]}, "choice"),
        (3, {"choice": ["i1", "i9"]}, "choice"),
        (4, gaps("c9"), "gap.1"),
        (4, gaps("c1", "x", "many"), "gap.3"),
        (4, gaps("c1", "y" * 201), "gap.2"),
        (4, {"gap.7": "x"}, "parts"),
        (1, pairs(l1="r1"), "parts"),
    ],
)
def test_nonsense_is_refused_beside_its_field_and_changes_nothing(
    site: Site, number: int, fields: Any, field: str
) -> None:
    room = sit_kinds(site)
    good: Any = {1: {"choice": "t"}, 2: pairs(l1="r4"), 3: {"choice": RIGHT_ORDER}, 4: gaps("c2")}[number]
    room.save(number, **good, seq=1)
    before = room.question(number)
    reply = room.save(number, **fields, seq=2)
    assert (reply.status_code, reply.json()["field"]) == (422, field)
    assert room.question(number) == before


@pytest.mark.parametrize(
    "fields",
    [
        {f"pair.l{n}": "r1" for n in range(101)},
        {"pair." + "x" * 41: "r1"},
        {"gap.1": "x" * 1001},
        {"gap.1": "a\0b"},
        {"pair.l1": ["r1", "r2"]},
    ],
)
def test_a_form_with_more_or_longer_parts_than_a_question_has_is_refused(site: Site, fields: Any) -> None:
    room = sit_kinds(site)
    assert room.save(2, **fields, seq=1).status_code == 422
    assert room.question(2)["seq"] == 0


def test_without_scripts_each_kind_is_a_plain_form_that_shows_what_was_saved(site: Site) -> None:
    room = sit_kinds(site)
    sent: list[Any] = [
        {"choice": "t"}, pairs(l2="r4"), {"choice": ["", "i2", "i1", ""]}, gaps("c1", "<b>", "7")
    ]  # fmt: skip
    for number, fields in enumerate(sent, 1):
        assert room.press(number, "next", **fields).status_code == 303
    page = room.browser.get(f"/attempts/{room.code}/questions/1").text
    assert re.search(r'value="t" checked', page)
    assert re.search(r'name="pair\.l2".*?value="r4" selected', page)
    first, second, third = re.findall(r'<select id="place-3-\d" name="choice".*?</select>', page)[:3]
    assert 'value="i2" selected' in first
    assert 'value="i1" selected' in second
    assert "selected" not in third
    assert re.search(r'name="gap\.1".*?value="c1" selected', page)
    assert 'name="gap.2" aria-label="Blank 2 of 3" value="&lt;b&gt;"' in page


def test_a_refused_form_is_shown_again_with_all_its_parts(site: Site) -> None:
    room = sit_kinds(site)
    reply = room.press(4, "next", **gaps("c2", "await", "many"))
    assert reply.status_code == 422
    assert "Blank 3: Write a number" in reply.text
    assert 'value="await"' in reply.text
    assert 'value="many"' in reply.text
    assert re.search(r'name="gap\.1".*?value="c2" selected', reply.text)


def test_an_order_that_nobody_touched_is_blank(site: Site) -> None:
    room = sit_kinds(site)
    room.press(3, "next", choice=["", "", "", ""])
    assert room.question(3)["answered"] is False


def test_no_attempt_ever_shows_the_right_order_or_the_right_sides_beside_their_lefts(site: Site) -> None:
    room = sit_kinds(site, shuffle_options=False)
    seen = set()
    for _ in range(30):
        other = type(room)(site.browser(), "")
        started = other.browser.post("/papers/kinds/attempts", headers={"Accept": "application/json"})
        other.code = started.json()["code"]
        shown = [each["id"] for each in other.question(3)["options"]]
        assert sorted(shown) == sorted(RIGHT_ORDER)
        assert shown != RIGHT_ORDER
        rights = [each["id"] for each in other.question(2)["options"] if each["side"] == "right"]
        seen.add(tuple(rights))
    assert len(seen) > 5


def test_the_question_paper_shows_what_each_kind_asks(site: Site) -> None:
    room = sit_kinds(site)
    page = room.browser.get(f"/attempts/{room.code}/paper").text
    assert all(words in page for words in ("True", "Conflict", "Dependencies", "[1: "))
    assert "[[1]]" not in page
    assert page.count("____") == 2


@pytest.mark.parametrize(("partial", "shows"), [("per_option", False), ("ratio", True)])
def test_the_room_names_only_marks_that_an_answer_can_cost(site: Site, partial: str, shows: bool) -> None:
    scheme = {"full": "2", "wrong": "-1/2", "partial": partial}
    with site.writing() as db:
        make_paper(db, sections={"First": [multiple()]}, scheme=scheme)
    sitting = sit(site)
    page = sitting.browser.get(f"/attempts/{sitting.code}").text
    assert ('<span class="bad">' in page) is shows
