"""The live preview: as the candidate sees it, from whatever is half-written, and nothing is stored."""

import re
from typing import Any

import pytest
from sqlmodel import select

from mockhall.bank.models import Question
from tests.bank.desk_of import HTMX, KINDS, counts, create, filled, tara
from tests.make import Site, make_paper, queries


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


# ---------------------------------------------------------------- as the room and the review show it


def skeleton(html: str) -> list[str]:
    """The tags of a piece with the names of their attributes and their classes: what it looks like."""
    found = []
    for tag, rest in re.findall(r"<(\w+)([^>]*)>", html):
        names = re.findall(r' ([\w-]+)="', rest)
        classes = re.findall(r' class="([^"]*)"', rest)
        found.append(f"{tag} {names} {classes}")
    return found


def test_each_kind_is_shown_by_what_shows_it_in_the_room(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        make_paper(db, shuffle_options=False)
        codes = db.exec(select(Question.code).order_by(Question.id)).all()[:4]  # type: ignore[arg-type]  # a column
    guest, browser = sqlite_site.browser(), tara(sqlite_site)
    room = guest.get(guest.post("/papers/mock-1/attempts").headers["location"]).text
    for number, code in enumerate(codes, 1):
        theirs = room.split(f'id="question-{number}"')[1].split("<fieldset>")[1].split("</fieldset>")[0]
        page = browser.get(f"/desk/questions/{code}").text
        mine = page.split('id="preview"')[1].split("as-room")[1].split("<fieldset>")[1].split("</fieldset>")[0]
        assert skeleton(mine) == skeleton(theirs), code


REVIEWED = {
    "single": ({}, ["Correct answer"]),
    "true_false": (KINDS["true_false"], ["Correct answer"]),
    "match": (KINDS["match"], ['data-result="right"', "Teapot"]),
    "order": (KINDS["order"], ["In place"]),
    "cloze": (KINDS["cloze"], ['data-result="right"', "await"]),
    "numeric": (KINDS["numeric"], ["Accepted", "12.4 to 12.6"]),
    "text": (KINDS["text"], ["Accepted", "<code>a = 1</code>"]),
}


@pytest.mark.parametrize(("changes", "told"), REVIEWED.values(), ids=REVIEWED.keys())
def test_the_review_is_shown_with_the_answers_and_the_room_without(
    sqlite_site: Site, changes: dict[str, Any], told: list[str]
) -> None:
    page = preview(sqlite_site, **changes)
    room, review = page.split("as-review")
    for words in told:
        assert words in (page if words == "Teapot" else review)
    assert "An empty list has no items." in review
    assert "An empty list has no items." not in room
    assert "data-result" not in room


def test_without_scripts_or_with_them_the_view_is_chosen_by_radios(sqlite_site: Site) -> None:
    page = tara(sqlite_site).get("/desk/questions/new").text
    assert re.findall(r'name="preview_as" id="as-(\w+)" value="\w+"( checked)?', page) == [
        ("desktop", ""), ("phone", " checked"), ("review", ""),
    ]  # fmt: skip
    assert "preview_as" not in page.split('id="question-form"')[1].split("</form>")[0], "no form sends them"
