"""The Hindi of a question in its form: what it keeps while type and rows change, and what stands beside each field."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.bank.desk_of import KINDS, create, fields_in, filled, stored, tara
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
