"""PDF files: what goes in as data comes out as text, letters are ours, turns are taken, and all works without typst."""

import asyncio
import io
import logging
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pypdf
import pytest

from mockhall import paths
from mockhall.web import made, pdf
from mockhall.web.errors import Refused
from tests.make import START, Site

ATTACKS = [
    "#set page(fill: red)", "#panic(1)", "*bold* _it_ `raw` $x$ @ref <label>", '#read("base.typ")', "\\ \\u{41} // no",
    '"quoted" \'too\'', "= Heading", "#import \"@preview/x:0.1.0\"", "</text><script>", "https://x.example/a_b",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Templates of the test's own beside the one that all share."""
    (tmp_path / "base.typ").write_text((pdf.FOLDER / "base.typ").read_text("utf-8"), "utf-8")
    (tmp_path / "try.typ").write_text(
        '#import "base.typ": *\n#show: document-of.with(data.title, site: "Mockhall", made: "today")\n'
        "= #data.title\n#for each in data.texts [#each\\ ]\n"
        '#listing((("Name", false), ("Score", true)), data.rows)\n',
        "utf-8",
    )
    return tmp_path


def pressed(folder: Path, title: str = "Report", texts: Any = (), rows: Any = ()) -> bytes:
    return pdf.make("try", {"title": title, "texts": list(texts), "rows": list(rows)}, START, folder)


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(content).pages)


def says_ua(content: bytes) -> bool:
    catalog: Any = read(content).trailer["/Root"]
    return b"pdfuaid" in catalog["/Metadata"].get_data()


@pytest.mark.parametrize("attack", ATTACKS)
def test_data_is_text_and_never_markup(folder: Path, attack: str) -> None:
    content = pressed(folder, attack, [attack], [[attack, "1"]])
    assert text_of(content).count(attack) >= 3
    assert read(content).metadata["/Title"] == attack  # type: ignore[index]


def test_a_pdf_is_tagged_and_keeps_to_pdf_ua(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    content = pressed(folder, "Aśha ₹ −1 √ ≤", ["प्रश्न क्षत्रिय"], [["Asha", "-1/3"]])
    catalog: Any = read(content).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] is True or catalog["/MarkInfo"]["/Marked"].value
    assert says_ua(content)
    assert not caplog.records
    assert "−1/3" in text_of(content)


def test_hindi_comes_in_its_own_letters_and_back_as_the_same_text(folder: Path) -> None:
    content = pressed(
        folder, texts=["प्रश्न"]
    )  # words with signs out of order come back doubled from pypdf, not from readers
    assert "प्रश्न" in text_of(content)
    fonts = {name for page in read(content).pages for name in fonts_of(page)}
    assert any("devanagari" in name.lower() for name in fonts), fonts


def fonts_of(page: Any) -> set[str]:
    return {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}


def test_signs_that_no_font_draws_cost_the_claim_and_not_the_file(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:  # fmt: skip
    content = pressed(folder, texts=["தமிழ் 漢字 😀", "still here"])
    assert "still here" in text_of(content)
    assert not says_ua(content)
    assert "PDF/UA" in caplog.text


def test_what_is_no_character_is_left_out(folder: Path) -> None:
    assert "abcd" in text_of(pressed(folder, "x\0", ["a\0b\x07c\ud800\uffffd"], [["\x1b", "\x00"]]))


def test_the_machines_fonts_are_not_asked(folder: Path) -> None:
    (folder / "try.typ").write_text(
        '#import "base.typ": *\n#set document(title: "x")\n#set text(font: "DejaVu Sans")\nplain words', "utf-8"
    )
    names = fonts_of(read(pressed(folder)).pages[0])
    assert not any("DejaVuSans" in name for name in names), names


def test_a_template_that_fails_is_refused_in_words_and_logged(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    (folder / "try.typ").write_text("#data.missing", "utf-8")
    with caplog.at_level(logging.ERROR), pytest.raises(Refused) as refused:
        pressed(folder)
    assert refused.value.status_code == 503
    assert "could not be made" in caplog.text


def test_what_takes_too_long_is_given_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "try.typ").write_text(
        "#let x = 0\n#while x < 900000000 { x = x + 1; if x > 800000000 { x = 0 } }", "utf-8"
    )
    monkeypatch.setattr(pdf, "LONGEST", 1)
    with pytest.raises(Refused):
        pressed(folder)


def test_templates_never_read_data_as_markup_and_fetch_nothing() -> None:
    found = sorted((paths.TEMPLATES / "pdf").glob("*.typ"))
    assert found
    for path in found:
        text = path.read_text("utf-8")
        assert "eval(" not in text, path.name
        assert "@preview" not in text, path.name


def test_two_are_made_at_a_time_and_the_others_wait_without_a_thread() -> None:
    running, most, threads = 0, 0, set()
    both, lock = threading.Barrier(made.AT_A_TIME), threading.Lock()

    def press() -> bytes:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            threads.add(threading.get_ident())
        both.wait(timeout=20)  # two do run side by side
        with lock:
            running -= 1
        return b"%PDF-"

    async def receive() -> Any:
        return {}

    async def send(message: Any) -> None:
        return None

    async def all_at_once() -> None:
        scope = {"type": "http"}
        await asyncio.gather(*(pdf.PdfReply(press, "attachment")(scope, receive, send) for _ in range(8)))

    # In a thread of its own: a test in a browser leaves a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(all_at_once())).result(timeout=60)
    assert most == made.AT_A_TIME


def test_without_typst_nothing_offers_a_pdf(sqlite_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: Any = sqlite_site.app.state.templates.globals["pdf_installed"]
    assert shown()
    monkeypatch.setitem(sys.modules, "typst", None)
    assert not shown()
    with pytest.raises(Refused, match="404"):
        pdf.Required.dependency()
