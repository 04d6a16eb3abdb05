"""A guest who signs in brings attempts along, and the guest's own tokens open nothing from then on."""

from tests.accounts.people import cast, guest_with_attempt, is_open, owners, second_session, sign_in, token_of, verbs
from tests.make import Site


def test_a_guest_is_told_that_attempts_move_along(sqlite_site: Site) -> None:
    assert "moves into your account" not in sqlite_site.browser().get("/sign-in").text
    page = guest_with_attempt(sqlite_site).get("/sign-in").text
    assert "moves into your account" in page
    assert "Finish on this computer" in page
    assert "Not you? Start as someone else" in page


def test_a_guests_attempt_is_ashas_after_she_signs_in(site: Site) -> None:
    (asha,) = cast(site, "Asha")
    browser = guest_with_attempt(site)
    guest_token = token_of(browser)
    assert owners(site) != [asha.id]
    assert sign_in(browser).status_code == 303
    assert owners(site) == [asha.id]
    assert not is_open(site, guest_token)
    assert token_of(browser) != guest_token
    assert verbs(site)[-2:] == ["merge", "sign-in"]


def test_the_guests_old_token_opens_nothing_after_the_merge(site: Site) -> None:
    cast(site, "Asha")
    browser = guest_with_attempt(site)
    tokens = [token_of(browser), second_session(site, browser)]
    sign_in(browser)
    assert not any(is_open(site, token) for token in tokens)
    thief = site.browser()
    thief.cookies.set("mockhall", tokens[0])
    assert thief.get("/account").status_code == 401


def test_bens_attempts_stay_bens_when_asha_signs_in_at_his_computer(site: Site) -> None:
    asha, ben = cast(site, "Asha", "Ben")
    browser = guest_with_attempt(site)
    sign_in(browser, "ben@example.edu")
    sign_in(browser)
    assert owners(site) == [ben.id]
    assert asha.id != ben.id
