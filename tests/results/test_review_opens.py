"""When a review opens: not before the paper says so, and not while anybody can still answer."""

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlmodel import col, select

from mockhall.papers.models import Paper, PaperStatus, PaperVersion
from mockhall.papers.versions import add_version, newest_version, plan_of, rules_of
from tests.make import START, Site
from tests.results.sitting import EXAMPLE_ANSWERS, JSON, begin, browse, example_paper, person, sit


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
