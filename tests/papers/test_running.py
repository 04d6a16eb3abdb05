"""Whoever is in the middle of a test finds Continue on the home page, a guest by the cookie alone."""

from fastapi.testclient import TestClient

from tests.make import Site, make_paper, make_person, queries
from tests.papers.front import guest_browser, start


def go_on(browser: TestClient) -> str:
    """The part of the home page that says what runs; empty where nothing does."""
    _, _, found = browser.get("/").text.partition('aria-labelledby="running"')
    return found.partition("</section>")[0]


def test_a_guest_and_an_account_go_on_from_the_home_page_until_it_is_handed_in(site: Site) -> None:
    with site.writing() as db:
        make_paper(db)
        asha = make_person(db, "Asha")
    for browser in (guest_browser(site), site.signed_in(asha)):
        assert go_on(browser) == ""
        room = start(browser)
        found = go_on(browser)
        assert f'href="{room}"' in found
        assert "Mock one" in found
        assert "Its time runs until" in found
        assert go_on(site.browser()) == "", "a stranger sees nothing of it"
        assert 'aria-labelledby="running"' not in browser.get("/papers").text
        browser.post(f"{room}/submission", content=b"")
        assert go_on(browser) == ""


def test_what_is_over_or_paused_is_not_said_to_run(site: Site) -> None:
    with site.writing() as db:
        make_paper(db)
        make_paper(db, "drill", title="Drill", practice=True)
    browser = guest_browser(site)
    start(browser)
    room = start(browser, "drill")
    assert browser.post(f"{room}/pause").status_code == 303
    assert "Paused: its clock stands" in go_on(browser)
    site.clock.forward(minutes=31)
    assert "Mock one" not in go_on(browser)
    assert "Drill" in go_on(browser)


def test_it_takes_one_query_however_many_run(sqlite_site: Site) -> None:
    browser, spent, found = guest_browser(sqlite_site), [], ""
    for n in range(4):
        with sqlite_site.writing() as db:
            make_paper(db, f"mock-{n + 1}", title=f"Mock {n + 1}")
        start(browser, f"mock-{n + 1}")
        with queries(sqlite_site) as made:
            found = go_on(browser)
        spent.append(len(made))
    assert len(set(spent)) == 1
    assert found.count("Continue") == 3, "the three that end first"
