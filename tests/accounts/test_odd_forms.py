"""Forms of the account pages as no browser of ours sends them: from other sites, nonsense, files, half characters."""

import pytest

from tests.accounts.people import ASHA, cast
from tests.make import PASSWORD, Site


def test_another_site_cannot_sign_anyone_in_or_out(sqlite_site: Site) -> None:
    (asha,) = cast(sqlite_site, "Asha")
    browser = sqlite_site.signed_in(asha)
    evil = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    fields = {"email": ASHA, "password": PASSWORD}
    for path in ("/sign-in", "/sign-up", "/sign-out", "/reset/x"):
        assert browser.post(path, data=fields, headers=evil).status_code == 403
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize("value", ["\0", "a" * 900_000, "<script>", "\u202e", "é" * 5000, "a@b\0"])
def test_nonsense_in_any_field_is_an_answer_and_no_fault(site: Site, value: str) -> None:
    for path in ("/sign-in", "/sign-up", "/reset/x"):
        reply = site.browser().post(path, data={"email": value, "password": value[:400_000] * 0 + value[:50]})
        assert reply.status_code in {401, 404, 422}, (path, reply.text)
        assert "<script>" not in reply.text


def test_half_characters_from_an_odd_charset_are_an_answer_and_no_fault(site: Site) -> None:
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n\\ud800@example.edu12\r\n'
        for name in ("email", "password")
    )
    headers = {"content-type": "multipart/form-data; boundary=x; charset=unicode_escape"}
    for path in ("/sign-in", "/sign-up"):
        reply = site.browser().post(path, content=f"{parts}--x--\r\n".encode(), headers=headers)
        assert reply.status_code in {303, 401, 422}


def test_a_file_in_place_of_a_field_is_no_field(sqlite_site: Site) -> None:
    reply = sqlite_site.browser().post("/sign-in", data={"password": PASSWORD}, files={"email": ("a", b"b")})
    assert reply.status_code in {400, 401}
