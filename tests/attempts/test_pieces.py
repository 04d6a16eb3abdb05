"""The room put together from pieces is, byte for byte, the one its templates make anew."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from httpx2 import Response
from markupsafe import Markup

from tests.attempts.room_of import Sitting, a_paper, sit
from tests.kinds import cloze, gaps, match, order, pairs, true_false
from tests.make import Site, multiple, numeric, single, text

CODE = "What is printed?\n\n```python\nprint('<&>')\n```\n"
ASKED = [
    single(stem=CODE, options=("A <b> & \"c\"", "`x`", "$x^2$", "```\nmany\nlines\n```")),
    multiple(stem="Which of {{ these }} & <those>?"), numeric(unit="m/s²"), text(stem=CODE),
    true_false(), match(), order(), cloze(), single(stem="Again?", scheme={"full": "5", "wrong": "-5/3"}),
]  # fmt: skip
HINDI = {"hi": {"stem": "क्या छपता है?", "options": {"o1": "एक", "o2": "दो"}}}
ANSWERS: dict[int, dict[str, Any]] = {
    1: {"choice": "o2"}, 2: {"choice": ["o1", "o3"], "marked": "1"}, 3: {"text": "-2.5"},
    4: {"text": "\"<&>' {{ 7*7 }} \\1 \\g<0>"},
    5: {"choice": "f"}, 6: pairs(l1="r1"), 8: gaps("c1", "<&>", "5"), 9: {"marked": "1"},
}  # fmt: skip


@contextmanager
def made_anew(site: Site) -> Iterator[None]:
    """Inside, the room's templates make everything themselves."""
    environment = site.app.state.templates
    parts = environment.get_template("shared/room.html").module
    kept = {name: environment.globals[name] for name in ("question_form", "cells")}

    def cells(states: Any, here: int, shut: Any) -> Markup:
        return Markup("").join(parts.cell(number, state, here, number in shut) for number, state in states)

    environment.globals.update(question_form=lambda *_: None, cells=cells)
    site.app.state.lane.rooms.clear()
    yield
    site.app.state.lane.rooms.clear()
    environment.globals.update(kept)


def compare(site: Site, sitting: Sitting, count: int) -> None:
    """Each question of the room both ways: from pieces made now, and from those kept."""
    room = f"/attempts/{sitting.code}"
    for path in [room, *(f"{room}/questions/{number}" for number in range(1, count + 1))]:
        with made_anew(site):
            anew = sitting.browser.get(path)
        for _ in range(2):
            pieced = sitting.browser.get(path)
            site.app.state.lane.rooms.clear()
            assert pieced.status_code == anew.status_code, path
            assert pieced.status_code == 200 or path != room
            assert pieced.text == anew.text
            assert not re.search(r"m[0-9a-f]{24}_", pieced.text), "a mark is left in the page"


@pytest.mark.parametrize(
    "rules",
    [
        {},
        {"certainty": True, "shuffle_questions": True},
        {"save_policy": "strict_cbt", "shuffle_options": False},
        {"languages": ["en", "hi"], "scheme": {"full": "4", "wrong": "-1", "partial": "ratio"}},
    ],
    ids=["plain", "certainty", "strict", "hindi"],
)
def test_questions_of_all_kinds_before_and_after_they_are_answered(site: Site, rules: dict[str, Any]) -> None:
    asked = [*ASKED, single(stem="In two languages?", translations=HINDI)]
    a_paper(site, sections={"One": asked, "Two": [single(), numeric()]}, **rules)
    asha, ben = sit(site), sit(site)
    compare(site, asha, 12)
    for number, fields in ANSWERS.items():
        sure = {"certainty": "2"} if "certainty" in rules and len(fields) == 1 else {}
        asha.save(number, None, **fields, **sure, seq=1, tab="x", active_ms=4200)
    compare(site, asha, 12)
    compare(site, ben, 12)
    asha.browser.post(f"/attempts/{asha.code}/language", data={"language": "hi"})
    compare(site, asha, 12)


@pytest.mark.parametrize("rules", [{"one_way": True}, {"question_seconds": 60}, {"choose": "best", "choose_k": 2}])
def test_sections_in_order_and_questions_one_by_one(site: Site, rules: dict[str, Any]) -> None:
    sections = {"One": [single(stem="STEM-ONE"), numeric(), text()], "Two": [single(stem="STEM-TWO"), multiple()]}
    a_paper(site, sections=sections, sat={"One": rules, "Two": {"minutes_max": 10}})
    asha = sit(site)
    compare(site, asha, 5)
    asha.save(1, choice="o1", seq=1, tab="x")
    compare(site, asha, 5)


def test_a_section_seen_closed_leaves_nothing_for_the_one_who_opens_it(site: Site) -> None:
    sections = {"One": [single(stem="STEM-ONE")], "Two": [single(stem="STEM-TWO")]}
    a_paper(site, sections=sections, sat={each: {"minutes_max": 10} for each in sections})
    asha, ben = sit(site), sit(site)
    asha.browser.post(f"/attempts/{asha.code}/sections/1")
    for room in (asha, ben):
        compare(site, room, 2)
    assert "STEM-TWO" in asha.browser.get(f"/attempts/{asha.code}").text
    assert "STEM-TWO" not in ben.browser.get(f"/attempts/{ben.code}").text


def test_what_a_refused_form_held_is_shown_again(site: Site) -> None:
    a_paper(site)
    asha = sit(site)

    def refused() -> Response:
        return asha.press(3, "next", text='no "number" <&>', marked="1")

    with made_anew(site):
        anew = refused()
    pieced = refused()
    assert (pieced.status_code, pieced.text) == (anew.status_code, anew.text)
    assert "no &#34;number&#34; &lt;&amp;&gt;" in pieced.text
