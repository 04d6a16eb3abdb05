"""A person's own attempts: lines for the front page, and the page that lists them all."""

from datetime import timedelta

from mockhall.accounts.models import Role
from mockhall.attempts.models import AttemptState
from mockhall.results.queries import AttemptLine
from tests.make import START, Site, queries
from tests.results.sitting import EXAMPLE_ANSWERS, begin, browse, example_paper, paper, person, sit


def lines_of(site: Site, *args: object) -> list[AttemptLine]:
    with site.reading() as db:
        found: list[AttemptLine] = site.app.state.attempts_of(db, *args)
    return found


def test_lines_are_newest_first_with_number_state_and_score(site: Site) -> None:
    made, asha, ben = example_paper(site), person(site, "Asha"), person(site, "Ben")
    first = sit(site, made, asha, EXAMPLE_ANSWERS)
    sit(site, made, ben)
    with site.writing() as db:
        second = begin(db, site, made, asha)
    found = lines_of(site, asha, made)
    assert [(each.number, each.url, each.state, each.score_text, each.is_running) for each in found] == [
        (2, f"/attempts/{second.code}", AttemptState.IN_PROGRESS, "", True),
        (1, f"/attempts/{first.code}/result", AttemptState.SCORED, "3.67 of 16", False),
    ]
    site.clock.forward(minutes=31)
    newest = lines_of(site, asha, made)[0]
    assert (newest.state, newest.is_running) == (AttemptState.OVERDUE, False)


def test_at_most_twenty_lines_and_their_numbers_go_on(site: Site) -> None:
    made, asha = paper(site), person(site, "Asha")
    for _ in range(23):
        sit(site, made, asha)
    assert [each.number for each in lines_of(site, asha, made)] == list(range(23, 3, -1))


def test_the_score_waits_for_the_papers_policy(site: Site) -> None:
    asha = person(site, "Asha")
    made = example_paper(site, reveal="contest", closes_at=START + timedelta(hours=3))
    sit(site, made, asha, EXAMPLE_ANSWERS)
    assert [each.score_text for each in lines_of(site, asha, made)] == [""]
    assert "not shown yet" in browse(site, asha).get("/attempts").text
    site.clock.forward(minutes=3)
    assert [each.score_text for each in lines_of(site, asha, made)] == ["3.67 of 16"]


def test_the_page_lists_only_the_viewers_attempts(site: Site) -> None:
    asha, guest = person(site, "Asha"), person(site, "", Role.GUEST)
    mine = sit(site, example_paper(site, title="Mock one"), asha, EXAMPLE_ANSWERS)
    theirs = sit(site, example_paper(site, slug="two", title="Mock two"), guest)
    page = browse(site, asha).get("/attempts").text
    assert f'href="/attempts/{mine.code}/result">Mock one' in page
    assert "3.67 of 16" in page
    assert theirs.code not in page
    assert "kept in this browser only" not in page
    page = browse(site, guest).get("/attempts").text
    assert theirs.code in page
    assert mine.code not in page
    assert 'href="/sign-up?next=/attempts"' in page


def test_who_has_none_is_told_what_will_be_listed(site: Site) -> None:
    for browser in (site.browser(), browse(site, person(site, "Ravi"))):
        page = browser.get("/attempts")
        assert page.status_code == 200
        assert "Nothing here yet" in page.text


def test_the_list_takes_two_queries(site: Site) -> None:
    asha = person(site, "Asha")
    for place in range(5):
        sit(site, example_paper(site, slug=f"m{place}"), asha, EXAMPLE_ANSWERS)
    browser = browse(site, asha)
    with queries(site) as seen:
        assert browser.get("/attempts").text.count("3.67 of 16") == 5
    assert len(seen) == 2


def test_a_running_attempt_is_gone_on_with_from_the_list(site: Site) -> None:
    made, asha = example_paper(site, title="Mock one"), person(site, "Asha")
    with site.writing() as db:
        running = begin(db, site, made, asha)
    page = browse(site, asha).get("/attempts").text
    button = f'<a class="button small primary" href="/attempts/{running.code}">Continue<'
    assert button in page
    site.clock.forward(hours=2)
    assert ">Continue<" not in browse(site, asha).get("/attempts").text
