"""The reveal matrix, cell by cell: what may not be seen is in no reply, neither HTML nor JSON."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import pytest
from fastapi.testclient import TestClient

from mockhall.attempts.models import Attempt
from mockhall.exam.reveal import Item, Moment
from tests.make import START, Site, numeric, single, text
from tests.results.sitting import JSON, begin, browse, chose, paper, person, sit, typed

# How long after handing in each moment is looked at; the paper closes three hours after its start.
LOOK = {
    Moment.IMMEDIATELY: timedelta(minutes=1),
    Moment.LATER: timedelta(minutes=10),
    Moment.CLOSED: timedelta(hours=4),
}
ALL = frozenset(Item)

# What gives each item away. The marks are odd on purpose: no other number of a page looks like them.
SECRETS: dict[Item, str] = {
    Item.CORRECTNESS: r"data-result|Accuracy|\b[Ww]rong\b(?!\": null)|\b[Rr]ight,|Not answered,|\"outcome\": \"|"
    r"\"right\": \d|class=\"wrong\"|,wrong,|\(1 of 4\)|jee-main",
    Item.MAX_MARKS: r"1001\.25|5006\.25|of 5006",
    Item.MARKS: r"846[.]75|77[.]25|1001\.25 gained|\"rank\": \d|\"percentile\": \d|\"n\": \d|Percentile|Rank",
    Item.GENERAL_FEEDBACK: r"SOLUTION-SECRET|BOOK-SECRET",
    Item.SPECIFIC_FEEDBACK: r"WHY-CHOSEN|WHY-OTHER",
    Item.RIGHT_ANSWER: r"KEY-SECRET|31337\.5|Correct answer|Accepted",
    Item.OVERALL_FEEDBACK: r"<mark>|Negative marking cost you",
}
WHY = {"en": {"o1": "WHY-CHOSEN", "o2": "WHY-OTHER"}}
RESULT, REVIEW = "result", "review"


def secret_paper(site: Site, matrix: dict[str, list[str]]) -> Attempt:
    """Handed in at its start: one right, two wrong, two blank."""
    questions = [
        single(solution="SOLUTION-SECRET", reference="BOOK-SECRET", option_solutions=WHY),
        single(1, solution="SOLUTION-SECRET"),
        numeric("31337.5", solution="SOLUTION-SECRET"),
        text(["KEY-SECRET"], solution="SOLUTION-SECRET"),
        single(2, topic="Other"),
    ]
    made = paper(
        site, sections={"First": questions[:4], "Last": questions[4:]}, reveal="mock",
        scheme={"full": "1001.25", "wrong": "-77.25"}, closes_at=START + timedelta(hours=3), shuffle_options=False,
    )  # fmt: skip
    _set_reveal(site, made.id or 0, matrix)
    asha = person(site, "Asha")
    return sit(site, made, asha, {1: chose("o1"), 2: chose("o1"), 3: typed("-999")})


def _set_reveal(site: Site, paper_id: int, matrix: dict[str, list[str]]) -> None:
    from sqlmodel import col, select

    from mockhall.papers.models import PaperVersion

    with site.writing() as db:
        db.exec(select(PaperVersion).where(col(PaperVersion.paper_id) == paper_id)).one().reveal = matrix


def matrix_with(moment: Moment, items: frozenset[Item]) -> dict[str, list[str]]:
    """These items at this moment, everything at the others: only the one cell can hide anything."""
    return {str(each): sorted(items if each is moment else ALL) for each in Moment}


def replies(site: Site, attempt: Attempt, moment: Moment) -> Iterator[tuple[str, str]]:
    """(page, text) of every reply: HTML, JSON, CSV, other schemes, all filters, headers."""
    site.clock.at = START + LOOK[moment]
    browser = _owner(site, attempt)
    for page, headers in product((RESULT, REVIEW), ({}, JSON)):
        yield page, _text(browser, f"/attempts/{attempt.code}/{page}", headers)
        yield RESULT, _text(browser, f"/attempts/{attempt.code}/what-if?scheme=gate", headers)
    yield RESULT, _text(browser, f"/attempts/{attempt.code}/result.csv", {})
    for show in ("right", "wrong", "partly", "lucky", "slow&show=blank"):
        yield REVIEW, _text(browser, f"/attempts/{attempt.code}/review?show={show}", {})


def _owner(site: Site, attempt: Attempt) -> TestClient:
    from sqlmodel import col, select

    from mockhall.accounts.models import Person

    with site.reading() as db:
        owner = db.exec(select(Person).where(col(Person.id) == attempt.person_id)).one()
    return browse(site, owner)


def _text(browser: TestClient, url: str, headers: dict[str, str]) -> str:
    reply = browser.get(url, headers=headers)
    body = json.dumps(reply.json()) if headers else _without_fixed_words(reply.text)
    body = body.replace("right or wrong", "")  # what is closed is named
    return body + repr(sorted(reply.headers.items()))


def _without_fixed_words(page: str) -> str:
    """The page without sentences that say what is hidden, and without scripts' and styles' addresses."""
    for words in (
        "Right and wrong",
        "Right answers and explanations",
        "Right answers",
        "right and wrong are shown",
        "What is wrong?",
        "The answer called right is wrong",
    ):
        page = page.replace(words, "")
    return re.sub(r'(href|src)="/static/[^"]*"', "", page)


def found_in(pages: list[tuple[str, str]], item: Item) -> list[str]:
    return [match.group() for _, page in pages for match in re.finditer(SECRETS[item], page)]


@pytest.mark.parametrize("moment", list(LOOK))
def test_with_everything_open_every_secret_is_found(sqlite_site: Site, moment: Moment) -> None:
    """The control: a pattern that finds nothing here would prove nothing below."""
    attempt = secret_paper(sqlite_site, matrix_with(moment, ALL))
    pages = list(replies(sqlite_site, attempt, moment))
    for item, pattern in SECRETS.items():
        for each in pattern.split("|"):
            if each not in {r"of 5006", r"1001\.25 gained", "Not answered,"}:
                assert re.search(each, "".join(page for _, page in pages)), (item, each)


@pytest.mark.parametrize(("moment", "item"), list(product(LOOK, SECRETS)))
def test_a_closed_cell_keeps_its_secret(sqlite_site: Site, moment: Moment, item: Item) -> None:
    """All items but one: whatever tells that one is left out, also where another item implies it."""
    hidden = {item} | ({Item.OVERALL_FEEDBACK} if item is Item.MARKS else set())
    attempt = secret_paper(sqlite_site, matrix_with(moment, ALL - hidden))
    pages = list(replies(sqlite_site, attempt, moment))
    secrets = found_in(pages, item)
    if item is Item.MAX_MARKS:  # a right answer's marks are the most it can get
        secrets = [each for each in secrets if each != "1001.25"]
    if item is Item.CORRECTNESS:  # the open key itself is drawn as the right row
        secrets = [each for each in secrets if each != "data-result"]
    assert secrets == []


@pytest.mark.parametrize(("moment", "item"), list(product(LOOK, Item)))
def test_an_open_cell_opens_nothing_else(sqlite_site: Site, moment: Moment, item: Item) -> None:
    """One item alone, beside the attempt itself, which the review needs."""
    attempt = secret_paper(sqlite_site, matrix_with(moment, frozenset({Item.ATTEMPT, item})))
    pages = list(replies(sqlite_site, attempt, moment))
    for other in SECRETS:
        if other is not item:
            secrets = found_in(pages, other)
            if (item, other) == (Item.RIGHT_ANSWER, Item.CORRECTNESS):
                secrets = [each for each in secrets if each != "data-result"]
            if (item, other) == (Item.MARKS, Item.MAX_MARKS):  # what a right answer earned is marks, too
                secrets = [each for each in secrets if each != "1001.25"]
            assert secrets == [], other


@pytest.mark.parametrize("moment", list(LOOK))
def test_without_the_attempt_there_is_no_review_and_no_own_time(sqlite_site: Site, moment: Moment) -> None:
    attempt = secret_paper(sqlite_site, matrix_with(moment, ALL - {Item.ATTEMPT}))
    for page, body in replies(sqlite_site, attempt, moment):
        assert "-999" not in body
        if page == REVIEW:
            assert "not_yet" in body or "The review has not opened yet" in body


@pytest.mark.parametrize("item", list(Item))
def test_while_it_runs_result_and_review_give_nothing_away(sqlite_site: Site, item: Item) -> None:
    """Even where the matrix opens everything during the attempt: that is the room's to show, question by question."""
    site = sqlite_site
    made = paper(site, reveal="practice", sections={"One": [text(["KEY-SECRET"])]})
    _set_reveal(site, made.id or 0, {str(each): [str(item)] for each in Moment})
    asha = person(site, "Asha")
    with site.writing() as db:
        attempt = begin(db, site, made, asha, {1: typed("KEY-SECRET")})
    for page, headers in product((RESULT, REVIEW), ({}, JSON)):
        reply = browse(site, asha).get(f"/attempts/{attempt.code}/{page}", headers=headers)
        assert reply.status_code in {303, 403}
        assert "SECRET" not in reply.text
    site.clock.at = (attempt.deadline_at or START) + timedelta(seconds=2)
    for page, headers in product((RESULT, REVIEW), ({}, JSON)):
        assert "SECRET" not in browse(site, asha).get(f"/attempts/{attempt.code}/{page}", headers=headers).text


def test_marks_without_right_and_wrong_tell_of_no_single_question(sqlite_site: Site) -> None:
    items = frozenset({Item.ATTEMPT, Item.MAX_MARKS, Item.MARKS, Item.OVERALL_FEEDBACK})
    attempt = secret_paper(sqlite_site, matrix_with(Moment.LATER, items))
    sqlite_site.clock.at = START + LOOK[Moment.LATER]
    found = _owner(sqlite_site, attempt).get(f"/attempts/{attempt.code}/result", headers=JSON).json()
    assert found["score"] == "846.75"
    assert [each["score"] for each in found["sections"]] == ["846.75", None]  # the last has one question only
    assert {each["marks"] for each in found["questions"]} == {None}
    assert {each["outcome"] for each in found["questions"]} == {None}
