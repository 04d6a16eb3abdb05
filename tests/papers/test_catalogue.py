"""The catalogue: filters, pages, fragment, JSON, hostile values."""

import re

import pytest

from mockhall.accounts.models import Role
from mockhall.papers.models import PaperStatus
from tests.make import Site, make_paper, make_person, queries
from tests.papers.topics import paper_on

JSON = {"Accept": "application/json"}
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def stocked(site: Site) -> Site:
    """A site with four published tests of three topics."""
    with site.writing() as db:
        paper_on(db, "FastAPI", "routing", "Routing", minutes=10, difficulty="Easy", summary="Paths and 100% of verbs")
        paper_on(db, "FastAPI", "auth", "OAuth and scopes", minutes=40, difficulty="Medium")
        paper_on(db, "SQL and DBMS", "joins", "Joins", minutes=46, difficulty="Advanced", summary="under_score")
        paper_on(db, "Aptitude", "series", "Series", minutes=None, difficulty="Easy")
        make_paper(db, "secret", title="Hidden draft", status=PaperStatus.DRAFT)
    return site


def slugs(site: Site, query: str = "") -> list[str]:
    reply = site.browser().get(f"/papers{query}", headers=JSON)
    assert reply.status_code == 200
    return [paper["slug"] for paper in reply.json()["papers"]]


def test_the_catalogue_lists_published_tests_by_title_and_no_drafts(stocked: Site) -> None:
    assert slugs(stocked) == ["joins", "auth", "routing", "series"]


FILTERED = [
    ("?q=oauth", ["auth"]),
    ("?q=SCOPES+and", ["auth"]),  # each word, in any order, in any case
    ("?q=fastapi", ["auth", "routing"]),  # the topic's title counts
    ("?q=verbs+fastapi", ["routing"]),
    ("?q=nothing", []),
    ("?topic=fastapi", ["auth", "routing"]),
    ("?topic=fastapi&difficulty=Easy", ["routing"]),
    ("?difficulty=easy", ["routing", "series"]),
    ("?length=short", ["routing"]),
    ("?length=medium", ["auth"]),
    ("?length=long", ["joins"]),
    ("?topic=nobody-knows", []),
    ("?difficulty=Impossible&length=eternal", ["joins", "auth", "routing", "series"]),
]


def test_each_filter_narrows_and_what_no_filter_knows_means_any(stocked: Site) -> None:
    for query, found in FILTERED:
        assert slugs(stocked, query) == found, query


@pytest.mark.parametrize(("minutes", "length"), [(15, "short"), (16, "medium"), (45, "medium"), (46, "long")])
def test_a_length_includes_both_its_ends(site: Site, minutes: int, length: str) -> None:
    with site.writing() as db:
        make_paper(db, "edge", minutes=minutes)
    assert {name for name in ("short", "medium", "long") if slugs(site, f"?length={name}")} == {length}


SEARCHED = [
    ("100%25", ["routing"]),  # a literal per cent sign, not any text
    ("under_score", ["joins"]),
    ("under.score", []),
    ("%25", ["routing"]),
    ("_", ["joins"]),
    ("%5C", []),  # a backslash
    ("'", []),
    ("%22%27%3B--", []),
    ("jo%00ins", ["joins"]),  # PostgreSQL refuses a NUL
    ("%00", ["joins", "auth", "routing", "series"]),
    ("%ED%A0%80", []),  # half a surrogate pair
    ("a" * 10_000, []),
    ("x " * 5_000, []),
]


def test_a_search_takes_every_sign_literally_and_no_length_breaks_it(stocked: Site) -> None:
    for search, found in SEARCHED:
        assert slugs(stocked, f"?q={search}") == found, search[:40]
        assert stocked.browser().get(f"/?q={search}").status_code == 200, search[:40]


def test_only_the_beginning_of_a_long_search_counts(stocked: Site) -> None:
    assert f'value="{"a" * 100}"' in stocked.browser().get(f"/papers?q={'a' * 10_000}").text


def test_a_page_that_does_not_exist_is_the_nearest_one(stocked: Site) -> None:
    for page in ("0", "-1", "999999999999", "²", "1e3", "", "%00", "'"):
        assert slugs(stocked, f"?page={page}") == ["joins", "auth", "routing", "series"], page
        assert "Joins" in stocked.browser().get(f"/papers?page={page}").text, page


def test_a_nul_in_any_filter_is_no_error(stocked: Site) -> None:
    for field in ("topic", "difficulty", "length"):
        assert stocked.browser().get(f"/papers?{field}=a%00b").status_code == 200, field


def test_json_says_what_a_script_needs_of_each_test(stocked: Site) -> None:
    reply = stocked.browser().get("/papers?q=routing", headers=JSON)
    assert reply.json()["papers"] == [
        {
            "slug": "routing", "title": "Routing", "topic": "FastAPI", "difficulty": "Easy", "minutes": 10,
            "questions": 5, "url": "/papers/routing",
        }
    ]  # fmt: skip
    assert "Accept" in reply.headers["vary"]
    assert stocked.browser().get("/?topic=aptitude", headers=JSON).json()["papers"][0]["minutes"] is None


def test_htmx_gets_the_results_alone_and_a_tidy_address(stocked: Site) -> None:
    reply = stocked.browser().get("/papers?q=joins&topic=&difficulty=&length=", headers=PARTIAL)
    assert reply.text.lstrip().startswith('<div class="stack" id="results">')
    assert "<html" not in reply.text
    assert '<p class="small soft" role="status">1 test, with “joins”</p>' in reply.text
    assert reply.headers["hx-push-url"] == "/papers?q=joins"
    assert "HX-Request-Type" in reply.headers["vary"]


def test_filters_stay_in_the_form_and_in_the_links_between_pages(site: Site) -> None:
    with site.writing() as db:
        for number in range(30):
            paper_on(db, "FastAPI", f"mock-{number}", f"Mock {number:02}", sections={"One": []}, difficulty="Easy")
    first = site.browser().get("/papers?topic=fastapi&difficulty=Easy&q=mock")
    assert 'href="/papers?q=mock&amp;topic=fastapi&amp;difficulty=Easy&amp;page=2" rel="next"' in first.text
    assert 'value="mock"' in first.text
    assert '<option value="fastapi" selected>' in first.text
    assert "<option selected>Easy</option>" in first.text
    assert first.text.count('class="card test-card"') == 24
    second = site.browser().get("/papers?topic=fastapi&difficulty=Easy&q=mock&page=2")
    assert second.text.count('class="card test-card"') == 6
    assert 'rel="prev"' in second.text
    assert 'rel="next"' not in second.text
    beyond = site.browser().get("/papers?topic=fastapi&difficulty=Easy&q=mock&page=99")
    assert beyond.text == second.text


def test_home_has_the_welcome_and_the_catalogue_does_not(stocked: Site) -> None:
    home, catalogue = (stocked.browser().get(url).text for url in ("/", "/papers"))
    assert 'href="#all">Choose a test' in home
    assert "Sit the test" not in catalogue
    for page in (home, catalogue):
        assert 'id="all"' in page
        assert "Start without signing up" not in page  # the name of one button, on a test's front page
        assert page.count("<h1") == 1


def test_topic_cards_count_published_tests_and_name_what_is_inside(stocked: Site) -> None:
    home = stocked.browser().get("/").text
    assert re.search(r'href="/topics/fastapi">FastAPI</a></h3>\s*<p class="small soft">Basics</p>', home)
    assert "2 tests, 10 questions" in home


def test_nothing_found_says_so_and_shows_a_way_out(stocked: Site) -> None:
    page = stocked.browser().get("/?q=zzz&difficulty=Easy&length=short&topic=aptitude").text
    assert "No Easy tests in Aptitude, up to 15 min, with “zzz”" in page
    assert '<a class="button" href="/#all">Show all tests</a>' in page
    assert '<option value="gone" selected>gone</option>' in stocked.browser().get("/?topic=gone").text


def test_an_empty_site_says_so_and_an_editor_is_shown_where_to_set_a_test(site: Site) -> None:
    assert "They appear here as soon as one is published" in site.browser().get("/").text
    with site.writing() as db:
        tara = make_person(db, "Tara", Role.EDITOR)
    assert "Set a test" in site.signed_in(tara).get("/").text


def test_markup_in_a_title_stays_text(site: Site) -> None:
    with site.writing() as db:
        paper_on(db, "<b>Topic", "bold", '<script>alert(1)</script> & "co"', summary="<img src=x onerror=alert(1)>")
    for url in ("/", "/papers?topic=b-topic", "/topics/b-topic", "/papers/bold", '/papers?q="><script>'):
        page = site.browser().get(url).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert '"><script>' not in page
        assert "<b>Topic" not in page


@pytest.mark.parametrize("tests", [0, 1, 40])
def test_the_catalogue_takes_as_many_queries_however_many_tests_there_are(site: Site, tests: int) -> None:
    with site.writing() as db:
        asha = make_person(db, "Asha")
        for number in range(tests):
            paper_on(db, f"Topic {number % 7}", f"mock-{number}", f"Mock {number}", sections={"One": []})
    browser = site.signed_in(asha)
    for url, most in (("/", 5), ("/papers?q=mock&topic=topic-1&page=2", 4)):
        with queries(site) as seen:
            assert browser.get(url).status_code == 200
        assert len(seen) == most, seen
