"""The review: answers judged in words, filters, pages, the map, and the page before its time."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlmodel import col, select

from mockhall.accounts.models import Role
from mockhall.attempts.models import Attempt, Response
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import Outcome
from mockhall.exam.paper import Key
from mockhall.papers.models import Paper, PaperStatus, PaperVersion
from mockhall.papers.versions import add_version, newest_version, plan_of, rules_of
from mockhall.results.judged import accepted, judged_options
from tests.make import START, Site, multiple, numeric, single, text
from tests.results.sitting import (
    EXAMPLE_ANSWERS,
    JSON,
    begin,
    browse,
    chose,
    example_paper,
    paper,
    person,
    queries_counted,
    sit,
    typed,
)  # fmt: skip

OPTIONS = [{"id": f"o{place}", "text": f"text {place}"} for place in range(1, 5)]
ORDER = ["o3", "o1", "o4", "o2"]


def judged(
    kind: Kind, choice: list[str], key: set[str] | None, outcome: Outcome | None
) -> list[tuple[str, str, str, str]]:
    made = judged_options(kind, ORDER, OPTIONS, choice, Key(options=frozenset(key)) if key else None, outcome)
    return [(each.letter, each.id, each.result, each.verdict) for each in made]


def test_letters_and_order_are_those_of_the_attempt() -> None:
    assert judged(Kind.SINGLE, ["o1"], {"o2"}, Outcome.WRONG) == [
        ("A", "o3", "", ""),
        ("B", "o1", "wrong", "Your answer"),
        ("C", "o4", "", ""),
        ("D", "o2", "right", "Correct answer"),
    ]


def test_a_choice_of_several_says_for_each_what_it_was() -> None:
    words = {each[1]: each[2:] for each in judged(Kind.MULTIPLE, ["o1", "o4"], {"o1", "o2"}, Outcome.PARTLY)}
    assert words == {
        "o1": ("right", "Your answer, correct"),
        "o2": ("missed", "Correct, you left it out"),
        "o3": ("", ""),
        "o4": ("wrong", "Your answer"),
    }


def test_without_the_key_a_choice_of_several_is_judged_only_as_a_whole() -> None:
    for outcome in (Outcome.PARTLY, Outcome.WRONG):
        results = {each[2] for each in judged(Kind.MULTIPLE, ["o1", "o4"], None, outcome)}
        assert results == {""}
    assert ("B", "o1", "wrong", "Your answer") in judged(Kind.SINGLE, ["o1"], None, Outcome.WRONG)
    assert ("B", "o1", "right", "Your answer, correct") in judged(Kind.SINGLE, ["o1"], None, Outcome.RIGHT)
    assert ("B", "o1", "", "Your answer") in judged(Kind.SINGLE, ["o1"], None, None)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ({"value": "5"}, ["5 s"]),
        ({"value": "5", "tolerance": "0.5"}, ["5 s, within 0.5"]),
        ({"value": "-1/3", "relative": "0.02"}, ["−1/3 s, within 2%"]),
        ({"value": "5", "tolerance": "0.5", "relative": "1/10"}, ["5 s, within 0.5 or within 10%"]),
        ({"low": "-3", "high": "4"}, ["from −3 to 4 s"]),
        ({"answers": ["gather", "asyncio.gather"], "case": False}, ["gather", "asyncio.gather"]),
    ],
)
def test_what_a_typed_answer_may_be_stands_in_words(key: dict[str, Any], words: list[str]) -> None:
    assert accepted(Key.from_json(key), "s") == words


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
    assert f'href="{url}?show=wrong" aria-current="true">Wrong 2</a>' in page
    assert f'href="{url}?show=marked">Marked 1</a>' in page


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
    assert "None of your answers is of this kind." in browse_owner(sqlite_site).get(f"{url}?show=marked").text


def test_before_its_time_the_review_says_when_it_opens(site: Site) -> None:
    asha = person(site, "Asha")
    closes = START + timedelta(hours=3)
    attempt = sit(site, example_paper(site, reveal="contest", closes_at=closes), asha, EXAMPLE_ANSWERS)
    browser = browse(site, asha)
    site.clock.forward(minutes=10)
    reply = browser.get(f"/attempts/{attempt.code}/review", headers=JSON)
    assert reply.status_code == 403
    assert (reply.json()["reason"], reply.json()["opens_at"]) == (
        "not_yet",
        "2026-11-22T12:00:05.000Z",
    )  # with the grace
    page = browser.get(f"/attempts/{attempt.code}/review")
    assert page.status_code == 403
    assert "Right answers and explanations open on" in page.text
    assert 'datetime="2026-11-22T12:00:05.000Z"' in page.text
    assert "SECRET" not in reply.text + page.text
    site.clock.at = closes + timedelta(seconds=5)
    assert "SOLUTION-SECRET" in browser.get(f"/attempts/{attempt.code}/review").text


def test_a_contest_without_a_closing_time_never_opens_by_accident(sqlite_site: Site) -> None:
    asha = person(sqlite_site, "Asha")
    attempt = sit(sqlite_site, example_paper(sqlite_site, reveal="contest"), asha, EXAMPLE_ANSWERS)
    sqlite_site.clock.forward(days=900)
    reply = browse(sqlite_site, asha).get(f"/attempts/{attempt.code}/review", headers=JSON)
    assert (reply.status_code, reply.json()["opens_at"]) == (403, None)


def test_the_key_waits_for_the_last_one_who_has_extra_time(site: Site) -> None:
    closes = START + timedelta(minutes=30)
    asha, ben = person(site, "Asha"), person(site, "Ben", time_factor=Fraction(2))
    made = example_paper(site, reveal="contest", closes_at=closes)
    attempt = sit(site, made, asha, EXAMPLE_ANSWERS)
    with site.writing() as db:
        begin(db, site, made, ben)  # sixty minutes instead of thirty
    site.clock.at = closes + timedelta(minutes=10)
    reply = browse(site, asha).get(f"/attempts/{attempt.code}/review", headers=JSON)
    assert (reply.status_code, reply.json()["opens_at"]) == (403, "2026-11-22T10:00:05.000Z")
    site.clock.at = closes + timedelta(minutes=31)
    assert browse(site, asha).get(f"/attempts/{attempt.code}/review", headers=JSON).status_code == 200


@pytest.mark.parametrize(
    ("closes", "status", "expected"), [(6, "published", 403), (None, "published", 403), (6, "withdrawn", 200)]
)
def test_a_paper_kept_open_by_a_newer_version_has_not_closed(
    site: Site, closes: int | None, status: str, expected: int
) -> None:
    asha = person(site, "Asha")
    made = example_paper(site, reveal="contest", closes_at=START + timedelta(hours=1))
    attempt = sit(site, made, asha, EXAMPLE_ANSWERS)
    with site.writing() as db:
        stored = db.exec(select(Paper).where(col(Paper.id) == made.id)).one()
        old: PaperVersion = newest_version(db, stored)
        stored.version, stored.status = stored.version + 1, PaperStatus(status)
        rules = rules_of(old) | {"closes_at": START + timedelta(hours=closes) if closes else None}
        add_version(db, stored, rules, plan_of(db, old), START)
    site.clock.at = START + timedelta(hours=2)
    assert browse(site, asha).get(f"/attempts/{attempt.code}/review", headers=JSON).status_code == expected


def test_a_paper_that_never_reveals_more_shows_the_own_answers(sqlite_site: Site) -> None:
    site, asha = sqlite_site, person(sqlite_site, "Asha")
    made = example_paper(site)
    with site.writing() as db:
        version = db.exec(select(PaperVersion).where(col(PaperVersion.paper_id) == made.id)).one()
        version.reveal = {"later": ["attempt"], "immediately": ["attempt"], "closed": ["attempt"]}
    attempt = sit(site, made, asha, EXAMPLE_ANSWERS)
    page = browse(site, asha).get(f"/attempts/{attempt.code}/review").text
    assert "<span>41</span> s" in page
    assert "SECRET" not in page
    assert "data-result" not in page


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
        with queries_counted(site) as seen:
            assert browser.get(f"/attempts/{attempt.code}/review").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 7
