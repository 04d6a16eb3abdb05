"""The live preview: as the candidate sees it, from whatever is half-written, and nothing is stored."""

from typing import Any

import pytest

from tests.bank.desk_of import HTMX, counts, create, filled, tara
from tests.make import Site, queries


def preview(site: Site, **changes: Any) -> str:
    reply = tara(site).post("/desk/questions/preview", data=filled(**changes), headers=HTMX)
    assert reply.status_code == 200
    return str(reply.text)


def test_it_is_the_fragment_with_the_stem_and_the_choices(sqlite_site: Site) -> None:
    page = preview(sqlite_site)
    assert page.lstrip().startswith('<div class="stack" id="preview">')
    assert "<code>len([])</code>" in page
    assert page.count('<label class="option">') == 3


def test_it_does_not_say_which_choice_is_right(sqlite_site: Site) -> None:
    assert "checked" not in preview(sqlite_site).split("hx-partial")[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"stem": "", "option_id": [], "option_text": [], "key": []},
        {"stem": "```python\nprint(", "option_text": ["`", "$x^", "**"]},
        {"stem": "$\\frac{1", "solution": "<b"},
        {"kind": "numeric", "value": "12.", "tolerance": "-"},
        {"kind": "numeric", "right_is": "range", "low": "1"},
        {"kind": "text", "answers": ""},
        {"kind": "riddle"},
        {"stem": "x" * 30_000},
        {"stem": "a\0b"},
        {"then": "nonsense", "version": "x" * 100},
        {"value": "9" * 60 + "e308", "kind": "numeric"},
    ],
)
def test_half_written_input_is_shown_as_far_as_it_goes(sqlite_site: Site, changes: dict[str, Any]) -> None:
    assert 'id="preview"' in preview(sqlite_site, **changes)


def test_a_script_is_shown_as_text(sqlite_site: Site) -> None:
    page = preview(sqlite_site, stem="<script>alert(1)</script>", option_text=["<img src=x onerror=y>", "b", "c"])
    assert "<script>" not in page
    assert "<img" not in page


def test_it_never_stores_anything(site: Site) -> None:
    browser = tara(site)
    create(browser)
    before = counts(site)
    with queries(site) as sent:
        browser.post("/desk/questions/preview", data=filled(stem="Other"), headers=HTMX)
        browser.post("/desk/questions/preview", data=filled(stem="Other"))
    assert counts(site) == before
    assert all(statement.lstrip().upper().startswith("SELECT") for statement in sent)


def test_without_htmx_it_is_a_page(sqlite_site: Site) -> None:
    reply = tara(sqlite_site).post("/desk/questions/preview", data=filled())
    assert "<html" in reply.text
    assert 'id="preview"' in reply.text


def test_without_javascript_the_preview_button_shows_it_in_the_form(sqlite_site: Site) -> None:
    page = tara(sqlite_site).post("/desk/questions", data=filled(then="preview")).text
    assert "<code>len([])</code>" in page
    assert 'name="option_text"' in page
