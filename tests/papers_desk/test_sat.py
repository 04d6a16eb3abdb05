"""What is written and set at the desk reaches candidates: each kind answered and marked, each draw drawn."""

from typing import Any

import pytest

from tests.attempts.room_of import sit
from tests.bank.desk_of import KINDS, create, stored, tara
from tests.make import Site, make_paper, single

RIGHT: dict[str, Any] = {
    "true_false": lambda key: {"choice": key["options"]},
    "match": lambda key: {f"pair.{left}": right for left, right in key["pairs"].items()},
    "order": lambda key: {"choice": key["order"]},
    "cloze": lambda key: {"gap.1": key["gaps"]["1"]["options"][0], "gap.2": "await", "gap.3": "2.4"},
    "numeric": lambda _key: {"text": "3.5"},
    "decimals": lambda _key: {"text": "1.2599"},
    "text": lambda _key: {"text": "b and more"},
}
"""A right answer to each of desk_of.KINDS, as the exam room sends it."""


@pytest.mark.parametrize("name", KINDS)
def test_a_question_of_each_kind_is_put_into_a_test_answered_and_marked_right(site: Site, name: str) -> None:
    with site.writing() as db:
        make_paper(db, sections={"Only": [single()]})
    browser = tara(site)
    code = create(browser, **KINDS[name], status="verified")
    put = {"question": code, "section": "1", "version": "1"}
    assert browser.post("/desk/papers/mock-1/questions", data=put).status_code == 303
    asha = sit(site)
    answer = RIGHT[name](stored(site, code)[1][0].key)
    assert asha.save(2, seq="1", **answer).status_code == 200
    asha.submit()
    result = asha.browser.get(f"/attempts/{asha.code}/result", headers={"Accept": "application/json"}).json()
    assert (result["questions"][1]["outcome"], result["questions"][1]["marks"]) == ("right", "3")


def test_what_a_section_draws_is_asked(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, sections={"Only": [single(stem="Fixed?")]})
    browser = tara(site)
    create(browser, status="verified", topic="Joins", stem="Drawn?")
    draw = {"draw_count": "1", "draw_topic": "Joins", "then": "add_draw"}
    assert browser.post("/desk/papers/mock-1/sections/1", data=draw).status_code == 303
    asha = sit(site)
    stems = asha.question(1)["stem_html"] + asha.question(2)["stem_html"]
    assert "Fixed?" in stems
    assert "Drawn?" in stems
