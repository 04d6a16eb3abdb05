"""The review: answers judged in words, filters, pages, the map, and the page before its time."""

from typing import Any

import pytest
from sqlmodel import col, select

from mockhall.accounts.models import Role
from mockhall.attempts.models import Attempt, Response
from tests.make import Site, multiple, numeric, queries, single, text
from tests.results.sitting import (
    EXAMPLE_ANSWERS,
    JSON,
    browse,
    chose,
    example_paper,
    paper,
    person,
    sit,
    typed,
)  # fmt: skip


def test_the_page_shows_answers_keys_and_explanations(site: Site) -> None:
    asha = person(site, "Asha")
    attempt = sit(site, example_paper(site), asha, EXAMPLE_ANSWERS)
    page = browse(site, asha).get(f"/attempts/{attempt.code}/review").text
    for words in (
        "Your answer, correct",
        "Correct, you left it out",
        "Correct answer",
        "SOLUTION-SECRET",
        "<span>41</span> s",
        "<span>42 s</span>",
    ):
        assert words in page
    assert "Partly right, +2 <span" in page
    assert "Wrong, −0.33 <span" in page
    assert "left blank" in page
    assert "<code>gather</code>" in page


def test_the_letters_of_a_shuffled_attempt_stay(site: Site) -> None:
    asha = person(site, "Asha")
    made = paper(site, sections={"S": [single(options=[f"Text {n}" for n in range(8)])]})
    attempt = sit(site, made, asha, {1: chose("o4")})
    with site.reading() as db:
        row = db.exec(select(Response).where(col(Response.attempt_id) == attempt.id)).one()
    found = browse(site, asha).get(f"/attempts/{attempt.code}/review", headers=JSON).json()["questions"][0]
    assert [each["id"] for each in found["options"]] == row.option_order


@pytest.mark.parametrize(
    ("show", "numbers"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("right", [1]),
        ("partly", [2]),
        ("wrong", [3, 5]),
        ("blank", [4]),
        ("marked", [4]),
        ("nonsense", [1, 2, 3, 4, 5]),
    ],
)
def test_a_filter_shows_only_its_questions(site: Site, show: str, numbers: list[int]) -> None:
    asha = person(site, "Asha")
    attempt = sit(site, example_paper(site), asha, EXAMPLE_ANSWERS)
    reply = browse(site, asha).get(f"/attempts/{attempt.code}/review?show={show}", headers=JSON)
    assert [each["number"] for each in reply.json()["questions"]] == numbers


def test_filters_are_links_with_counts(sqlite_site: Site) -> None:
    asha = person(sqlite_site, "Asha")
    attempt = sit(sqlite_site, example_paper(sqlite_site), asha, EXAMPLE_ANSWERS)
    page = browse(sqlite_site, asha).get(f"/attempts/{attempt.code}/review?show=wrong").text
    url = f"/attempts/{attempt.code}/review"
    assert f'href="{url}">All 5</a>' in page
    assert f'href="{url}" aria-current="true">Wrong 2<' in page
    assert f'href="{url}?show=wrong&amp;show=blank">Blank 1</a>' in page
    assert f'href="{url}?show=wrong&amp;show=marked">Marked 0</a>' in page
    assert "Wrong: 2 of 5 questions" in page


def long_attempt(site: Site) -> tuple[Attempt, str]:
    """Twenty-five questions, the even ones wrong; and the address of its review."""
    asha = person(site, "Asha")
    made = paper(site, sections={"S": [single(stem=f"Stem {n}.") for n in range(1, 26)]}, shuffle_options=False)
    attempt = sit(site, made, asha, {n: chose("o2" if n % 2 == 0 else "o1") for n in range(1, 26)})
    return attempt, f"/attempts/{attempt.code}/review"


def test_a_long_paper_has_pages_of_ten_and_a_map_of_all(site: Site) -> None:
    _, url = long_attempt(site)
    browser = browse_owner(site)
    page = browser.get(f"{url}?page=2").text
    assert "Stem 11." in page
    assert "Stem 20." in page
    assert "Stem 10." not in page
    assert "Stem 21." not in page
    assert "Page 2 of 3" in page
    assert f'href="{url}" rel="prev"' in page
    assert f'href="{url}?page=3" rel="next"' in page
    for number, place in [(1, "#q1"), (10, "#q10"), (11, "?page=2#q11"), (25, "?page=3#q25")]:
        assert f'href="{url}{place}"' in page, number


def test_the_map_of_a_filtered_review_keeps_to_the_filter_where_it_can(site: Site) -> None:
    _, url = long_attempt(site)
    page = browse_owner(site).get(f"{url}?show=wrong&page=2").text
    assert "Stem 22." in page
    assert "Stem 21." not in page
    assert f'href="{url}?show=wrong&amp;page=2#q24"' in page  # wrong: the twelfth of its kind
    assert f'href="{url}?page=3#q23"' in page  # right: not here, so among all


@pytest.mark.parametrize("page", ["0", "-1", "99", "999999999999999999", "²", "a", "", "1e9"])
def test_any_page_number_leads_to_a_page_that_exists(sqlite_site: Site, page: str) -> None:
    _, url = long_attempt(sqlite_site)
    reply = browse_owner(sqlite_site).get(url, params={"page": page}, headers=JSON)
    assert reply.json()["page"] == (3 if page == "99" else 1)


def browse_owner(site: Site) -> Any:
    from mockhall.accounts.models import Person

    with site.reading() as db:
        return browse(site, db.exec(select(Person).where(col(Person.name) == "Asha")).one())


def test_a_filter_without_questions_says_so(sqlite_site: Site) -> None:
    _, url = long_attempt(sqlite_site)
    page = browse_owner(sqlite_site).get(f"{url}?show=marked&show=right").text
    assert "None of your answers is all of that: right, and marked." in page
    assert f'href="{url}">All questions</a>' in page


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("https://docs.python.org/3/library/asyncio.html", 'href="https://docs.python.org/3/library/asyncio.html"'),
        ("Python docs, asyncio", "Read: Python docs, asyncio"),
        ("javascript:alert(1)", "Read: javascript:alert(1)"),
        ("data:text/html,x", "Read: data:text/html,x"),
        ("http://[", "Read: http://["),
    ],
)
def test_only_a_web_address_becomes_a_link(sqlite_site: Site, reference: str, expected: str) -> None:
    site, asha = sqlite_site, person(sqlite_site, "Asha")
    made = paper(site, sections={"S": [single(reference=reference)]})
    attempt = sit(site, made, asha, {1: chose("o1")})
    page = browse(site, asha).get(f"/attempts/{attempt.code}/review").text
    assert expected in page
    assert 'href="javascript' not in page
    assert 'href="data' not in page


def test_typed_answers_and_keys_that_are_markup_stay_text(sqlite_site: Site) -> None:
    site, asha = sqlite_site, person(sqlite_site, "Asha")
    made = paper(site, sections={"S": [text(["<b>key</b>"]), numeric()]})
    attempt = sit(site, made, asha, {1: typed("<i>mine</i>")})
    page = browse(site, asha).get(f"/attempts/{attempt.code}/review").text
    assert "&lt;i&gt;mine&lt;/i&gt;" in page
    assert "<i>mine" not in page
    assert "<b>key" not in page


def test_a_guest_reviews_as_anybody_does(sqlite_site: Site) -> None:
    guest = person(sqlite_site, "", Role.GUEST)
    attempt = sit(sqlite_site, example_paper(sqlite_site), guest, EXAMPLE_ANSWERS)
    assert browse(sqlite_site, guest).get(f"/attempts/{attempt.code}/review").status_code == 200


def test_the_queries_of_a_review_do_not_grow_with_the_paper(site: Site) -> None:
    asha = person(site, "Asha")
    counts = []
    for size in (2, 150):
        made = paper(site, slug=f"mock-{size}", sections={"One": [single() for _ in range(size)], "Two": [multiple()]})
        attempt = sit(site, made, asha, {1: chose("o1")})
        browser = browse(site, asha)
        with queries(site) as seen:
            assert browser.get(f"/attempts/{attempt.code}/review").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 10
