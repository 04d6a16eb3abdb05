"""Staff's list of a paper's attempts: who may see it, what it says, filters and pages by key."""

import re

import pytest
from sqlmodel import col, select

from mockhall.accounts.models import Cohort, CohortMember, Person, Role
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.papers.models import Paper, PaperStatus
from mockhall.results.report import PER_PAGE, report
from mockhall.results.report_filter import ReportFilter
from tests.make import START, Site, queries, single
from tests.results.sitting import (
    EXAMPLE_ANSWERS,
    JSON,
    begin,
    browse,
    example_paper,
    hand_in,
    paper,
    person,
    sit,
)

URL = "/desk/papers/mock-1/report"


@pytest.mark.parametrize("suffix", ["", ".csv"])
@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.STAFF, 200), (Role.ADMIN, 200), (Role.EDITOR, 404), (Role.STUDENT, 404), (Role.GUEST, 401), (None, 401)],
)
def test_only_staff_and_admins_read_a_report(site: Site, suffix: str, role: Role | None, status: int) -> None:
    sit(site, example_paper(site), person(site, "Asha"), EXAMPLE_ANSWERS)
    browser = browse(site, person(site, "Ravi", role)) if role else site.browser()
    for headers in ({}, JSON):
        reply = browser.get(URL + suffix, headers=headers)
        assert reply.status_code == status
        assert ("Asha" in reply.text) is (status == 200)
    assert browser.get(f"/desk/papers/nosuch/report{suffix}").status_code == (
        404 if role not in {None, Role.GUEST} else 401
    )


def test_a_report_says_who_when_and_how_many_marks(site: Site) -> None:
    made = example_paper(site)
    sit(site, made, person(site, "Asha"), EXAMPLE_ANSWERS)
    sit(site, made, person(site, "", Role.GUEST))
    sit(site, made, person(site, "Tara", Role.EDITOR), EXAMPLE_ANSWERS)
    nina = person(site, "Nina")
    with site.writing() as db:
        db.get_one(Person, nina.id).name = nina.name = ""
    sit(site, made, nina)
    page = browse(site, person(site, "Zoe", Role.STAFF)).get(URL).text
    rows = re.findall(r"<tr><th scope=\"row\" class=\"clip\".*?</tr>", page, re.DOTALL)
    assert "<bdi>nina@example.edu</bdi>" in rows.pop(0), "an account without a name is no guest"
    assert [re.search(r"<bdi>(.*?)</bdi>", row)[1] for row in rows] == ["Tara", "Guest", "Asha"]  # type: ignore[index]
    assert "Preview" in rows[0]
    assert "without an account" in rows[1]
    assert "asha@example.edu" in rows[2]
    assert "<b>3.67</b>/16" in rows[2]
    assert "22.9%" in rows[2]
    assert 'data-local="datetime"' in rows[2]


def test_an_overdue_attempt_is_shown_as_it_is(site: Site) -> None:
    made, asha = example_paper(site), person(site, "Asha")
    with site.writing() as db:
        begin(db, site, made, asha)
    zoe = browse(site, person(site, "Zoe", Role.STAFF))
    assert "Working</dt><dd>1</dd>" in zoe.get(URL).text
    site.clock.forward(minutes=31)
    page = zoe.get(URL).text
    assert "Time is up</dt><dd>1</dd>" in page
    assert "Working</dt>" not in page
    assert "Asha" in zoe.get(f"{URL}?state=overdue").text
    assert "None is in this state now." in zoe.get(f"{URL}?state=in_progress").text


def test_states_are_counted_and_filtered_alike_by_database_and_page(site: Site) -> None:
    made = example_paper(site)
    people = [person(site, f"p{place}") for place in range(9)]
    with site.writing() as db:
        for each in people[:3]:
            begin(db, site, made, each)
    site.clock.forward(minutes=30, seconds=5)  # the last instant of the grace: they still run
    for each in people[3:5]:
        sit(site, made, each)
    with site.reading() as db:
        counts = report(db, made, ReportFilter(), "", site.clock.at, site.app.state.settings.grace).counts
    assert counts == {AttemptState.IN_PROGRESS: 3, AttemptState.SCORED: 2}
    site.clock.forward(seconds=0.001)
    with site.reading() as db:
        for state, number in [(AttemptState.OVERDUE, 3), (AttemptState.SCORED, 2), (AttemptState.IN_PROGRESS, 0)]:
            found = report(db, made, ReportFilter(state), "", site.clock.at, site.app.state.settings.grace)
            assert len(found.lines) == number
            assert {line.state for line in found.lines} <= {state}
            assert found.counts == {AttemptState.OVERDUE: 3, AttemptState.SCORED: 2}


def many(site: Site, count: int) -> Paper:
    """A paper with so many attempts, made from one that was sat."""
    made = paper(site, sections={"S": [single()]})
    first = sit(site, made, person(site, "Asha"))
    with site.writing() as db:
        row = db.exec(select(Attempt).where(col(Attempt.id) == first.id)).one()
        values = row.model_dump(exclude={"id", "code", "receipt"})
        db.add_all(Attempt(**values, code=f"attempt{place:05}") for place in range(count - 1))
    return made


def test_pages_go_on_by_key_without_a_gap_or_a_repeat(site: Site) -> None:
    many(site, 2 * PER_PAGE + 7)
    zoe = browse(site, person(site, "Zoe", Role.STAFF))
    url, seen = URL, []
    for expected in (PER_PAGE, PER_PAGE, 7):
        page = zoe.get(url).text
        rows = re.findall(r"<tr><th scope=\"row\" class=\"clip\"", page)
        assert len(rows) == expected
        older = re.search(r'href="([^"]*before=[^"]*)" rel="next"', page)
        seen.append(url)
        url = older[1] if older else ""
    assert url == ""
    assert len(set(seen)) == 3


def test_a_new_attempt_does_not_shift_the_next_page(site: Site) -> None:
    made = many(site, PER_PAGE + 5)
    grace = site.app.state.settings.grace
    with site.reading() as db:
        first = report(db, made, ReportFilter(), "", site.clock.at, grace)
    sit(site, made, person(site, "Ben"))
    with site.reading() as db:
        second = report(db, made, ReportFilter(), first.older, site.clock.at, grace)
    assert len(second.lines) == 5
    assert not {each.attempt.id for each in first.lines} & {each.attempt.id for each in second.lines}


@pytest.mark.parametrize("before", ["nosuchcode", "%00", "x" * 500, "1 OR 1=1"])
def test_nonsense_in_the_address_is_no_error(site: Site, before: str) -> None:
    many(site, 3)
    zoe = browse(site, person(site, "Zoe", Role.STAFF))
    assert zoe.get(f"{URL}?before={before}&state=nonsense").status_code == 200


def test_an_empty_report_says_what_will_stand_there(site: Site) -> None:
    example_paper(site, status=PaperStatus.WITHDRAWN)
    page = browse(site, person(site, "Zoe", Role.STAFF)).get(URL).text
    assert "Nobody has started this test yet" in page
    assert "This test is withdrawn." in page
    assert 'href="/papers/mock-1"' not in page  # candidates can't open it
    assert "Scores CSV" not in page


def test_names_that_are_markup_stay_text(sqlite_site: Site) -> None:
    site = sqlite_site
    sit(site, example_paper(site, title="<i>T</i>"), person(site, "<b>Asha</b>", email="<u>@x.in"))
    page = browse(site, person(site, "Zoe", Role.STAFF)).get(URL).text
    assert not any(tag in page for tag in ("<b>Asha", "<i>T", "<u>@"))


def test_the_queries_of_a_report_do_not_grow(site: Site) -> None:
    zoe = browse(site, person(site, "Zoe", Role.STAFF))
    many(site, 3)
    counts = []
    for extra in (0, 200):
        with site.writing() as db:
            row = db.exec(select(Attempt).limit(1)).one()
            values = row.model_dump(exclude={"id", "code", "receipt"})
            db.add_all(Attempt(**values, code=f"more{place:05}") for place in range(extra))
        with queries(site) as seen:
            assert zoe.get(URL).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8


def test_refresh_keeps_the_filter(site: Site) -> None:
    sit(site, example_paper(site), person(site, "Asha"), EXAMPLE_ANSWERS)
    zoe = browse(site, person(site, "Zoe", Role.STAFF))
    refresh = re.compile(r'<a class="button small" href="([^"]*)"><svg[^>]*>[^<]*<use[^>]*>(?:</use>)?</svg> Refresh')
    assert refresh.findall(zoe.get(f"{URL}?state=scored").text) == [f"{URL}?state=scored"]
    assert refresh.findall(zoe.get(URL).text) == [URL]


def listed(page: str) -> list[str]:
    """The candidates in the table."""
    return re.findall(r"<th scope=\"row\" class=\"clip\"><a[^>]*><bdi>(.*?)</bdi>", page)


def test_attempts_are_filtered_by_the_day_they_began_in_the_sites_zone(site: Site) -> None:
    """09:00 UTC on the 22nd and, nine hours later, 23:30 of the same day in Kolkata."""
    site.app.state.settings = site.app.state.settings.model_copy(update={"timezone": "Asia/Kolkata"})
    made = example_paper(site)
    sit(site, made, person(site, "Asha"))
    site.clock.forward(hours=9)
    sit(site, made, person(site, "Ben"))
    site.clock.forward(hours=1)
    sit(site, made, person(site, "Nina"))
    zoe = browse(site, person(site, "Zoe", Role.STAFF))
    assert listed(zoe.get(f"{URL}?since=2026-11-23").text) == ["Nina"]
    assert listed(zoe.get(f"{URL}?until=2026-11-22").text) == ["Ben", "Asha"]
    assert listed(zoe.get(f"{URL}?since=2026-11-22&until=2026-11-22").text) == ["Ben", "Asha"]
    assert "No attempt fits these filters." in zoe.get(f"{URL}?until=2020-01-01").text
    for nonsense in ("since=yesterday", "since=2026-02-30", "until=9999-12-31", "since=0001-01-01", "section=%00"):
        assert len(listed(zoe.get(f"{URL}?{nonsense}").text)) == 3


def test_attempts_are_filtered_by_cohort_and_the_counts_follow(site: Site) -> None:
    made, asha = example_paper(site), person(site, "Asha")
    sit(site, made, asha)
    sit(site, made, person(site, "Ben"))
    with site.writing() as db:
        db.add(Cohort(id=1, code="c1", name="Final year", join_code="j1", created_at=START))
        db.flush()
        db.add(CohortMember(cohort_id=1, person_id=asha.id or 0, joined_at=START))
    zoe = browse(site, person(site, "Zoe", Role.STAFF))
    page = zoe.get(f"{URL}?cohort=c1").text
    assert listed(page) == ["Asha"]
    assert '<option value="c1" selected>Final year (1)</option>' in page
    assert "Scored</dt><dd>1</dd>" in page
    assert "A cohort that is no longer listed" in zoe.get(f"{URL}?cohort=gone").text


def test_marks_of_one_section_are_shown_alone(site: Site) -> None:
    """First: 3 + 2 - 1/3 of 13; Second: -1 of 3."""
    sit(site, example_paper(site), person(site, "Asha"), EXAMPLE_ANSWERS)
    zoe = browse(site, person(site, "Zoe", Role.STAFF))
    assert "<b>4.67</b>/13" in zoe.get(f"{URL}?section=1").text
    page = zoe.get(f"{URL}?section=2").text
    assert "<b>−1</b>/3" in page
    assert "Marks are those of Second." in page


def test_the_list_asks_again_only_while_somebody_works(site: Site) -> None:
    made, asha = example_paper(site), person(site, "Asha")
    zoe = browse(site, person(site, "Zoe", Role.STAFF))
    with site.writing() as db:
        attempt = begin(db, site, made, asha)
    assert 'hx-trigger="every 10s"' in zoe.get(URL).text
    fragment = zoe.get(URL, headers={"HX-Request": "true", "HX-Request-Type": "partial"}).text
    assert fragment.lstrip().startswith('<div class="stack g6" id="report-attempts"')
    with site.writing() as db:
        hand_in(db, site, attempt)
    assert "every 10s" not in zoe.get(URL).text
