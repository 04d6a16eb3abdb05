"""What is said beside a field that doesn't fit; nothing is stored half and nothing written is lost."""

from typing import Any

import pytest

from tests.bank.desk_of import counts, create, errors_in, filled, stored, tara
from tests.make import Site

BAD: dict[str, tuple[dict[str, Any], str]] = {
    "empty stem": ({"stem": "  \n "}, "stem"),
    "NUL in the stem": ({"stem": "a\0b"}, "stem"),
    "huge stem": ({"stem": "x" * 20_001}, "stem"),
    "huge explanation": ({"solution": "x" * 20_001}, "solution"),
    "no key": ({"key": []}, "options"),
    "two keys in a single choice": ({"key": ["new1", "new2"]}, "options"),
    "empty choice": ({"option_text": ["1", "0", " "]}, "option-new3"),
    "equal choices": ({"option_text": ["a  b", "0", " a b "]}, "option-new3"),
    "huge choice": ({"option_text": ["x" * 2_001, "0", "c"]}, "option-new1"),
    "one choice": ({"option_id": ["new1"], "option_text": ["1"], "key": "new1"}, "options"),
    "no choices": ({"option_id": [], "option_text": [], "key": []}, "options"),
    "eleven choices": (
        {"option_id": [f"new{n}" for n in range(11)], "option_text": [str(n) for n in range(11)]},
        "options",
    ),
    "choice of another question": ({"option_id": ["cabc234", "new2", "new3"]}, "option-cabc234"),
    "unknown kind": ({"kind": "riddle"}, "kind"),
    "unknown difficulty": ({"difficulty": "Hard"}, "difficulty"),
    "no subject": ({"subject": " "}, "subject"),
    "a topic that is its own subject": ({"subject": "Python", "topic": " PYTHON "}, "topic"),
    "picture without words": ({"stem": f"![](/images/{'0' * 32}.png)"}, "stem"),
    "picture that is not there": (
        {"solution": f"![a curve](/images/{'0' * 32}.png) An empty list has no items."},
        "solution",
    ),
    "long topic": ({"topic": "x" * 121}, "topic"),
    "number nonsense": ({"kind": "numeric", "value": "12..0"}, "value"),
    "no number": ({"kind": "numeric"}, "value"),
    "ambiguous comma": ({"kind": "numeric", "value": "1,234"}, "value"),
    "number too long to keep": ({"kind": "numeric", "value": "1e300"}, "value"),
    "negative tolerance": ({"kind": "numeric", "value": "1", "tolerance": "-1"}, "tolerance"),
    "tolerance nonsense": ({"kind": "numeric", "value": "1", "tolerance": "some"}, "tolerance"),
    "reversed range": ({"kind": "numeric", "right_is": "range", "low": "4", "high": "3"}, "low"),
    "half a range": ({"kind": "numeric", "right_is": "range", "low": "4"}, "high"),
    "long unit": ({"kind": "numeric", "value": "1", "unit": "k" * 41}, "unit"),
    "no accepted answer": ({"kind": "text", "answers": "\n \n"}, "answers"),
    "51 accepted answers": ({"kind": "text", "answers": "\n".join(map(str, range(51)))}, "answers"),
    "answer nobody can type": ({"kind": "text", "answers": "x" * 2_001}, "answers"),
    "script as a reference": ({"reference": "javascript:alert(1)"}, "reference"),
    "script as a reference with a host": ({"reference": "javascript://a.example/%0aalert(1)"}, "reference"),
    "half an address": ({"reference": "https://[half"}, "reference"),
    "21 tags": ({"tags": ",".join(map(str, range(21)))}, "tags"),
    "long tag": ({"tags": "x" * 41}, "tags"),
    "positive marks for wrong": ({"wrong": "1"}, "wrong"),
    "no marks for right": ({"full": "0"}, "full"),
    "marks nonsense": ({"full": "=1+1"}, "full"),
    "unknown partial rule": ({"partial": "some"}, "partial"),
}


@pytest.mark.parametrize(("changes", "control"), BAD.values(), ids=BAD.keys())
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_stored(
    sqlite_site: Site, bad_browser: Any, changes: dict[str, Any], control: str
) -> None:
    reply = bad_browser.post("/desk/questions", data=filled(**changes))
    assert reply.status_code == 422
    assert set(errors_in(reply.text)) == {control}
    assert f'href="#{control}"' in reply.text, "the summary leads to it"
    assert f'id="{control}"' in reply.text
    assert 'aria-invalid="true"' in reply.text
    assert 'role="alert"' in reply.text
    assert counts(sqlite_site) == (0, 0)
    assert "An empty list has no items." in reply.text or "solution" in changes, "what was written is still there"


@pytest.fixture
def bad_browser(sqlite_site: Site) -> Any:
    return tara(sqlite_site)


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "new9"}, {"key": ["new2", "zzz"]}, {"option_id": ["new1", "new1", "new2"]},
        {"option_id": ["new1", "new2"]}, {"option_id": ["<b>", "new2", "new3"]}, {"then": "explode"}, {"then": "up:99"},
    ],
)  # fmt: skip
def test_a_form_no_page_of_ours_sends_is_refused_whole(sqlite_site: Site, changes: dict[str, Any]) -> None:
    assert tara(sqlite_site).post("/desk/questions", data=filled(**changes)).status_code == 422
    assert counts(sqlite_site) == (0, 0)


def test_nothing_written_is_lost_when_a_field_does_not_fit(sqlite_site: Site) -> None:
    sent = filled(stem="", topic="Töpic", tags="one, two", reference="https://a.example/x", pin_last="1")
    page = tara(sqlite_site).post("/desk/questions", data=sent).text
    rows = (">\n1</textarea>", ">\n0</textarea>", ">\nNone</textarea>")
    for text in ("Töpic", "one, two", "https://a.example/x", *rows):
        assert text in page
    assert 'value="new2" checked' in page
    assert 'name="pin_last" value="1" checked' in page


def test_markup_and_formulas_in_any_field_are_shown_as_text(sqlite_site: Site) -> None:
    evil = "<script>alert(1)</script>"
    browser = tara(sqlite_site)
    code = create(
        browser, stem=f"{evil} =1+1 [x](javascript:alert(1))", option_text=[evil, "=1+1", "c"], topic=evil, tags=evil,
        solution=evil,
    )  # fmt: skip
    for address in (f"/desk/questions/{code}", "/desk/questions"):
        page = browser.get(address).text
        assert "<script>alert" not in page
        assert 'href="javascript' not in page
    assert stored(sqlite_site, code)[1][0].options[1]["text"] == "=1+1"
