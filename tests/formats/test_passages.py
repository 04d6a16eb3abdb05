"""Passages shared by questions, and questions in another language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mockhall.formats.content import read_paper
from tests.formats.test_kinds import CLOZE, MATCH, ORDER, TRUE_FALSE
from tests.formats.texts import NUMERIC, SINGLE, good, said, write_paper

PASSAGE = "A ferry crosses a **river**."
ABOUT = "difficulty: Easy\npassage: ferry"


def folder(home: Path, **files: str) -> Path:
    """A good paper with further files, their names with `__` for a slash and `_` for a hyphen."""
    made = write_paper(home / "a-test")
    for name, text in files.items():
        path = made / (name.replace("__", "/").replace("_", "-") + ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return made


def with_ferry(home: Path, **files: str) -> Path:
    first, second = (text.replace("difficulty: Easy", ABOUT) for text in (SINGLE, SINGLE))
    return folder(home, **({"passages__ferry": PASSAGE, "01_one": first, "02_two": second} | files))


def test_questions_of_a_passage_hold_its_text_under_one_code(tmp_path: Path) -> None:
    first, second, third = good(read_paper(with_ferry(tmp_path))).questions
    assert first.passage_text == second.passage_text == PASSAGE
    assert first.passage == second.passage
    assert first.passage.startswith("ferry-")
    assert (third.passage, third.passage_text) == ("", "")


def test_a_passage_of_another_paper_has_another_code(tmp_path: Path) -> None:
    one, other = (good(read_paper(with_ferry(tmp_path / name))).questions[0] for name in "ab")
    assert one.passage == other.passage  # the paper's name is the same
    (tmp_path / "a/a-test").rename(tmp_path / "a/b-test")
    assert good(read_paper(tmp_path / "a/b-test")).questions[0].passage != one.passage


def test_a_change_of_a_passage_or_a_translation_is_a_change_of_the_paper(tmp_path: Path) -> None:
    made = with_ferry(tmp_path, translations__hi__02_two="दूसरा?\n\n## Options\n\n- [ ] १\n- [ ] २\n- [ ] कोई नहीं\n")
    before = good(read_paper(made)).digest
    for name in ("passages/ferry.md", "translations/hi/02-two.md"):
        path = made / name
        path.write_text(path.read_text("utf-8").replace("A ferry", "One ferry").replace("दूसरा", "अगला"), "utf-8")
        after = good(read_paper(made)).digest
        assert after != before
        before = after


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"02_two": SINGLE, "03_three": SINGLE.replace("difficulty: Easy", ABOUT)}, "are apart"),
        ({"02_two": SINGLE.replace("difficulty: Easy", "difficulty: Easy\npassage: fery")}, "Did you mean `ferry`?"),
        ({"passages__ferry": "  \n"}, "A passage has a text"),
        ({"passages__other": "Nobody asks."}, "No question names it"),
        ({"translations__hi__09_none": "कोई नहीं"}, "no question `09-none.md`"),
        ({"translations__hi__01_one": "पहला?\n\n## Options\n\n- [ ] १\n"}, "has 3 rows, its translation 1"),
        ({"translations__hi__01_one": "## Options\n\n- [ ] १\n- [ ] २\n- [ ] ३\n"}, "has no text"),
        ({"translations__HINDI__01_one": "पहला?"}, "a language has a folder of its own"),
    ],
)
def test_what_is_wrong_with_them_is_said(tmp_path: Path, files: dict[str, str], problem: str) -> None:
    _, problems = read_paper(with_ferry(tmp_path, **files))
    assert problem in said(problems)


def translated(home: Path, original: str, hindi: str) -> tuple[Any, dict[str, Any]]:
    """A question and its Hindi words by what they stand for."""
    value = good(read_paper(folder(home, **{"01_one": original, "translations__hi__01_one": hindi}))).questions[0]
    return value, dict(value.translations["hi"])  # type: ignore[arg-type]  # a dict, as the reader makes it


def test_options_are_translated_in_the_order_of_the_file_whatever_is_right(tmp_path: Path) -> None:
    hindi = "पहला?\n\n## Options\n\n- [ ] एक\n- [ ] दो\n- [ ] कोई नहीं\n\n## Explanation\n\nजोड़िए।\n"
    value, found = translated(tmp_path, SINGLE, hindi)
    words = {each.text: found["options"][each.id] for each in value.options}
    assert words == {"`1`": "एक", "`2`": "दो", "None of these": "कोई नहीं"}
    assert found["stem"] == "पहला?"
    assert "जोड़िए" not in str(found)  # the explanation waits for its own time
    assert value.solution_translations == {"hi": "जोड़िए।"}


def test_each_kind_has_its_parts_translated(tmp_path: Path) -> None:
    value, found = translated(tmp_path / "tf", TRUE_FALSE, "कहिए।\n\n## Options\n\n- [ ] सत्य\n- [ ] असत्य\n")
    assert found["options"] == {"t": "सत्य", "f": "असत्य"}
    pairs = "मिलाइए।\n\n## Pairs\n\n- `201` -> बना\n- `f() -> int` -> टिप्पणी\n- ग -> बना\n- -> गया\n"
    value, found = translated(tmp_path / "m", MATCH, pairs)
    assert {each.text: found["options"][each.id] for each in value.options} == {
        "`201`": "`201`", "`f() -> int`": "`f() -> int`", "c": "ग", "Created": "बना", "An annotation": "टिप्पणी",
        "Gone": "गया",
    }  # fmt: skip
    items = "लगाइए।\n\n## Items\n\n1. पहला\n2. दूसरा\n3. तीसरा\n4. चौथा\n"
    value, found = translated(tmp_path / "o", ORDER, items)
    assert [found["options"][each] for each in value.key.to_json()["order"]] == ["पहला", "दूसरा", "तीसरा", "चौथा"]
    gaps = "---\ngaps:\n  1: {def: साधारण, async def: अतुल्यकालिक}\n---\n[[1]] [[2]] [[3]]\n"
    value, found = translated(tmp_path / "c", CLOZE, gaps)
    assert {each.text: found["options"][each.id] for each in value.gaps[0].choices} == {
        "def": "साधारण", "async def": "अतुल्यकालिक"
    }  # fmt: skip


def test_a_passage_is_translated_beside_its_questions(tmp_path: Path) -> None:
    hindi = "पहला?\n\n## Options\n\n- [ ] १\n- [ ] २\n- [ ] ३\n"
    made = with_ferry(tmp_path, translations__hi__01_one=hindi, translations__hi__passages__ferry="एक नाव।")
    translations: Any = good(read_paper(made)).questions[0].translations
    assert translations["hi"]["passage"] == "एक नाव।"


def test_a_number_needs_only_its_text(tmp_path: Path) -> None:
    _, found = translated(tmp_path, NUMERIC, "कितना?\n")
    assert found == {"stem": "कितना?", "options": {}}
