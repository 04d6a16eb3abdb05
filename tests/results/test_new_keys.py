"""A ruling that changes the key, for a question of each kind."""

from typing import Any

import pytest

from mockhall.attempts.forms import SaveForm
from tests import kinds
from tests.make import Site, make_paper, multiple, numeric, text
from tests.results.sitting import chose, person, sit, typed
from tests.results.test_rulings import look, question, scores, tara

STEMS = {"cloze": "[[1]] [[2]] [[3]]"}
NEW_KEYS: dict[str, tuple[Any, SaveForm, dict[str, str]]] = {
    "multiple": (multiple(), chose("o3", "o4"), {"key": "o3"}),
    "numeric": (numeric(), typed("43"), {"number": "42\n43"}),
    "text": (text(), typed("amass"), {"answers": "gather\namass"}),
    "true_false": (kinds.true_false(), chose("t"), {"key": "t"}),
    "match": (
        kinds.match(), SaveForm(parts=(("l1", "r1"), ("l2", "r2"), ("l3", "r3")), seq=1),
        {"pair.l1": "r1", "pair.l2": "r2", "pair.l3": "r3"},
    ),
    "order": (kinds.order(), chose("i1", "i2", "i3", "i4"), {f"place.i{n}": str(n) for n in range(1, 5)}),
    "cloze": (
        kinds.cloze(), SaveForm(parts=(("1", "c1"), ("2", "gather"), ("3", "6")), seq=1),
        {"gap.1": "c1", "gap.2": "await\ngather", "gap.3": "5 to 6"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", NEW_KEYS)
def test_a_key_of_every_kind_can_be_changed(site: Site, kind: str) -> None:
    asked, answer, fields = NEW_KEYS[kind]
    with site.writing() as db:
        made = make_paper(db, sections={"All": [{**asked, "stem": f"Which one? {STEMS.get(kind, '')}"}]})
    sit(site, made, person(site, "Ben"), {1: answer})
    assert scores(site) == {"Ben": "-1 of 3"}
    editor, several = tara(site), {"key": ["o3", "o4"]} if kind == "multiple" else {}
    url = look(site, editor, action="change_key", **(fields | several))
    editor.post(f"{url}/apply")
    assert scores(site) == {"Ben": "3 of 3"}
    page = editor.get(f"/desk/questions/{question(site).code}/rulings").text
    assert "Since" not in page  # its newest version has the new key itself
