"""The Hindi of a question in its form: what it keeps while type and rows change, and what stands beside each field."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.bank.desk_of import HTMX, KINDS, create, fields_in, filled, stored, tara
from tests.make import Site

HINDI: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "single": ({}, {"option-new1": "एक", "option-new2": "शून्य", "option-new3": "कुछ नहीं"}),
    "match": (KINDS["match"], {"left-new1": "दो सौ", "right-new1": "सफल", "right-new4": "चायदानी"}),
    "order": (KINDS["order"], {"step-new1": "पहला", "step-new2": "दूसरा", "step-new3": "तीसरा"}),
    "cloze": (KINDS["cloze"], {"gap-1": "एसिंक\nअवेट"}),
}


def translated(kind: str) -> dict[str, Any]:
    """A filled form of a kind with its Hindi."""
    changes, said = HINDI[kind]
    return filled(**changes, hi_stem="प्रश्न", hi_for=list(said), hi_text=list(said.values()))


def pressed(browser: TestClient, fields: dict[str, Any], then: str, **changes: Any) -> dict[str, Any]:
    """The form as it comes back after one of the buttons that store nothing."""
    reply = browser.post("/desk/questions", data=fields | changes | {"then": then})
    assert reply.status_code == 200, reply.text
    return fields_in(reply.text)


def said(fields: dict[str, Any]) -> dict[str, str]:
    return {name: text for name, text in zip(fields["hi_for"], fields["hi_text"], strict=True) if text}


@pytest.mark.parametrize("then", ["kind", "preview"])
@pytest.mark.parametrize("kind", HINDI)
def test_changing_the_type_and_back_loses_no_hindi(sqlite_site: Site, kind: str, then: str) -> None:
    browser, fields = tara(sqlite_site), translated(kind)
    for other in {"true_false", "single", "order"} - {kind}:
        fields = pressed(browser, fields, then, kind=other)
    assert said(pressed(browser, fields, then, kind=kind)) == HINDI[kind][1]


def test_the_hindi_of_another_type_is_kept_but_not_stored(site: Site) -> None:
    browser = tara(site)
    fields = pressed(browser, translated("single"), "kind", kind="true_false", truth="t")
    code = create(browser, **fields | {"stem": "`[]` is false."})
    assert set(stored(site, code)[1][0].translations["hi"]["options"]) == {"t", "f"}


def test_the_hindi_of_a_removed_row_does_not_come_back_in_a_new_one(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    fields = pressed(browser, translated("single"), "remove:3")
    fields = pressed(browser, pressed(browser, fields, "kind", kind="text"), "kind", kind="single")
    assert "option-new3" not in said(pressed(browser, fields, "add_row"))


def test_the_hindi_stands_open_where_something_is_said_and_folded_where_nothing_is(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    for kind in HINDI:
        page = browser.post("/desk/questions", data=translated(kind) | {"then": "preview", "hi_stem": ""}).text
        assert '<details id="translation" open>' in page
    assert '<details id="translation">' in browser.get("/desk/questions/new").text


def test_rows_that_come_and_go_renew_the_fields_and_leave_the_section_as_it_was_left(sqlite_site: Site) -> None:
    reply = tara(sqlite_site).post("/desk/questions", data=filled(then="add_row"), headers=HTMX).text
    assert '<hx-partial hx-target="#hindi" hx-swap="outerHTML">' in reply
    assert 'id="hi-option-new4"' in reply
    assert 'id="translation"' not in reply


def test_the_preview_says_beside_each_field_what_is_typed_in_english(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    typed = filled(option_text=["One < two", "", "3"], why_for=["new1"], why_text=["Counted."])
    reply = browser.post("/desk/questions/preview", data=typed, headers=HTMX).text
    for control, text in {
        "hi-option-new1": "One &lt; two", "hi-option-new2": "(empty)", "hi-why-new1": "Counted.",
        "hi-why-new3": "(not explained)",
    }.items():  # fmt: skip
        assert f'<span class="hint" id="{control}-hint" lang="en">{text}</span>' in reply


def test_pairs_have_their_fields_in_hindi_before_they_are_written(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    page = browser.get("/desk/questions/new?kind=match").text
    assert all(f'id="hi-{side}-new{n}"' in page for side in ("left", "right") for n in (1, 2, 3))
    whole = HINDI["match"][1] | {"left-new2": "चार", "right-new2": "नहीं मिला", "left-new3": "बना", "left-new4": ""}
    fields = translated("match") | {"hi_for": list(whole), "hi_text": list(whole.values())}
    hindi = stored(sqlite_site, create(browser, **fields))[1][0].translations["hi"]["options"]
    assert sorted(hindi.values()) == sorted(filter(None, whole.values()))


# ---------------------------------------------------------------- the preview in Hindi

SHOWN = {
    "single": ["शून्य", "कुछ नहीं"], "match": ["दो सौ", "सफल"], "order": ["दूसरा"], "cloze": ["एसिंक"],
}  # fmt: skip


def preview(browser: TestClient, fields: dict[str, Any], language: str) -> str:
    sent = fields | {"preview_language": language}
    return str(browser.post("/desk/questions/preview", data=sent, headers=HTMX).text).split("<hx-partial")[0]


@pytest.mark.parametrize("kind", HINDI)
def test_the_preview_is_shown_in_hindi_in_the_test_and_in_the_review(sqlite_site: Site, kind: str) -> None:
    browser, fields = tara(sqlite_site), translated(kind) | {"hi_solution": "क्योंकि", "hi_stem": "प्रश्न [[1]]"}
    english, hindi = (preview(browser, fields, language) for language in ("en", "hi"))
    for words in ["प्रश्न", *SHOWN[kind]]:
        assert words not in english
        assert all(words in part for part in hindi.split("as-review")), words
    assert "क्योंकि" in hindi.split("as-review")[1]
    assert 'lang="hi"' in hindi
    assert 'lang="hi"' not in english


def test_what_is_not_translated_is_shown_in_english_and_true_and_false_have_their_words(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    page = preview(browser, filled(hi_solution="खाली"), "hi")
    assert "<code>len([])</code>" in page
    assert "An empty list has no items." not in page
    assert "सत्य" in preview(browser, filled(**KINDS["true_false"], hi_stem="क्या?"), "hi")


def test_the_switch_comes_with_the_first_word_of_hindi_and_goes_with_the_last(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    for changes, comes in (
        ({}, None), ({"hi_stem": "क"}, True), ({"hi_stem": "क", "preview_language": "hi"}, None),
        ({"preview_language": "hi"}, False),
    ):  # fmt: skip
        reply = browser.post("/desk/questions/preview", data=filled(**changes), headers=HTMX).text
        renewed = reply.split('hx-target="#preview-language"')[1:]
        assert [('name="preview_language"' in each) for each in renewed] == ([] if comes is None else [comes])


def test_without_scripts_the_preview_button_shows_the_language_chosen(site: Site) -> None:
    browser = tara(site)
    code = create(browser, hi_stem="खाली सूची?")
    page = browser.get(f"/desk/questions/{code}").text
    assert 'id="language-en" value="en" checked' in page
    sent = fields_in(page) | {"then": "preview", "preview_language": "hi"}
    page = browser.post(f"/desk/questions/{code}", data=sent).text
    assert 'id="language-hi" value="hi" checked' in page
    assert "खाली सूची?" in page.split('id="preview"')[1]
