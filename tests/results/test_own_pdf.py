"""One's own result as PDF: the example's figures, a dash for what may not be seen, texts that stay texts."""

import io
import sys
from datetime import timedelta

import pypdf
import pytest

from mockhall.accounts.models import Role
from tests.make import START, Site, single
from tests.results.sitting import EXAMPLE_ANSWERS, begin, browse, chose, example_paper, paper, person, sit


def text_of(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_example_shows_the_figures_worked_by_hand(site: Site) -> None:
    asha = person(site, "Asha")
    attempt = sit(site, example_paper(site), asha, EXAMPLE_ANSWERS)
    browser = browse(site, asha)
    reply = browser.get(f"/attempts/{attempt.code}/result.pdf")
    assert reply.headers["content-type"] == "application/pdf"
    assert 'filename="result-mock-1.pdf"' in reply.headers["content-disposition"]
    text = text_of(reply.content)
    for figure in ("Result: Mock one", "Asha", "3.67 of 16", "1 of 1", "1 of 4 answers", "−1.33", "12.33", "4.67 of 13",
                   "−1 of 3", "−0.33 of 3", "Partly right", "Not answered"):  # fmt: skip
        assert figure in text, figure
    assert f'href="/attempts/{attempt.code}/result.pdf"' in browser.get(f"/attempts/{attempt.code}/result").text


def test_what_may_not_be_seen_is_a_dash(sqlite_site: Site) -> None:
    asha = person(sqlite_site, "Asha")
    made = example_paper(sqlite_site, reveal="contest", closes_at=START + timedelta(hours=2))
    attempt = sit(sqlite_site, made, asha, EXAMPLE_ANSWERS)
    sqlite_site.clock.at = START + timedelta(minutes=1)
    text = text_of(browse(sqlite_site, asha).get(f"/attempts/{attempt.code}/result.pdf").content)
    assert not any(secret in text for secret in ("3.67", "Partly", "Wrong", "likely", "Gained", "4.67", "−1"))
    assert "– of 16" in text


def test_titles_are_texts_and_never_markup(sqlite_site: Site) -> None:
    attack = '#panic(1) *x* #read("base.typ")'
    asha = person(sqlite_site, attack)
    made = paper(sqlite_site, title=attack, sections={attack: [single(topic=attack)]})
    attempt = sit(sqlite_site, made, asha, {1: chose("o1")})
    text = text_of(browse(sqlite_site, asha).get(f"/attempts/{attempt.code}/result.pdf").content)
    assert text.count("#panic(1) *x*") >= 4


def test_only_its_owner_has_it_not_while_it_runs_and_not_without_the_extra(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    asha, made = person(site, "Asha"), example_paper(site)
    with site.writing() as db:
        running = begin(db, site, made, asha)
    browser = browse(site, asha)
    assert browser.get(f"/attempts/{running.code}/result.pdf").headers["location"] == f"/attempts/{running.code}"
    assert browse(site, person(site, "Zoe", Role.STAFF)).get(f"/attempts/{running.code}/result.pdf").status_code == 404
    site.clock.forward(hours=1)
    assert f"{running.code}/result.pdf" in browser.get(f"/attempts/{running.code}/result").text
    monkeypatch.setitem(sys.modules, "typst", None)
    assert "PDF is not installed" in browser.get(f"/attempts/{running.code}/result.pdf").text
