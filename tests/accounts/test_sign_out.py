"""Signing out: the session is over on the server, and this browser keeps nothing."""

from tests.accounts.people import cast, guest_with_attempt, is_open, owners, sign_in, token_of, verbs
from tests.make import Site


def test_signing_out_ends_the_session_and_clears_the_browser(site: Site) -> None:
    (asha,) = cast(site, "Asha")
    browser = site.signed_in(asha)
    token, thief = token_of(browser), site.browser()
    thief.cookies.set("mockhall", token)
    reply = browser.post("/sign-out")
    assert (reply.status_code, reply.headers["location"]) == (303, "/")
    assert reply.headers["clear-site-data"] == '"storage"'
    assert token_of(browser) == ""
    assert not is_open(site, token)
    assert thief.get("/account").status_code == 401
    assert verbs(site)[-1] == "sign-out"


def test_asha_signs_out_here_and_stays_signed_in_elsewhere(site: Site) -> None:
    (asha,) = cast(site, "Asha")
    here, there = site.signed_in(asha), site.signed_in(asha)
    here.post("/sign-out")
    assert there.get("/account").status_code == 200


def test_a_guest_who_leaves_takes_the_key_away_and_someone_else_starts_anew(site: Site) -> None:
    browser = guest_with_attempt(site)
    token, first = token_of(browser), owners(site)
    reply = browser.post("/sign-out", data={"next": "/papers/mock-1"})
    assert reply.headers["location"] == "/papers/mock-1"
    assert not is_open(site, token)
    browser.post("/papers/mock-1/attempts", data={"name": "Ben"})
    assert len(set(owners(site))) == 2
    assert owners(site)[0] == first[0]


def test_a_stranger_may_sign_out_too(sqlite_site: Site) -> None:
    assert sqlite_site.browser().post("/sign-out", data={"next": "//evil.example"}).headers["location"] == "/"
    assert verbs(sqlite_site) == []


def test_looking_at_the_address_signs_nobody_out(sqlite_site: Site) -> None:
    (asha,) = cast(sqlite_site, "Asha")
    browser = sqlite_site.signed_in(asha)
    assert browser.get("/sign-out").status_code == 405
    assert browser.get("/account").status_code == 200


def test_signing_out_twice_is_no_fault(sqlite_site: Site) -> None:
    cast(sqlite_site, "Asha")
    browser = sqlite_site.browser()
    sign_in(browser)
    token = token_of(browser)
    browser.post("/sign-out")
    browser.cookies.set("mockhall", token)
    assert browser.post("/sign-out").status_code == 303
    assert verbs(sqlite_site).count("sign-out") == 1
