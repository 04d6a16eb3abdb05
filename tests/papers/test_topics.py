"""A topic's page."""

import pytest

from mockhall.papers.models import PaperStatus
from mockhall.papers.versions import SectionPlan, add_version, newest_version, rules_of
from tests.make import Site, make_paper, make_person, queries, single
from tests.papers.topics import paper_on

JSON = {"Accept": "application/json"}


def test_a_subject_lists_its_tests_and_what_they_ask_about(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, "one", title="Mock one")
        paper_on(db, "Aptitude", "two", "Mock two")
        make_paper(db, "three", title="Mock three", status=PaperStatus.WITHDRAWN)
    page = site.browser().get("/topics/fastapi").text
    assert "Mock one" in page
    assert "Mock two" not in page
    assert "Mock three" not in page
    assert 'href="/topics/fastapi-basics"' in page


def test_a_topic_below_lists_the_tests_that_ask_about_it(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, "one", title="Mock one")
        paper_on(db, "Aptitude", "two", "Mock two", sections={"One": [single()]})  # on another subject, asking Basics
    reply = site.browser().get("/topics/fastapi-basics", headers=JSON)
    assert [paper["slug"] for paper in reply.json()["papers"]] == ["one", "two"]
    page = site.browser().get("/topics/fastapi-basics").text
    assert 'href="/topics/fastapi">FastAPI</a>' in page
    assert page.count('class="card test-card"') == 2


def test_what_only_an_older_version_asked_is_not_counted(site: Site) -> None:
    with site.writing() as db:
        paper = make_paper(db)
        rules, paper.version = rules_of(newest_version(db, paper)), 2
        add_version(db, paper, rules, [SectionPlan("Empty now")], site.clock())
    browser = site.browser()
    assert "What they ask about" not in browser.get("/topics/fastapi").text
    assert "No tests on this topic yet" in browser.get("/topics/fastapi-basics").text


def test_the_questions_of_drafts_are_not_counted(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, "draft", status=PaperStatus.DRAFT)
    page = site.browser().get("/topics/fastapi").text
    assert "No tests on this topic yet" in page
    assert "Basics" not in page


@pytest.mark.parametrize("slug", ["nothing", "a%00b", "%27", "x" * 5000, "..%2f..%2fetc"])
def test_an_unknown_topic_is_a_404_in_the_look_of_the_site(site: Site, slug: str) -> None:
    reply = site.browser().get(f"/topics/{slug}")
    assert reply.status_code == 404
    assert 'class="site-header"' in reply.text


@pytest.mark.parametrize("tests", [1, 30])
def test_a_topic_takes_five_queries_however_much_it_holds(site: Site, tests: int) -> None:
    with site.writing() as db:
        asha = make_person(db, "Asha")
        for number in range(tests):
            make_paper(db, f"mock-{number}", title=f"Mock {number:02}")
    browser = site.signed_in(asha)
    with queries(site) as seen:
        assert browser.get("/topics/fastapi?page=2").status_code == 200
    assert len(seen) == 5, seen
