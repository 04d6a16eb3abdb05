"""Why an option is right or wrong, written below it as lines with `> `."""

from pathlib import Path

from mockhall.formats.content import read_paper
from tests.formats.test_images import PNG, folder
from tests.formats.test_passages import translated
from tests.formats.texts import SINGLE, question, said

WHY = """- [ ] `1`
  > Nothing was added.
  >
  > Not even `0`.
"""
EXPLAINED = SINGLE.replace("- [ ] `1`\n", WHY).replace("{pinned}\n", "{pinned}\n  > 2 is among them.\n")


def test_an_explanation_is_no_part_of_its_option() -> None:
    plain, _ = question(SINGLE)
    value, problems = question(EXPLAINED)
    assert problems == []
    assert plain
    assert value
    assert value.options == plain.options  # ids are made from texts: they must not change with an explanation
    ids = {each.text: each.id for each in value.options}
    assert value.option_solutions == {
        "en": {ids["`1`"]: "Nothing was added.\n\nNot even `0`.", ids["None of these"]: "2 is among them."}
    }


def test_a_question_without_them_says_nothing() -> None:
    value, _ = question(SINGLE)
    assert value
    assert value.option_solutions == {}


def test_text_behind_an_explanation_is_an_error_for_it_would_be_read_too_early() -> None:
    _, problems = question(SINGLE.replace("- [ ] `1`\n", "- [ ] `1`\n  > Nothing was added.\n  More text.\n"))
    assert "stand behind all of its text" in said(problems)


def test_a_quote_in_a_code_block_is_code() -> None:
    code = "- [ ] Prompt\n  ```text\n  > go\n  ```\n"
    value, problems = question(SINGLE.replace("- [ ] `1`\n", code))
    assert problems == []
    assert value
    assert "> go" in value.options[0].text
    assert value.option_solutions == {}


def test_translations_explain_options_apart(tmp_path: Path) -> None:
    hindi = "पहला?\n\n## Options\n\n- [ ] एक\n  > कुछ नहीं जुड़ा।\n- [ ] दो\n- [ ] कोई नहीं\n"
    value, found = translated(tmp_path, EXPLAINED, hindi)
    assert "जुड़ा" not in str(found)
    assert value.option_solutions["hi"] == {value.options[0].id: "कुछ नहीं जुड़ा।"}


def test_a_picture_in_an_explanation_gets_its_address(tmp_path: Path) -> None:
    text = EXPLAINED.replace("2 is among them.", "![A two](images/two.png)")
    home = folder(tmp_path, "", two_png=PNG)
    (home / "01-one.md").write_text(text, "utf-8")
    value, problems = read_paper(home)
    assert problems == []
    assert value
    assert any("](/images/" in why for why in value.questions[0].option_solutions["en"].values())
