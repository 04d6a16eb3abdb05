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
    assert "Someone saved version 2 while you wrote" in reply.text
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


def test_where_only_the_questions_changed_it_says_so(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        make_paper(db)
    browser = tara(sqlite_site)
    form = form_on(browser.get(PAPER).text)
    browser.post(f"{PAPER}/sections/1", data={"then": "rename", "title": "X"})
    reply = browser.post(PAPER, data=form)
    assert reply.status_code == 409
    assert "What changed are the sections or questions." in reply.text


def test_every_field_of_the_rules_has_its_words() -> None:
    assert set(FIELDS) - set(LABELS) == {"preset", "reveal", "start"}
    assert set(SWITCHES) == set(TICKS)
