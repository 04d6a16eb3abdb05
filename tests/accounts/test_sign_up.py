"""Creating an account: what is refused beside which field, and a guest who becomes the student."""

import pytest

from mockhall.accounts.models import Role
from tests.accounts.people import (
    ASHA,
    cast,
    guest_with_attempt,
    is_open,
    owners,
    person,
    second_session,
    sign_in,
    sign_up,
    token_of,
    verbs,
)
from tests.make import PASSWORD, Site


def test_asha_creates_an_account_and_is_signed_in(site: Site) -> None:
    browser = site.browser()
    reply = sign_up(browser, name="  Asha   Raman ", next="/papers")
    assert (reply.status_code, reply.headers["location"]) == (303, "/papers")
    asha = person(site)
    assert (asha.name, asha.role) == ("Asha Raman", Role.STUDENT)
    assert (asha.password_hash or "").startswith("$argon2id$")
    assert "Asha Raman" in browser.get("/account").text
    assert verbs(site) == ["sign-up", "sign-in"]
    assert sign_in(site.browser()).status_code == 303


def test_who_signs_up_in_the_middle_of_a_test_is_led_to_it(sqlite_site: Site) -> None:
    browser = guest_with_attempt(sqlite_site)
    reply = sign_up(browser)
    assert reply.headers["location"] == "/attempts"
    page = browser.get("/attempts").text
    assert "in your account now" in page
    assert "Mock one" in page


def test_nobody_chooses_a_role(sqlite_site: Site) -> None:
    sign_up(sqlite_site.browser(), role="admin", id="1", time_factor="9", disabled_at="")
    assert person(sqlite_site).role == Role.STUDENT


def test_a_guest_becomes_the_student_and_keeps_every_attempt(site: Site) -> None:
    browser = guest_with_attempt(site)
    before, guest_token = owners(site), token_of(browser)
    assert sign_up(browser).status_code == 303
    assert owners(site) == before == [person(site).id]
    assert not is_open(site, guest_token)
    assert is_open(site, token_of(browser))


def test_the_name_given_at_the_start_stays_unless_another_is_given(site: Site) -> None:
    browser = guest_with_attempt(site)
    sign_up(browser)
    assert person(site).name == "Asha"


def test_a_guests_old_token_opens_nothing_after_the_account_is_made(site: Site) -> None:
    browser, thief = guest_with_attempt(site), site.browser()
    thief.cookies.set("mockhall", second_session(site, browser))
    sign_up(browser)
    assert thief.get("/account").status_code == 401


def test_who_is_signed_in_makes_a_second_account_and_not_a_new_self(site: Site) -> None:
    (asha,) = cast(site, "Asha")
    browser = site.signed_in(asha)
    sign_up(browser, "ben@example.edu")
    assert person(site).id == asha.id
    assert person(site, "ben@example.edu").id != asha.id


def test_an_address_with_an_account_is_said_to_have_one(site: Site) -> None:
    cast(site, "Asha")
    reply = sign_up(site.browser(), "ASHA@example.edu", name="Ravi")
    assert reply.status_code == 422
    assert "already has an account" in reply.text
    assert 'id="sign-up-email-error"' in reply.text
    assert 'value="Ravi"' in reply.text
    assert person(site).name == "Asha"


def test_a_guest_whose_address_is_taken_stays_the_guest(site: Site) -> None:
    cast(site, "Asha")
    browser = guest_with_attempt(site)
    before = token_of(browser)
    assert sign_up(browser).status_code == 422
    assert token_of(browser) == before
    assert is_open(site, before)


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("123456789", "at least 10"),
        ("", "at least 10"),
        ("x" * 201, "at most 200"),
        ("Password123", "tried first"),
        ("          ", "tried first"),
        ("qwertyuiop", "tried first"),
        ("P@ssw0rd2026!", "tried first"),
        ("1122334455", "tried first"),
        ("qwerty12345", "tried first"),
        ("xoxoxoxoxo", "tried first"),
        ("welcomewelcome1", "tried first"),
        ("ASHA@example.edu", "your email address"),
    ],
)
def test_a_password_that_cannot_be_is_refused_beside_its_field(sqlite_site: Site, password: str, says: str) -> None:
    reply = sign_up(sqlite_site.browser(), password=password, name="Asha")
    assert reply.status_code == 422
    assert says in reply.text.split('id="sign-up-password-error"')[1]
    assert f'value="{ASHA}"' in reply.text
    assert 'value="Asha"' in reply.text


@pytest.mark.parametrize(
    "password", ["1234567 fish", "x7#q-" * 40, "пароль пароль", "a\0b\0c\0d\0e\0", "😀🎈🌊🚀🍊" * 40]
)
def test_any_other_password_of_ten_to_two_hundred_characters_will_do(sqlite_site: Site, password: str) -> None:
    assert sign_up(sqlite_site.browser(), password=password).status_code == 303
    assert sign_in(sqlite_site.browser(), password=password).status_code == 303
    assert sign_in(sqlite_site.browser(), password=password[:-1] + "!").status_code == 401


def test_a_password_is_the_same_however_the_keyboard_composes_it(sqlite_site: Site) -> None:
    sign_up(sqlite_site.browser(), password="cafe\u0301 au lait")
    assert sign_in(sqlite_site.browser(), password="caf\u00e9 au lait").status_code == 303


@pytest.mark.parametrize(
    "email",
    ["", "asha", "@", "asha@", "@example.edu", "a@b@c", "a b@example.edu", "a\0@example.edu", "a\n@example.edu",
     "a\u202e@example.edu", "a\u00a0@example.edu", "a" * 243 + "@example.edu", "ß" * 122 + "@example.edu"],
)  # fmt: skip
def test_what_is_no_address_is_refused_beside_its_field(sqlite_site: Site, email: str) -> None:
    reply = sign_up(sqlite_site.browser(), email)
    assert reply.status_code == 422
    assert 'id="sign-up-email-error"' in reply.text


@pytest.mark.parametrize("email", ["a@b", "a" * 242 + "@example.edu", "अनु@example.in", "o'brien+mock@example.edu"])
def test_what_may_be_an_address_is_taken(sqlite_site: Site, email: str) -> None:
    assert len(email) <= 254
    assert sign_up(sqlite_site.browser(), email).status_code == 303
    assert sign_in(sqlite_site.browser(), email).status_code == 303


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("A\0s\x07ha\x1b[31m", "Asha[31m"),
        ("\u202eahsA\u202c", "ahsA"),
        ("A\r\nSet-Cookie: a=b", "A Set-Cookie: a=b"),
        ("<b>Asha</b>", "<b>Asha</b>"),
        ("क्\u200dष", "क्\u200dष"),
        ("x" * 80, "x" * 80),
        ("=1+1", "=1+1"),
    ],
)
def test_a_name_loses_its_control_characters_and_nothing_else(sqlite_site: Site, given: str, kept: str) -> None:
    browser = sqlite_site.browser()
    assert sign_up(browser, name=given).status_code == 303
    assert person(sqlite_site).name == kept
    page = browser.get("/account")
    assert "<b>Asha" not in page.text
    assert "a" not in page.cookies


def test_a_name_of_81_characters_or_of_a_megabyte_is_refused(sqlite_site: Site) -> None:
    for length in (81, 900_000):
        reply = sign_up(sqlite_site.browser(), name="x" * length)
        assert reply.status_code == 422
        assert "at most 80" in reply.text
    assert sign_up(sqlite_site.browser(), name="x" * 1_100_000).status_code == 413


def test_the_page_of_a_new_account_has_its_form_first(sqlite_site: Site) -> None:
    page = sqlite_site.browser().get("/sign-up").text
    assert page.index('action="/sign-up"') < page.index('action="/sign-in"')
    assert "Create account</button>" in page
    assert "Sign in</button>" in page


def test_without_javascript_there_is_no_button_that_does_nothing(sqlite_site: Site) -> None:
    page = sqlite_site.browser().get("/sign-in").text
    buttons = [part.split(">")[0] for part in page.split("<button")[1:] if "data-show-password" in part.split(">")[0]]
    assert len(buttons) == 2
    assert all(" hidden" in button for button in buttons)


def test_ids_are_unique_on_a_page_with_two_forms(sqlite_site: Site) -> None:
    page = sign_up(sqlite_site.browser(), "no", "short", name="x" * 81).text
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert sorted(ids) == sorted(set(ids))
    for each in ("sign-up-name", "sign-up-email", "sign-up-password"):
        assert f'aria-describedby="{each}-error' in page
        assert f'id="{each}-error"' in page


def test_the_password_is_never_stored_as_given(sqlite_site: Site) -> None:
    sign_up(sqlite_site.browser())
    assert PASSWORD not in (person(sqlite_site).password_hash or "")
