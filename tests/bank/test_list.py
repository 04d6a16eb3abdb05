"""The list of the bank: filters, order, pages that go on from the last row seen."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

from fastapi.testclient import TestClient

from mockhall.bank import actions as bank
from mockhall.bank.list_forms import Filters
from mockhall.bank.listing import question_page
from mockhall.bank.models import QuestionStatus
from tests.bank.desk_of import HTMX, JSON, create, tara
from tests.make import START, Site, numeric, queries, single


def fill(site: Site, count: int) -> None:
    """So many questions `Number 1` to `Number n`, a minute apart."""
    with site.writing() as db:
        topic = bank.topic_named(db, "Loops", bank.topic_named(db, "Python"))
        for n in range(1, count + 1):
            bank.new_question(db, topic, single(stem=f"Number {n}", tags=["deep"]), START + timedelta(minutes=n))


def stems(browser: TestClient, address: str) -> list[str]:
    """The headlines on a page of the list."""
    return re.findall(r'/desk/questions/\w{12}">([^<]*)', browser.get(address).text)


def test_the_newest_edited_question_stands_first(site: Site) -> None:
    fill(site, 3)
    assert stems(tara(site), "/desk/questions") == ["Number 3", "Number 2", "Number 1"]


def test_walking_the_pages_shows_each_question_once(site: Site) -> None:
    fill(site, 120)
    browser, address, seen = tara(site), "/desk/questions", []
    while address:
        page = browser.get(address).text
        seen += re.findall(r'/desk/questions/\w{12}">([^<]*)', page)
        found = re.search(r'href="(/desk/questions\?[^"]*after=[^"]*)" rel="next"', page)
        address = found[1].replace("&amp;", "&") if found else ""
    assert seen == [f"Number {n}" for n in range(120, 0, -1)]


def test_going_back_returns_to_the_same_rows(site: Site) -> None:
    fill(site, 120)
    with site.reading() as db:
        first = question_page(db, Filters(), START)
        second = question_page(db, cursor(first.next, "after"), START)
        back = question_page(db, cursor(second.previous, "before"), START)
    assert [row.headline for row in back.rows] == [row.headline for row in first.rows]
    assert not first.previous
    assert not back.previous


def cursor(address: str, name: str) -> Filters:
    """The page at an address of the list."""
    return Filters(**{name: parse_qs(urlsplit(address).query)[name][0]})


def test_questions_edited_at_the_same_instant_are_all_shown(site: Site) -> None:
    with site.writing() as db:
        topic = bank.topic_named(db, "Loops")
        for n in range(60):
            bank.new_question(db, topic, single(stem=f"Same {n}"), START)
    with site.reading() as db:
        first = question_page(db, Filters(), START)
        second = question_page(db, cursor(first.next, "after"), START)
    shown = {row.headline for row in (*first.rows, *second.rows)}
    assert len(shown) == 60


def test_a_cursor_nobody_made_shows_the_first_page(site: Site) -> None:
    fill(site, 1)
    browser, far = tara(site), "9" * 30
    for made_up in ("nonsense", "~", "\0", "[[],{}]", "[" * 900, f"[{far},{far}]", '["2026-11-22",1]', "[1e999,1]"):
        for name in ("after", "before"):
            assert stems(browser, "/desk/questions?" + urlencode({name: made_up})) == ["Number 1"], made_up
            for order in ("used", "-facility", "question", "topic", "verified", "nonsense"):
                reply = browser.get("/desk/questions", params={name: made_up, "sort": order})
                assert reply.status_code == 200, (made_up, order)


def test_each_filter_narrows_the_list(site: Site) -> None:
    with site.writing() as db:
        python, sql = bank.topic_named(db, "Python"), bank.topic_named(db, "SQL")
        bank.new_question(db, bank.topic_named(db, "Loops", python), single(stem="A loop", tags=["जाल"]), START)
        bank.new_question(
            db, bank.topic_named(db, "Joins", sql), numeric(stem="A join", difficulty="Advanced", topic="Joins"), START,
            status=QuestionStatus.VERIFIED,
        )  # fmt: skip
    browser = tara(site)
    for query, expected in {
        "q=loop": "A loop", "q=LOOP": "A loop", "q=जाल": "A loop", "topic=python": "A loop",
        "topic=python-loops": "A loop", "kind=numeric": "A join", "difficulty=Advanced": "A join",
        "status=verified": "A join", "q=joins": "A join",
    }.items():  # fmt: skip
        assert stems(browser, f"/desk/questions?{query}") == [expected], query


def test_wildcards_and_markup_in_a_search_stand_for_themselves(site: Site) -> None:
    with site.writing() as db:
        topic = bank.topic_named(db, "Marks")
        bank.new_question(db, topic, single(stem="100% of it"), START)
        bank.new_question(db, topic, single(stem="100 of it"), START)
    browser = tara(site)
    assert stems(browser, "/desk/questions?q=100%25") == ["100% of it"]
    page = browser.get("/desk/questions", params={"q": '"><script>x</script>\0'})
    assert page.status_code == 200
    assert "<script>x" not in page.text


def test_unknown_filter_values_count_as_not_set(site: Site) -> None:
    fill(site, 1)
    assert stems(tara(site), "/desk/questions?kind=riddle&difficulty=x&status=%00") == ["Number 1"]


def test_the_list_says_how_many_fit_and_what_to_do_when_none_does(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    assert "Write the first question" in browser.get("/desk/questions").text
    fill(sqlite_site, 3)
    page = browser.get("/desk/questions?q=2+number").text  # the last word may be a beginning, as of a code
    assert "<b>1</b> of 3 questions" in page
    assert "No question fits" in browser.get("/desk/questions?q=zebra").text


def test_htmx_gets_the_table_and_the_count_alone(sqlite_site: Site) -> None:
    fill(sqlite_site, 1)
    reply = tara(sqlite_site).get("/desk/questions", headers=HTMX)
    assert reply.text.lstrip().startswith('<div class="stack g5" id="results">')
    assert '<hx-partial hx-target="#count"' in reply.text
    assert "<html" not in reply.text
    assert "HX-Request-Type" in reply.headers["vary"]


def test_the_list_takes_the_same_few_queries_for_one_question_or_many(site: Site) -> None:
    browser = tara(site)
    create(browser)
    with queries(site) as few:
        browser.get("/desk/questions?q=python&topic=python&kind=single")
    fill(site, 60)
    with queries(site) as many:
        browser.get("/desk/questions?q=basics&topic=python&kind=single")
    assert len(few) == len(many) <= 9


def test_a_headline_is_plain_text_with_its_code_as_code_on_a_page(site: Site) -> None:
    browser = tara(site)
    create(browser, stem="Is `a < b` the same as $\\frac{1}{2}$ in ![A plot](/images/x.png)?")
    assert "Is <code>a &lt; b</code> the same as 1/2 in A plot?</a>" in browser.get("/desk/questions").text
    listed = browser.get("/desk/questions", headers=JSON).json()["questions"]
    assert listed[0]["headline"] == "Is a < b the same as 1/2 in A plot?"
