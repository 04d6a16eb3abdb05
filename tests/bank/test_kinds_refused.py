"""What is said beside the fields of each kind that don't fit; nothing is stored half and nothing written is lost."""

from typing import Any

import pytest

from tests.bank.desk_of import KINDS, errors_in, fields_in, filled, tara
from tests.make import Site

BAD: dict[str, tuple[str, dict[str, Any], str]] = {
    "neither true nor false": ("true_false", {"truth": ""}, "truth"),
    "one pair": ("match", {"pair_left": ["200", "", "", ""]}, "options"),
    "nothing to match": ("match", {"pair_right": ["Same"] * 4}, "options"),
    "a left without a right": ("match", {"pair_right": ["A", "", "C", "D"]}, "right-new2"),
    "equal lefts": ("match", {"pair_left": ["200", "200", "201", ""]}, "left-new2"),
    "huge right": ("match", {"pair_right": ["x" * 2_001, "B", "C", "D"]}, "right-new1"),
    "right of another question": ("match", {"pair_right_id": ["cabc234", "", "", ""]}, "right-new1"),
    "two steps": ("order", {"step_id": ["new1", "new2"], "step_text": ["A", "B"]}, "options"),
    "eleven steps": (
        "order", {"step_id": [f"new{n}" for n in range(11)], "step_text": [str(n) for n in range(11)]}, "options",
    ),
    "empty step": ("order", {"step_text": ["A", " ", "C"]}, "step-new2"),
    "equal steps": ("order", {"step_text": ["A", "B", "A"]}, "step-new3"),
    "no gaps": ("cloze", {"stem": "Nothing", "gap_lines": ["", "", ""]}, "stem"),
    "a gap twice": ("cloze", {"stem": "[[1]] [[1]] [[2]] [[3]]"}, "stem"),
    "a gap left out": ("cloze", {"stem": "[[1]] [[3]]", "gap_lines": ["* a\nb", "", "3"]}, "stem"),
    "a gap without an answer": ("cloze", {"gap_lines": ["* a\nb", " ", "3"]}, "gap-2"),
    "an answer without a gap": ("cloze", {"stem": "[[1]] [[2]]"}, "gap-3"),
    "a gap of one choice": ("cloze", {"gap_lines": ["* a", "b", "3"]}, "gap-1"),
    "no right choice in a gap": ("cloze", {"gap_lines": ["a\nb", "b", "3"]}, "gap-1"),
    "two right choices in a gap": ("cloze", {"gap_lines": ["* a\n* b", "b", "3"]}, "gap-1"),
    "equal choices in a gap": ("cloze", {"gap_lines": ["* a\na", "b", "3"]}, "gap-1"),
    "no number in a gap": ("cloze", {"gap_lines": ["* a\nb", "b", "many"]}, "gap-3"),
    "unknown type of gap": ("cloze", {"gap_type": ["riddle", "text", "number"]}, "gap-1"),
    "NUL in a gap": ("cloze", {"gap_lines": ["* a\nb\0", "b", "3"]}, "gap-1"),
    "alternative nonsense": ("numeric", {"also": "about ten"}, "also"),
    "alternative reversed": ("numeric", {"also": "4 to 3"}, "also"),
    "alternative with a tolerance below 0": ("numeric", {"also": "4 ± -1"}, "also"),
    "ten alternatives": ("numeric", {"also": "\n".join(map(str, range(10)))}, "also"),
    "half a decimal": ("decimals", {"places": "1.5"}, "places"),
    "13 decimals": ("decimals", {"places": "13"}, "places"),
    "more decimals than are compared": ("decimals", {"places": "1"}, "places"),
    "unknown way to cut": ("decimals", {"places_how": "guess"}, "places_how"),
    "an answer of nothing but stars": ("text", {"answers": "**"}, "answers"),
    "passage without a name": ("text", {"passage": "A river."}, "passage_code"),
    "name with spaces": ("text", {"passage": "A river.", "passage_code": "two words"}, "passage_code"),
    "name without a passage": ("text", {"passage_code": "river-2"}, "passage"),
    "huge passage": ("text", {"passage": "x" * 20_001, "passage_code": "river-2"}, "passage"),
    "choices translated, the question not": (
        "order", {"hi_for": ["step-new1", "step-new2", "step-new3"], "hi_text": ["क", "ख", "ग"]}, "hi_stem",
    ),
    "half the steps translated": (
        "order", {"hi_stem": "क्रम", "hi_for": ["step-new1", "step-new2"], "hi_text": ["क", "ख"]}, "hi-step-new3",
    ),
    "gap choices translated by halves": (
        "cloze", {"hi_stem": "[[1]] [[2]] [[3]]", "hi_for": ["gap-1"], "hi_text": ["एक"]}, "hi-gap-1",
    ),
}  # fmt: skip


@pytest.fixture
def bad_browser(sqlite_site: Site) -> Any:
    return tara(sqlite_site)


@pytest.mark.parametrize(("kind", "changes", "control"), BAD.values(), ids=BAD.keys())
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_written_is_lost(
    bad_browser: Any, kind: str, changes: dict[str, Any], control: str
) -> None:
    sent = filled(**KINDS[kind]) | changes
    reply = bad_browser.post("/desk/questions", data=sent)
    assert reply.status_code == 422
    assert set(errors_in(reply.text)) == {control}
    assert f'href="#{control}"' in reply.text
    assert f'id="{control}"' in reply.text
    form = fields_in(reply.text)
    for name in ("pair_left", "pair_right", "step_text", "gap_lines", "also", "answers", "hi_stem", "passage"):
        written = sent.get(name, [])
        for text in [written] if isinstance(written, str) else written:
            assert (
                text.replace("\0", "") in "\n".join(form.get(name, [])).replace("\0", "").replace("�", "") or not text
            )


@pytest.mark.parametrize(
    "changes",
    [
        {"pair_id": ["new1"]}, {"pair_right_id": ["<b>", "", "", ""]}, {"step_id": ["new1", "new1", "new2"]},
        {"gap": ["1", "1", "2"]}, {"gap": ["0", "1", "2"]}, {"gap": ["x", "1", "2"]}, {"hi_for": ["option-new1"]},
        {"step_id": [f"new{n}" for n in range(30)], "step_text": ["x"] * 30},
    ],
)  # fmt: skip
def test_rows_that_do_not_fit_together_are_refused_whole(sqlite_site: Site, changes: dict[str, Any]) -> None:
    sent: dict[str, Any] = filled()
    for kind in KINDS.values():
        sent |= kind
    assert tara(sqlite_site).post("/desk/questions", data=sent | changes).status_code == 422
