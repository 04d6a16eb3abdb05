"""Whose a result is, in words that others may read too."""

from mockhall.accounts.models import Role
from tests.make import Site
from tests.results.sitting import EXAMPLE_ANSWERS, JSON, browse, example_paper, person, sit


def test_an_account_without_a_name_is_no_guest_and_its_email_stands_nowhere_else(site: Site) -> None:
    asha = person(site, "", email="asha@example.edu")
    attempt, browser = sit(site, example_paper(site), asha, EXAMPLE_ANSWERS), browse(site, asha)
    pages = {name: browser.get(f"/attempts/{attempt.code}/{name}").text for name in ("result", "receipt", "share")}
    for name, page in pages.items():
        main = page.split("<main", 1)[1]
        assert "Guest" not in main, name
        assert "asha@" not in main, name
    assert "This result belongs to your account." in pages["result"]
    assert "your account has none" in pages["share"]
    link = browser.post(f"/attempts/{attempt.code}/share", data={"name": "1"}, headers=JSON).json()["url"]
    assert site.browser().get(link, headers=JSON).json()["name"] is None
    staff = browse(site, person(site, "Tara", Role.ADMIN))
    assert "asha@example.edu" in staff.get("/desk/papers/mock-1/report").text
