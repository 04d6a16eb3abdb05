"""One-time links: they set a password once, sign in here and nowhere else, and tell strangers nothing."""

from sqlmodel import select

from mockhall.accounts import actions
from mockhall.accounts.models import OneTimeLink, Role
from tests.accounts.people import ASHA, cast, guest_with_attempt, owners, person, sign_in, verbs
from tests.make import START, Site

NEW = "a brand new password"


def link_for(site: Site, email: str = ASHA) -> str:
    with site.writing() as db:
        found = actions.person_with_email(db, email) or actions.add_person(db, email, Role.STUDENT, START)
        return f"/reset/{actions.new_link(db, found, site.clock())}"


def test_the_help_page_says_whom_to_ask(sqlite_site: Site) -> None:
    page = sqlite_site.browser().get("/reset")
    assert page.status_code == 200
    assert "mockhall users reset EMAIL" in page.text


def test_a_link_sets_the_password_once_and_signs_in(site: Site) -> None:
    link, browser = link_for(site), site.browser()
    assert ASHA in browser.get(link).text
    reply = browser.post(link, data={"password": NEW})
    assert (reply.status_code, reply.headers["location"]) == (303, "/")
    assert browser.get("/account").status_code == 200
    assert sign_in(site.browser(), password=NEW).status_code == 303
    assert site.browser().post(link, data={"password": "yet another one"}).status_code == 404
    assert sign_in(site.browser(), password=NEW).status_code == 303
    assert verbs(site)[:4] == ["add", "link", "password", "sign-in"]


def test_a_new_password_ends_all_other_sessions_and_the_old_password(site: Site) -> None:
    (asha,) = cast(site, "Asha")
    phone, browser = site.signed_in(asha), site.browser()
    browser.post(link_for(site), data={"password": NEW})
    assert phone.get("/account").status_code == 401
    assert browser.get("/account").status_code == 200
    assert sign_in(site.browser()).status_code == 401


def test_looking_at_a_link_does_not_use_it_up(sqlite_site: Site) -> None:
    link = link_for(sqlite_site)
    for _ in range(3):
        assert sqlite_site.browser().get(link).status_code == 200


def test_used_expired_and_unknown_links_get_the_same_page(site: Site) -> None:
    cast(site, "Asha")
    used = link_for(site)
    site.browser().post(used, data={"password": NEW})
    expired = link_for(site)
    site.clock.forward(hours=72)
    pages = [site.browser().get(link) for link in (used, expired, "/reset/unknown", "/reset/" + "x" * 5000)]
    assert {page.status_code for page in pages} == {404}
    assert len({page.text for page in pages}) == 1
    assert site.browser().get("/reset/%00").status_code == 404
    assert "no longer good" in pages[0].text
    assert ASHA not in pages[0].text
    assert site.browser().post(expired, data={"password": NEW + "!"}).status_code == 404


def test_a_link_is_good_until_its_last_second(site: Site) -> None:
    link = link_for(site)
    site.clock.forward(hours=72, seconds=-1)
    assert site.browser().post(link, data={"password": NEW}).status_code == 303


def test_a_new_link_ends_the_one_before(site: Site) -> None:
    cast(site, "Asha")
    first, second = link_for(site), link_for(site)
    assert site.browser().get(first).status_code == 404
    assert site.browser().get(second).status_code == 200


def test_a_link_of_a_disabled_account_is_not_good(site: Site) -> None:
    cast(site, "Asha")
    link = link_for(site)
    with site.writing() as db:
        actions.disable(db, person(site), START)
    assert site.browser().get(link).status_code == 404
    assert site.browser().post(link, data={"password": NEW}).status_code == 404


def test_a_password_that_cannot_be_leaves_the_link_open(site: Site) -> None:
    link, browser = link_for(site), site.browser()
    for password, says in (("short", "at least 10"), (ASHA, "your email address"), ("x" * 201, "at most 200")):
        reply = browser.post(link, data={"password": password})
        assert reply.status_code == 422
        assert says in reply.text
        assert f'value="{password}"' not in reply.text or password == ASHA
    assert browser.post(link, data={"password": NEW}).status_code == 303


def test_only_a_hash_of_the_link_is_stored(sqlite_site: Site) -> None:
    token = link_for(sqlite_site).removeprefix("/reset/")
    with sqlite_site.reading() as db:
        assert token not in str(db.exec(select(OneTimeLink)).one())


def test_a_guests_attempt_moves_along(site: Site) -> None:
    browser = guest_with_attempt(site)
    browser.post(link_for(site), data={"password": NEW})
    assert owners(site) == [person(site).id]


def test_a_link_opens_an_account_that_too_many_failures_have_locked(site: Site) -> None:
    cast(site, "Asha")
    assert [sign_in(site.browser(), password="wrong password").status_code for _ in range(11)][-1] == 429
    assert site.browser().post(link_for(site), data={"password": NEW}).status_code == 303
    assert sign_in(site.browser(), password=NEW).status_code == 303
