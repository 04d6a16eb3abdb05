"""Two editors at one test's rules: the later one is shown both, and nothing typed is lost."""

from typing import Any

from mockhall.papers.desk_differences import LABELS, SWITCHES
from mockhall.papers.desk_rules import FIELDS, TICKS
from tests.bank.desk_of import tara
from tests.make import Site, make_paper
from tests.papers_desk.test_papers import paper_of
from tests.papers_desk.test_rules import form_on

PAPER = "/desk/papers/mock-1"


def test_rules_written_over_an_older_version_are_shown_beside_those_saved_meanwhile(site: Site) -> None:
    with site.writing() as db:
        make_paper(db)
    browser = tara(site)
    form: dict[str, Any] = form_on(browser.get(PAPER).text)
    theirs = form | {"title": ["Mock one, autumn"], "shown": ["later-attempt", "closed-attempt"]}
    assert browser.post(PAPER, data=theirs).status_code == 303
    mine = form | {"title": ["<b>Mine</b>"], "minutes": ["45"], "calculator": ["1"]}
    reply = browser.post(PAPER, data=mine)
    assert reply.status_code == 409
    assert "The rules were saved as version 2 while you wrote" in reply.text
    both = reply.text.split('id="conflict"')[1].split("</section>")[0]
    for words in ("Mock one, autumn", "&lt;b&gt;Mine&lt;/b&gt;", "45", "30", "Calculator", "What candidates see"):
        assert words in both, words
    assert "Subject" not in both, "what says the same is left out"
    kept = form_on(reply.text)
    assert (kept["title"], kept["minutes"], kept["version"]) == (["<b>Mine</b>"], ["45"], ["2"])
    assert paper_of(site, "mock-1")[0].version == 2
    assert browser.post(PAPER, data=kept).status_code == 303
    paper, version = paper_of(site, "mock-1")
    assert (paper.version, paper.title, version.minutes, version.calculator) == (3, "<b>Mine</b>", 45, True)


def test_a_change_of_the_sections_or_one_taken_back_is_no_conflict_with_the_rules(site: Site) -> None:
    with site.writing() as db:
        make_paper(db)
    browser = tara(site)
    form = form_on(browser.get(PAPER).text) | {"summary": ["Typed"]}
    browser.post(f"{PAPER}/sections/1", data={"then": "rename", "title": "X"})
    browser.post(f"{PAPER}/undo", data={"version": "2"})
    browser.post(f"{PAPER}/sections/1", data={"then": "rename", "title": "Renamed"})
    assert browser.post(PAPER, data=form).status_code == 303
    paper, version = paper_of(site, "mock-1")
    assert (version.number, paper.summary) == (5, "Typed")
    assert "1. Renamed" in browser.get(PAPER).text
    assert browser.post(PAPER, data=form).status_code == 409, "what was typed over version 1 is a conflict now"


def test_each_field_that_differs_says_whose_change_it_is(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        make_paper(db)
    browser = tara(sqlite_site)
    form: dict[str, Any] = form_on(browser.get(PAPER).text)
    browser.post(PAPER, data=form | {"title": ["Theirs"], "minutes": ["60"], "summary": ["Theirs"]})
    page = browser.post(PAPER, data=form | {"attempts": ["3"], "minutes": ["45"]}).text
    both = page.split('id="conflict"')[1].split("</section>")[0]
    whose = {row.split("<")[0]: row.rpartition('data-label="Changed in">')[2].split("<")[0]
             for row in both.split('<th scope="row">')[1:]}  # fmt: skip
    assert whose == {
        "Title": "Version 2", "Minutes": "Both", "Attempts per person": "Yours", "Short description": "Version 2",
    }  # fmt: skip


def test_both_wrote_the_same(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        make_paper(db)
    browser = tara(sqlite_site)
    form = form_on(browser.get(PAPER).text) | {"title": ["Ours"]}
    browser.post(PAPER, data=form)
    assert "Both say the same of the rules." in browser.post(PAPER, data=form).text


def test_every_field_of_the_rules_has_its_words() -> None:
    assert set(FIELDS) - set(LABELS) == {"preset", "reveal", "start"}
    assert set(SWITCHES) == set(TICKS)
