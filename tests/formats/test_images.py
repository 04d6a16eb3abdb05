"""Pictures in content: found, named by their hash, refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from mockhall.formats.content import read_paper
from mockhall.formats.images import LARGEST
from tests.formats.texts import SINGLE, good, said, write_paper

PNG = b"\x89PNG\r\n\x1a\n" + b"curve"


def folder(home: Path, text: str, **files: bytes) -> Path:
    """A good paper whose first question says `text`; files by their name, `_` for the dot."""
    made = write_paper(home / "a-test", {"01-one.md": SINGLE.replace("What is $1 + 1$?", text)})
    (made / "images").mkdir()
    for name, data in files.items():
        (made / "images" / name.replace("_", ".")).write_bytes(data)
    return made


def test_a_picture_is_named_by_what_it_holds_wherever_a_text_shows_it(tmp_path: Path) -> None:
    made = folder(tmp_path, "![A curve](images/curve.png) What?", curve_png=PNG)
    path = made / "01-one.md"
    path.write_text(path.read_text("utf-8").replace("- [ ] `1`", "- [ ] ![One](images/curve.png)"), "utf-8")
    paper = good(read_paper(made))
    (image,) = paper.images
    assert image.data == PNG
    assert paper.questions[0].stem == f"![A curve](/images/{image.address}) What?"
    assert paper.questions[0].options[0].text == f"![One](/images/{image.address})"
    before = paper.digest
    (made / "images/curve.png").write_bytes(PNG + b"!")
    after = good(read_paper(made))
    assert (after.digest != before, after.images[0].address != image.address) == (True, True)


@pytest.mark.parametrize(
    ("text", "files", "problem"),
    [
        ("![A curve](images/curve.png)", {}, "There is no picture `images/curve.png`"),
        ("![A curve](images/curv.png)", {"curve_png": PNG}, "Did you mean `curve.png`?"),
        ("![](images/curve.png)", {"curve_png": PNG}, "has no words"),
        ("What?", {"curve_png": PNG}, "No text shows it"),
        ("What?", {"curve_svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}, "ends in .png, .jpg, .gif, .webp"),
        ("What?", {"curve_png": b"<svg onload='x'/>"}, "is no png picture"),
        ("What?", {"curve_webp": b"RIFF\0\0\0\0WAVE"}, "is no webp picture"),
        ("What?", {"curve_png": PNG + b"x" * LARGEST}, "over 512 kB"),
        ("What?", {"Curve One_png": PNG}, "small letters"),
    ],
)
def test_what_is_no_sound_picture_is_refused_with_the_reason(
    tmp_path: Path, text: str, files: dict[str, bytes], problem: str
) -> None:
    _, problems = read_paper(folder(tmp_path, text, **files))
    assert problem in said(problems)


def test_a_link_that_leads_out_of_the_folder_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    made = folder(tmp_path, "What?")
    (made / "images/curve.png").symlink_to(tmp_path / "secret.png")
    _, problems = read_paper(made)
    assert "can't be read" in said(problems)
