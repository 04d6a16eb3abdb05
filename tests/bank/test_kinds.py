"""Questions of every kind written at the desk: what is stored, and that opening and saving one changes nothing."""

from typing import Any

import pytest

from mockhall.exam.key import Key
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import mark
from mockhall.exam.paper import Answer
from mockhall.exam.scheme import PRESETS
from tests.bank.desk_of import KINDS, create, fields_in, filled, stored, tara
from tests.make import Site


def row_ids(version: Any, side: str = "") -> dict[str, str]:
    """The ids of a version's options by their text."""
    return {row["text"]: row["id"] for row in version.options if not side or row["side"] == side}


@pytest.mark.parametrize("name", KINDS)
def test_opening_and_saving_a_question_of_any_kind_changes_nothing(site: Site, name: str) -> None:
    browser = tara(site)
    code = create(browser, **KINDS[name], hi_stem="प्रश्न")
    page = browser.get(f"/desk/questions/{code}").text
    assert browser.post(f"/desk/questions/{code}", data=fields_in(page) | {"then": "save"}).status_code == 303
    question, versions = stored(site, code)
    assert question.version == 1, [version.model_dump() for version in versions]


@pytest.mark.parametrize("name", KINDS)
def test_what_is_stored_can_be_read_by_the_rules_and_asked(sqlite_site: Site, name: str) -> None:
    version = stored(sqlite_site, create(tara(sqlite_site), **KINDS[name]))[1][0]
    key = Key.from_json(version.key)
    assert key.to_json() == version.key
    assert mark(Kind(version.kind), key, Answer(), PRESETS["placement"]).marks == 0


def test_true_or_false_has_the_two_options_of_its_kind(sqlite_site: Site) -> None:
    version = stored(sqlite_site, create(tara(sqlite_site), **KINDS["true_false"]))[1][0]
    assert [(row["id"], row["text"]) for row in version.options] == [("t", "True"), ("f", "False")]
    assert all(row["pinned"] for row in version.options), "they are never shuffled"
    assert version.key == {"options": ["t"]}


def test_pairs_of_the_same_right_share_it_and_a_row_without_a_left_is_a_right_too_many(sqlite_site: Site) -> None:
    version = stored(sqlite_site, create(tara(sqlite_site), **KINDS["match"]))[1][0]
    lefts, rights = row_ids(version, "left"), row_ids(version, "right")
    assert set(lefts) == {"200", "404", "201"}
    assert set(rights) == {"Success", "Not found", "Teapot"}
    assert version.key["pairs"] == {
        lefts["200"]: rights["Success"], lefts["201"]: rights["Success"], lefts["404"]: rights["Not found"],
    }  # fmt: skip


def test_rights_and_steps_are_stored_in_an_order_that_says_nothing(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    match = stored(sqlite_site, create(browser, **KINDS["match"]))[1][0]
    order = stored(sqlite_site, create(browser, **KINDS["order"]))[1][0]
    rights = [row["id"] for row in match.options if row["side"] == "right"]
    assert rights == sorted(rights)
    assert [row["id"] for row in order.options] == sorted(row["id"] for row in order.options)
    ids = row_ids(order)
    assert order.key == {"order": [ids["First"], ids["Second"], ids["Third"]]}


def test_a_cloze_has_a_row_for_each_gap_with_the_key_of_its_type(sqlite_site: Site) -> None:
    version = stored(sqlite_site, create(tara(sqlite_site), **KINDS["cloze"]))[1][0]
    assert [(row["id"], row["gap"], row["type"]) for row in version.options] == [
        ("g1", 1, "choice"), ("g2", 2, "text"), ("g3", 3, "number"),
    ]  # fmt: skip
    choices = {row["text"]: row["id"] for row in version.options[0]["choices"]}
    assert version.key["gaps"] == {
        "1": {"options": [choices["async"]]},
        "2": {"answers": ["await", "AWAIT"], "case": True},
        "3": {"value": "2", "tolerance": "0.5"},
    }


def test_numbers_have_alternatives_and_decimals(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    several = stored(sqlite_site, create(browser, **KINDS["numeric"]))[1][0]
    assert several.key == {
        "any": [{"value": "12.5", "tolerance": "0.1"}, {"low": "3", "high": "4"}, {"value": "10", "relative": "0.05"}]
    }
    cut = stored(sqlite_site, create(browser, **KINDS["decimals"]))[1][0]
    assert cut.key == {"value": "1.25", "decimals": {"places": 2, "how": "truncate"}}


def test_the_form_says_which_of_several_numbers_count(sqlite_site: Site) -> None:
    page = tara(sqlite_site).post("/desk/questions", data=filled(**KINDS["numeric"]) | {"then": "preview"}).text
    assert "12.4 to 12.6, both included; or 3 to 4, both included; or 9.5 to 10.5, both included." in page


def test_words_have_rules_for_capitals_spaces_and_wildcards(sqlite_site: Site) -> None:
    version = stored(sqlite_site, create(tara(sqlite_site), **KINDS["text"]))[1][0]
    assert version.key == {"answers": ["a = 1", "b*"], "case": True, "spaces": False, "wildcards": True}


@pytest.mark.parametrize("name", ["match", "order", "cloze"])
def test_ids_stay_while_texts_are_corrected(sqlite_site: Site, name: str) -> None:
    browser = tara(sqlite_site)
    code = create(browser, **KINDS[name])
    form = fields_in(browser.get(f"/desk/questions/{code}").text)
    texts = {"match": "pair_right", "order": "step_text", "cloze": "gap_lines"}[name]
    form[texts][1 if name != "cloze" else 0] = "* async\nyield" if name == "cloze" else "Corrected"
    assert browser.post(f"/desk/questions/{code}", data=form | {"then": "save"}).status_code == 303
    before, after = stored(sqlite_site, code)[1]
    assert after.key == before.key
    assert _ids(before.options) == _ids(after.options)
    assert before.options != after.options


def _ids(options: list[dict[str, Any]]) -> list[str]:
    return [each for row in options for each in (row["id"], *(choice["id"] for choice in row.get("choices", [])))]


def test_steps_put_into_another_order_change_the_key_and_no_option(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    code = create(browser, **KINDS["order"])
    page = browser.post(
        f"/desk/questions/{code}", data=fields_in(browser.get(f"/desk/questions/{code}").text) | {"then": "down:1"}
    ).text
    browser.post(f"/desk/questions/{code}", data=fields_in(page) | {"then": "save"})
    before, after = stored(sqlite_site, code)[1]
    assert after.options == before.options
    assert after.key["order"] == [before.key["order"][at] for at in (1, 0, 2)]


def test_the_gaps_of_the_stem_get_a_row_each_and_what_was_written_stays(sqlite_site: Site) -> None:
    sent = filled(**KINDS["cloze"]) | {"stem": "[[1]] and [[4]]", "then": "kind"}
    form = fields_in(tara(sqlite_site).post("/desk/questions", data=sent).text)
    assert form["gap"] == ["1", "2", "3", "4"]
    assert form["gap_lines"] == ["* async\nawait", "await\nAWAIT", "2 ± 0.5", ""]


@pytest.mark.parametrize("name", KINDS)
def test_changing_the_type_and_back_loses_nothing_of_any_kind(sqlite_site: Site, name: str) -> None:
    browser = tara(sqlite_site)
    sent = filled(**KINDS[name]) | {"then": "kind"}
    first = fields_in(browser.post("/desk/questions", data=sent).text)
    again = first
    for kind in (*Kind, first["kind"][0]):
        again = fields_in(browser.post("/desk/questions", data=again | {"kind": kind, "then": "kind"}).text)
    assert {n: sorted(v) for n, v in again.items()} == {n: sorted(v) for n, v in first.items()}


@pytest.mark.parametrize(("kind", "field"), [("match", "pair_left"), ("order", "step_text")])
def test_rows_are_added_moved_and_removed_without_javascript(sqlite_site: Site, kind: str, field: str) -> None:
    browser = tara(sqlite_site)

    def rows(then: str) -> list[str]:
        page = browser.post("/desk/questions", data=filled(**KINDS[kind]) | {"then": then})
        return list(fields_in(page.text)[field])

    first = list(KINDS[kind][field])
    assert rows("add_row") == [*first, ""]
    assert rows("remove:1") == first[1:]
    assert rows("down:1") == [first[1], first[0], *first[2:]]
    assert rows("up:2") == rows("down:1")


def test_hindi_is_stored_by_option_and_shown_again(site: Site) -> None:
    browser = tara(site)
    code = create(
        browser, hi_stem="`len([])` क्या देता है?", hi_solution="खाली सूची।",
        hi_for=["option-new1", "option-new2", "option-new3"], hi_text=["एक", "शून्य", "कुछ नहीं"],
    )  # fmt: skip
    version = stored(site, code)[1][0]
    ids = row_ids(version)
    assert version.translations == {
        "hi": {"stem": "`len([])` क्या देता है?", "options": {ids["1"]: "एक", ids["0"]: "शून्य", ids["None"]: "कुछ नहीं"}}
    }
    assert version.solution_translations == {"hi": "खाली सूची।"}
    form = fields_in(browser.get(f"/desk/questions/{code}").text)
    assert form["hi_text"] == ["एक", "शून्य", "कुछ नहीं"]
    browser.post(f"/desk/questions/{code}", data=form | {"then": "save"})
    assert stored(site, code)[0].version == 1


def test_the_choices_of_a_gap_are_translated_line_by_line(sqlite_site: Site) -> None:
    code = create(tara(sqlite_site), **KINDS["cloze"], hi_stem="[[1]] [[2]] [[3]]", hi_for=["gap-1"],
                  hi_text=["एसिंक\nअवेट"])  # fmt: skip
    version = stored(sqlite_site, code)[1][0]
    first, second = (row["id"] for row in version.options[0]["choices"])
    assert version.translations["hi"]["options"] == {first: "एसिंक", second: "अवेट"}
