"""Wrong passwords of others don't keep an account's owner out; guessing stays as slow as it was."""

from collections.abc import Callable

from fastapi.testclient import TestClient

from mockhall.accounts import actions
from mockhall.settings import Settings
from tests.accounts.people import ASHA, cast, sign_in, token_of
from tests.make import Site

MakeSite = Callable[[Settings], Site]
WRONG = "not her password"


def browser_at(site: Site, address: str) -> TestClient:
    """A browser that comes from this address."""
    return TestClient(site.app, follow_redirects=False, client=(address, 50000))


def attack(site: Site, address: str = "testclient", tries: int = 10) -> list[int]:
    """What somebody who guesses is told."""
    return [sign_in(browser_at(site, address), password=WRONG).status_code for _ in range(tries)]


def test_ten_failures_from_elsewhere_dont_lock_the_account_for_other_addresses(site: Site) -> None:
    cast(site, "Asha")
    assert attack(site, "10.0.0.1", 11) == [401] * 10 + [429]
    assert sign_in(browser_at(site, "10.0.0.2")).status_code == 303


def test_the_right_password_passes_in_a_browser_that_signed_in_before(site: Site) -> None:
    cast(site, "Asha")
    own = site.browser()
    assert sign_in(own).status_code == 303
    own.post("/sign-out")
    assert token_of(own) == ""
    attack(site)
    assert sign_in(site.browser()).status_code == 429, "the same address, and never seen"
    assert sign_in(own).status_code == 303


def test_a_browser_that_signed_in_before_guesses_no_faster_and_only_for_itself(site: Site) -> None:
    cast(site, "Asha", "Ben")
    own = site.browser()
    sign_in(own)
    own.post("/sign-out")
    assert [sign_in(own, password=WRONG).status_code for _ in range(11)] == [401] * 10 + [429]
    assert sign_in(own).status_code == 429
    site.clock.forward(minutes=15)
    for _ in range(10):
        sign_in(site.browser(), "ben@example.edu", WRONG)
    assert sign_in(own, "ben@example.edu").status_code == 429, "it was never Ben's"


def test_two_who_share_a_computer_are_both_known(sqlite_site: Site) -> None:
    cast(sqlite_site, "Asha", "Ben")
    shared = sqlite_site.browser()
    for email in (ASHA, "ben@example.edu"):
        assert sign_in(shared, email).status_code == 303
        shared.post("/sign-out")
    attack(sqlite_site)
    assert sign_in(shared).status_code == 303


def test_a_made_up_mark_is_no_known_browser(sqlite_site: Site) -> None:
    cast(sqlite_site, "Asha")
    attack(sqlite_site)
    forger = sqlite_site.browser()
    for made_up in ("a" * 64, "'", ".".join(["b" * 64] * 50), ".."):
        forger.cookies.clear()
        forger.headers["cookie"] = f"mockhall-known={made_up}"
        assert sign_in(forger).status_code == 429


def test_guesses_from_everywhere_together_have_a_limit_too(settings: Settings, make_site: MakeSite) -> None:
    site = make_site(settings.model_copy(update={"failures_per_account": 1}))
    cast(site, "Asha")
    own = site.browser()
    sign_in(own)
    own.post("/sign-out")
    said = [attack(site, f"10.0.0.{each}", 1)[0] for each in range(11)]
    assert said == [401] * 10 + [429]
    assert sign_in(own).status_code == 303, "her own browser goes on"


def test_the_mark_is_sent_to_sign_in_alone_and_opens_nothing(sqlite_site: Site) -> None:
    cast(sqlite_site, "Asha")
    browser = sqlite_site.browser()
    (line,) = [each for each in sign_in(browser).headers.get_list("set-cookie") if each.startswith("mockhall-known=")]
    assert {"HttpOnly", "Path=/sign-in", "SameSite=lax"} <= set(line.split("; "))
    mark = line.partition("=")[2].partition(";")[0]
    thief = sqlite_site.browser()
    thief.cookies.set("mockhall", mark)
    assert thief.get("/account").status_code in {303, 401}


def test_what_knew_the_old_password_is_a_stranger_to_the_new_one(site: Site) -> None:
    (asha,) = cast(site, "Asha")
    known = [site.browser() for _ in range(3)]
    for each in known:
        sign_in(each)
    known[0].post("/sign-out")
    with site.writing() as db:
        link = actions.new_link(db, asha, site.clock())
    assert site.browser().post(f"/reset/{link}", data={"password": "another good one"}).status_code == 303
    tries = [sign_in(each, password=WRONG).status_code for each in known for _ in range(4)]
    assert tries == [401] * 10 + [429] * 2, "all of one address, as if they had never been here"


def test_browsers_that_are_known_guess_no_more_together_than_strangers(sqlite_site: Site) -> None:
    cast(sqlite_site, "Asha")
    known = [sqlite_site.browser() for _ in range(11)]
    for each in known:
        sign_in(each)
    for each in known[:10]:
        assert {sign_in(each, password=WRONG).status_code for _ in range(10)} == {401}
    assert sign_in(known[10], password=WRONG).status_code == 429
    assert sign_in(sqlite_site.browser()).status_code == 303, "they lock out nobody else"
