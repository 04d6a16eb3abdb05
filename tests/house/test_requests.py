"""Requests no browser sends: none is a fault of ours, and each kind of reply has its headers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mockhall.accounts.models import Role
from mockhall.settings import Settings
from tests.house.test_access import House, house
from tests.house.test_routes import Address, addresses
from tests.make import PASSWORD, Site, make_person

JSON = {"Accept": "application/json"}
FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}
PAGE_HEADERS = {
    "x-content-type-options": "nosniff", "referrer-policy": "same-origin", "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin", "cache-control": "no-store",
}  # fmt: skip


# ---------------------------------------------------------------- headers


def replies_of_each_kind(site: Site) -> dict[str, Any]:
    here = house(site, "tara")
    stranger, editor = site.browser(), here.browser
    stamp = site.app.state.templates.globals["static"]("css/site.css")
    return {
        "page": stranger.get("/"), "fragment": stranger.get("/papers", headers=FRAGMENT),
        "json": stranger.get("/papers", headers=JSON), "401": stranger.get("/account"),
        "403": stranger.post("/sign-out", headers={"Origin": "https://elsewhere.example"}),
        "404": stranger.get("/nowhere"), "404 json": stranger.get("/nowhere", headers=JSON),
        "405": stranger.put("/"), "413": stranger.post("/sign-in", content=b"a" * 1_100_000),
        "422": editor.post("/desk/papers"), "redirect": editor.get("/desk"), "desk": editor.get("/desk/questions"),
        "health": stranger.get("/healthz"), "room": editor.get(f"/attempts/{here.values['there']['attempt']}"),
        "static": stranger.get(stamp), "no such file": stranger.get("/static/x/none.css"),
    }  # fmt: skip


def test_every_kind_of_reply_has_the_security_headers(sqlite_site: Site) -> None:
    replies = replies_of_each_kind(sqlite_site)
    wanted = {"401": 401, "403": 403, "404": 404, "404 json": 404, "405": 405, "413": 413, "422": 422, "redirect": 303}
    for kind, reply in replies.items():
        is_file = kind in {"static", "no such file"}
        assert reply.status_code == wanted.get(kind, 404 if kind == "no such file" else 200), kind
        rules = reply.headers["content-security-policy"]
        assert "default-src 'none'" in rules, kind
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"} & set(rules.replace(";", " ").split())
        assert reply.headers["x-content-type-options"] == "nosniff", kind
        if not is_file:
            assert {name: reply.headers[name] for name in PAGE_HEADERS} == PAGE_HEADERS, kind
            assert "frame-ancestors 'none'" in rules, kind
        assert "server" not in reply.headers, kind


@pytest.mark.parametrize("path", ["/healthz", "/", "/papers", "/nowhere", "/account", "room", "static"])
def test_the_head_of_a_reply_is_that_of_the_whole_without_a_body(sqlite_site: Site, path: str) -> None:
    here = house(sqlite_site, "tara")
    known = {
        "room": f"/attempts/{here.values['there']['attempt']}",
        "static": sqlite_site.app.state.templates.globals["static"]("css/site.css"),
    }
    address = known.get(path, path)
    whole, head = here.browser.get(address), here.browser.head(address)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert {**head.headers, "set-cookie": ""} == {**whole.headers, "set-cookie": ""}


def test_only_an_https_site_tells_browsers_to_stay_with_https(
    sqlite_settings: Settings, make_site: Callable[[Settings], Site]
) -> None:
    assert "strict-transport-security" not in make_site(sqlite_settings).browser().get("/").headers
    safe = make_site(sqlite_settings.model_copy(update={"base_url": "https://mock.example.edu"}))
    assert safe.browser().get("/").headers["strict-transport-security"].startswith("max-age=")


# ---------------------------------------------------------------- what no browser sends

ODD = ["%00", "a%00b", "%ff%fe", "%F0%9F%8E%93", "%2e%2e%2f%2e%2e", "'%20OR%201=1--", "%3Cscript%3E", "9" * 30, "-1",
       "0", "1e9", "%D9%A1", "x" * 2000, "%E2%80%AE", "None", "%0d%0aSet-Cookie:x=1", "%ED%A0%80"]  # fmt: skip
FIELDS = ("q", "page", "topic", "difficulty", "length", "after", "before", "next", "kind", "status", "state", "show",
          "paper", "subject", "full", "wrong", "partial", "limit", "offset", "cohort", "score", "tests",
          "removed")  # fmt: skip
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
PART = b'--x\r\nContent-Disposition: form-data; name="text"'
EVERY = [
    *FIELDS, "text", "then", "title", "name", "email", "password", "stem", "version", "question", "section", "minutes",
    "choice", "seq", "base", "tab", "active_ms", "visited", "value", "tolerance", "low", "high", "attempts",
]  # fmt: skip


def typed(kind: str, content: bytes) -> dict[str, Any]:
    return {"content": content, "headers": {"Content-Type": kind}}


BODIES: dict[str, dict[str, Any]] = {
    "json": {"json": {"choice": "o1"}},
    "bytes": typed(URLENCODED, b"\xff\xfe\x00=\x80&choice=%ff%00"),
    "odd charset": typed(f"{URLENCODED}; charset=u-7", b"text=a"),
    "no type": {"content": b"text=a&choice=b"},
    "multipart": {"files": {"text": ("a.txt", b"\xff\x00"), "email": ("=1.csv", b"x"), "then": ("", b"save")}},
    "multipart without end": typed(f"{MULTIPART}; boundary=x", PART[:-3]),
    "multipart without boundary": typed(MULTIPART, b"a"),
    "multipart of no charset": typed(f"{MULTIPART}; boundary=x; charset=none-such", PART + b"\r\n\r\na\r\n--x--\r\n"),
    "many fields": {"data": {f"field{n}": "x" for n in range(4000)}},
    "nul and a picture": {"data": dict.fromkeys(EVERY, "\0🎓")},
    "large numbers": {"data": dict.fromkeys(EVERY, "9" * 400)},
    "exponents": {"data": dict.fromkeys(EVERY, "1e999999")},
    "below nothing": {"data": dict.fromkeys(EVERY, "-1/0")},
    "long texts": {"data": dict.fromkeys(EVERY, "\u202e=x " * 2000)},
}


def replies_to(here: House, method: str, tail: str = "", **given: Any) -> Iterator[tuple[Address, Any]]:
    """Each address of a method, asked by the editor whose attempt and question are there."""
    for each in addresses(here.site.app):
        if each.method == method and each.path != "/sign-out":
            yield each, here.browser.request(method, here.path(each, "there") + tail, **given)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:20])
def test_an_odd_word_in_any_address_is_no_fault_of_ours(site: Site, odd: str) -> None:
    here, asked = house(site, "admin"), 0
    here.values["odd"] = dict.fromkeys(here.values["there"], odd)
    for each in addresses(site.app):
        if "{" in each.path:
            path = each.at(code=odd, **here.values["odd"])
            assert here.browser.request(each.method, path, headers=JSON).status_code in range(300, 500), path
            asked += 1
    assert asked > 20


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:20])
def test_an_odd_word_in_any_query_is_no_fault_of_ours(site: Site, odd: str) -> None:
    here = house(site, "admin")
    query = "?" + "&".join(f"{name}={odd}" for name in FIELDS)
    for headers in ({}, FRAGMENT):
        for each, reply in replies_to(here, "GET", query, headers=headers):
            assert reply.status_code < 500, each.name
            assert "\n" not in "".join(reply.headers.values())


@pytest.mark.parametrize("kind", BODIES)
def test_an_odd_body_is_no_fault_of_ours(site: Site, kind: str) -> None:
    here = house(site, "admin")
    assert not [each.name for each, reply in replies_to(here, "POST", **BODIES[kind]) if reply.status_code >= 500]


def pieces(size: int) -> Iterator[bytes]:
    """A body whose length nobody declares."""
    yield b"text="
    for _ in range(size // 10_000):
        yield b"a" * 10_000


@pytest.mark.parametrize("body", [b"text=" + b"a" * 1_100_000, pieces(1_100_000)], ids=["declared", "in pieces"])
def test_a_body_over_a_megabyte_is_refused_and_nothing_is_kept(sqlite_site: Site, body: Any) -> None:
    here = house(sqlite_site, "ravi")
    room = f"/attempts/{here.values['there']['attempt']}"
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    reply = here.browser.post(f"{room}/responses/4", content=body, headers=JSON | kind)
    assert reply.status_code == 413
    assert reply.json()["reason"] == "too_large"


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_other_methods_are_answered_on_every_address(sqlite_site: Site, method: str) -> None:
    here = house(sqlite_site, "admin")
    for each in addresses(sqlite_site.app):
        reply = here.browser.request(method, here.path(each, "there"))
        assert reply.status_code < 500, each.name
        assert "content-security-policy" in reply.headers
        assert method in {"HEAD", "OPTIONS"} or reply.status_code in {307, 404, 405}, each.name


HEADERS: dict[str, list[tuple[str, bytes]]] = {
    "cookie of odd bytes": [("cookie", b"mockhall=\xff\xfe; said=%ff%00; theme=\x01")],
    "said markup": [("cookie", b"said=%3Cscript%3E; theme=<x>")],
    "origin that is no address": [("origin", b"http://[")],
    "host that is no address": [("host", b"[")],
    "accept of odd bytes": [("accept", b"\xff\xfe;q=x")],
    "length of 5000 digits": [("content-length", b"9" * 5000)],
    "length that is a word": [("content-length", b"many")],
    "length below nothing": [("content-length", b"-1")],
}


@pytest.mark.parametrize("kind", HEADERS)
@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("GET", "/account"), ("POST", "/sign-in")])
def test_an_odd_header_is_no_fault_of_ours(sqlite_site: Site, kind: str, method: str, path: str) -> None:
    headers: Any = [(name.encode(), value) for name, value in HEADERS[kind]]
    reply = sqlite_site.browser().request(method, path, headers=headers)
    assert reply.status_code < 500
    assert "<script>" not in reply.text


# ---------------------------------------------------------------- where to go next

ELSEWHERE = ["//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example", "/\r\nSet-Cookie: x=1",
             "/\t/elsewhere.example", "javascript:alert(1)", "\\\\elsewhere.example", "/\u2028x", "/" + "x" * 5000,
             " //elsewhere.example", "elsewhere.example", "/%0d%0aSet-Cookie:x=1"]  # fmt: skip


@pytest.mark.parametrize("after", ELSEWHERE, ids=lambda after: repr(after)[:24])
def test_signing_in_leads_to_a_page_of_ours_and_sets_no_header(sqlite_site: Site, after: str) -> None:
    with sqlite_site.writing() as db:
        ravi = make_person(db, "Ravi", Role.STUDENT)
    browser = sqlite_site.browser()
    replies = [browser.post("/sign-in", data={"email": ravi.email, "password": PASSWORD, "next": after})]
    replies += [browser.get(path, params={"next": after}) for path in ("/sign-in", "/sign-up")]
    replies += [browser.post("/sign-out", data={"next": after})]
    for reply in replies:
        assert reply.status_code == 303
        assert is_ours(reply.headers["location"]), reply.headers["location"]
        assert "x" not in {each.partition("=")[0] for each in reply.headers.get_list("set-cookie")}


def is_ours(location: str) -> bool:
    """A path of this site as browsers read it."""
    return (
        location.startswith("/") and location[1:2] not in {"/", "\\"} and location.isascii() and location.isprintable()
    )


def test_a_slash_too_many_is_no_page_and_never_a_redirect_to_a_host_the_request_claims(sqlite_site: Site) -> None:
    reply = sqlite_site.browser().get("/papers/", headers={"Host": "evil.example"})
    assert reply.status_code == 404
    assert "location" not in reply.headers
