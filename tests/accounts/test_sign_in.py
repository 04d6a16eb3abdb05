"""Signing in: one answer for who is not let in, a new token for who is."""

import pytest

from mockhall.accounts import actions
from mockhall.accounts.models import Role
from tests.accounts.people import (
    ASHA,
    cast,
    is_open,
    log,
    person,
    sign_in,
    token_of,
)
from tests.make import PASSWORD, START, Site, make_person


def test_asha_signs_in_and_is_asha_from_then_on(site: Site) -> None:
    cast(site, "Asha")
    browser = site.browser()
    reply = sign_in(browser)
    assert (reply.status_code, reply.headers["location"]) == (303, "/")
    page = browser.get("/account")
    assert page.status_code == 200
    assert ASHA in page.text
    assert 'href="/attempts"' in page.text


def test_an_address_is_the_same_in_any_letters(site: Site) -> None:
    cast(site, "Asha")
    assert sign_in(site.browser(), " ASHA@Example.EDU ").status_code == 303


def test_wrong_password_and_unknown_address_get_the_same_answer(site: Site) -> None:
    cast(site, "Asha")
    wrong = sign_in(site.browser(), ASHA, "not her password")
    unknown = sign_in(site.browser(), "ravi@example.edu", "not her password")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.replace(ASHA, "X") == unknown.text.replace("ravi@example.edu", "X")
    assert "do not match" in wrong.text


def test_a_refused_form_keeps_the_address_and_never_the_password(sqlite_site: Site) -> None:
    cast(sqlite_site, "Asha")
    page = sign_in(sqlite_site.browser(), ASHA, "not her password", next="/papers/mock-1")
    assert f'value="{ASHA}"' in page.text
    assert "not her password" not in page.text
    assert 'name="next" value="/papers/mock-1"' in page.text


def test_an_account_without_a_password_lets_nobody_in(site: Site) -> None:
    with site.writing() as db:
        actions.add_person(db, ASHA, Role.STUDENT, START)
    for password in ("", "None", PASSWORD):
        assert sign_in(site.browser(), ASHA, password).status_code == 401


def test_a_disabled_account_gets_the_answer_of_a_wrong_password(site: Site) -> None:
    with site.writing() as db:
        make_person(db, "Asha", disabled_at=START)
    reply = sign_in(site.browser())
    assert reply.status_code == 401
    assert "do not match" in reply.text


def test_a_password_that_was_right_a_moment_ago_is_looked_at_again_under_the_lock(site: Site) -> None:
    """It is checked before the session that writes is taken; meanwhile it may have been changed."""
    (asha,) = cast(site, "Asha")
    with site.writing() as db:
        assert actions.account_for_sign_in(db, asha.id or 0, asha.password_hash or "") is not None
        assert actions.account_for_sign_in(db, asha.id or 0, "the hash of an older one") is None
        actions.disable(db, person(site), START)
        assert actions.account_for_sign_in(db, asha.id or 0, asha.password_hash or "") is None


def test_disabling_ends_open_sessions_at_once(site: Site) -> None:
    (asha,) = cast(site, "Asha")
    browser = site.signed_in(asha)
    with site.writing() as db:
        actions.disable(db, person(site), START)
    assert browser.get("/account").status_code == 401


@pytest.mark.parametrize(
    "next_page",
    ["//evil.example", "/\\evil.example", "/\t/evil.example", "/\n/evil.example", "https://evil.example", "evil",
     "javascript:alert(1)", "/\0", "/papers\r\nSet-Cookie: a=b", "/" + "a" * 1000, "\\/evil", ""],
)  # fmt: skip
def test_only_a_path_of_this_site_is_gone_to(sqlite_site: Site, next_page: str) -> None:
    cast(sqlite_site, "Asha")
    reply = sign_in(sqlite_site.browser(), next=next_page)
    assert reply.status_code == 303
    assert reply.headers["location"] == "/"
    assert "a=b" not in str(reply.headers)
    assert site_page(sqlite_site, next_page) in {"", None}


def site_page(site: Site, next_page: str) -> str | None:
    """The hidden field of the page that `next_page` was given to by its address."""
    page = site.browser().get("/sign-in", params={"next": next_page}).text
    return page.split('name="next" value="')[1].split('"')[0]


def test_a_good_path_is_gone_to_with_its_query(sqlite_site: Site) -> None:
    cast(sqlite_site, "Asha")
    assert site_page(sqlite_site, "/papers?topic=sql&page=2") == "/papers?topic=sql&amp;page=2"
    reply = sign_in(sqlite_site.browser(), next="/papers?topic=sql&page=2")
    assert reply.headers["location"] == "/papers?topic=sql&page=2"


def test_who_is_signed_in_is_not_asked_again(sqlite_site: Site) -> None:
    (asha,) = cast(sqlite_site, "Asha")
    browser = sqlite_site.signed_in(asha)
    assert browser.get("/sign-in").headers["location"] == "/account"
    assert browser.get("/sign-up?next=/papers").headers["location"] == "/papers"
    assert browser.get("/sign-in?next=//evil").headers["location"] == "/account"


def test_a_token_known_before_sign_in_is_worth_nothing_after_it(site: Site) -> None:
    (asha,) = cast(site, "Asha")
    browser = site.browser()
    browser.cookies.set("mockhall", "a" * 43)
    sign_in(browser)
    assert {cookie.value for cookie in browser.cookies.jar} != {"a" * 43}
    again = site.signed_in(asha)
    before = token_of(again)
    sign_in(again)
    assert token_of(again) != before
    assert not is_open(site, before)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(sqlite_site: Site) -> None:
    cast(sqlite_site, "Asha")
    cookie = sign_in(sqlite_site.browser()).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_the_log_names_accounts_by_code_and_holds_no_address(site: Site) -> None:
    (asha,) = cast(site, "Asha")
    sign_in(site.browser(), ASHA, "wrong password")
    sign_in(site.browser(), "ravi@example.edu", "wrong password")
    sign_in(site.browser())
    with site.reading() as db:
        lines = log(db)
    assert lines[-3:] == [
        ("sign-in failed", f"person {asha.code}"),
        ("sign-in failed", "person nobody"),
        ("sign-in", f"person {asha.code}"),
    ]
    assert "@" not in str(lines)


def test_a_session_ends_after_its_thirty_days_and_not_before(site: Site) -> None:
    (asha,) = cast(site, "Asha")
    browser = site.signed_in(asha)
    site.clock.forward(days=30, seconds=-1)
    assert browser.get("/account").status_code == 200
    site.clock.forward(seconds=1)
    assert browser.get("/account").status_code == 401


def test_a_script_gets_its_errors_as_json(sqlite_site: Site) -> None:
    cast(sqlite_site, "Asha")
    browser = sqlite_site.browser()
    browser.headers["accept"] = "application/json"
    reply = sign_in(browser, ASHA, "wrong password")
    assert (reply.status_code, reply.json()["reason"]) == (401, "no_match")
    reply = browser.post("/sign-up", data={"email": "no", "password": "short"})
    assert (reply.status_code, set(reply.json()["fields"])) == (422, {"email", "password"})


@pytest.mark.parametrize(
    ("role", "where"), [(Role.STUDENT, "/"), (Role.EDITOR, "/desk"), (Role.STAFF, "/desk"), (Role.ADMIN, "/desk")]
)
def test_whoever_works_here_is_led_to_the_desk_unless_they_were_on_their_way(
    sqlite_site: Site, role: Role, where: str
) -> None:
    with sqlite_site.writing() as db:
        make_person(db, "Tara", role)
    form = {"email": "tara@example.edu", "password": PASSWORD}
    assert sqlite_site.browser().post("/sign-in", data=form).headers["location"] == where
    on_the_way = sqlite_site.browser().post("/sign-in", data=form | {"next": "/papers/mock-1"})
    assert on_the_way.headers["location"] == "/papers/mock-1"
