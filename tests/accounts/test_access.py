"""Who may reach what, and where a request is counted."""

import pytest
from fastapi import FastAPI
from starlette.requests import Request

from mockhall.accounts.access import client_address
from tests.accounts.people import cast, guest_with_attempt
from tests.make import Site


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        ("", "unknown"),
    ],
)
def test_a_household_with_ipv6_is_one_address(host: str, counted: str) -> None:
    assert client_address(Request({"type": "http", "client": (host, 1), "app": FastAPI()})) == counted


def test_a_socket_file_has_no_address() -> None:
    assert client_address(Request({"type": "http", "client": None})) == "unknown"


def test_the_account_page_asks_strangers_and_guests_to_sign_in(sqlite_site: Site) -> None:
    for browser in (sqlite_site.browser(), guest_with_attempt(sqlite_site)):
        reply = browser.get("/account")
        assert reply.status_code == 401
        assert 'href="/sign-in?next=/account"' in reply.text


def test_ravi_sees_his_own_account_and_nobody_elses(sqlite_site: Site) -> None:
    _, ravi = cast(sqlite_site, "Asha", "Ravi")
    page = sqlite_site.signed_in(ravi).get("/account").text
    assert "ravi@example.edu" in page
    assert "asha@example.edu" not in page
    assert "argon2" not in page
