"""Every address of the app, whom it is for, and the dependency that sees to it; promise 10.

A route that is not in LISTED fails: whoever adds one says whom it is for, and test_access.py tries it out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from starlette.routing import Mount

from tests.house.listed import FILES, LISTED
from tests.make import Site

AUDIENCE = {name: audience for audience, names in LISTED.items() for name in names}
GUARDS = {
    "owner": {"attempts.access.my_attempt", "attempts.access.my_attempt_for_update"},
    "student": {"accounts.access.student", "accounts.access.student_for_update"},
    "editor": {"accounts.access.editor", "accounts.access.editor_for_update"},
    "staff": {"accounts.access.staff", "accounts.access.staff_for_update", "results.access.exporter"},
    "desk": {"accounts.access.desk", "accounts.access.desk_for_update"},
}
# Which row an address is about is settled by a dependency that takes the parameter; these name no row by themselves.
FREE = {
    ("POST /desk/papers/{slug}/questions/{code}", "code"): "a place inside the paper that was fetched",
    ("GET /desk/papers/{slug}/questions/{code}", "code"): "leads to the paper that was fetched",
    ("GET /desk/papers/{slug}/accommodations/{code}", "code"): "leads to the list of the paper that was fetched",
    ("GET /reset/{token}", "token"): "the token is the key: a link that is no good gets the same page whatever it was",
    ("POST /reset/{token}", "token"): "the same",
    ("GET /images/{address}", "address"): "a picture is to all who have its address, which says what it holds",
}
IN_THE_STATEMENT = {"POST /papers/{slug}/attempts", "POST /attempts/{code}/responses/{number}"}
INSIDE = {"number", "position"}  # a place inside the object that was fetched
GET_THAT_WRITES = {f"GET /desk/papers/{{slug}}/{name}": "who took a report away is logged" for name in FILES} | {
    "GET /desk/gradebook.csv": "the same"
}
POST_THAT_ONLY_LOOKS = {
    "POST /desk/papers/{slug}/preview/{number}": "the buttons of a question's form, which keep nothing in a preview",
    "POST /desk/questions/preview": "a half-written question is too long for an address",
    "POST /desk/papers/put": "five hundred ticks are too long for an address",
    "POST /desk/papers/{slug}/report/items": "counting takes seconds, and keeps what it found in a short transaction",
    "POST /desk/cohorts/{code}/add": "a list of people is too long for one, and this is its dry run",
}


@dataclass(frozen=True)
class Address:
    """One method on one path. `needs` are its dependencies, or None where Starlette serves it without any."""

    method: str
    path: str
    dependant: Any = field(default=None, compare=False, repr=False)

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def needs(self) -> set[str]:
        """All its dependencies, as `accounts.access.editor`."""
        return {_called(each.call) for each in _below(self.dependant)}

    @property
    def taken(self) -> set[str]:
        """The path parameters that dependencies take, the route itself left out."""
        return {field.name for each in _below(self.dependant) for field in each.path_params}

    def at(self, **values: object) -> str:
        """The path with the values in: `at(code="abc")`."""
        return re.sub(r"{(\w+)}", lambda found: str(values[found[1]]), self.path)


def _below(dependant: Any) -> Iterator[Any]:
    for each in dependant.dependencies if dependant else ():
        yield each
        yield from _below(each)


def _called(call: Any) -> str:
    return f"{call.__module__.removeprefix('mockhall.')}.{getattr(call, '__name__', '?')}"


def addresses(app: FastAPI) -> list[Address]:
    """Every address of the app. FastAPI keeps included routers whole, so their routes are asked of them."""
    found = []
    for route in app.routes:
        if isinstance(route, Mount):
            found.append(Address("*", route.path))
            continue
        inner: Any = route.effective_candidates() if hasattr(route, "effective_candidates") else [route]
        for each in inner:
            methods = set(each.methods or ["*"]) - {"HEAD", "OPTIONS"}
            found += [Address(method, each.path, getattr(each, "dependant", None)) for method in sorted(methods)]
    return found


def unlisted(app: FastAPI) -> set[str]:
    return {each.name for each in addresses(app)} - set(AUDIENCE)


def with_dependencies(app: FastAPI) -> list[Address]:
    return [each for each in addresses(app) if each.dependant or each.name not in IN_THE_STATEMENT]


def unguarded(app: FastAPI) -> set[str]:
    """Addresses whose dependencies don't see to the audience they are listed with, or to a stricter one.

    Those served without dependencies ask in the very statement that reads or writes; test_access.py tries it out."""
    found = set()
    for each in with_dependencies(app):
        audience = AUDIENCE.get(each.name, "owner")
        guards = set().union(*GUARDS.values()) & each.needs
        if (audience == "public") is bool(guards) or (audience != "public" and not guards & GUARDS[audience]):
            found.add(each.name)
    return found


def on_the_wrong_session(app: FastAPI) -> set[str]:
    """GETs that write, other methods that don't, and whatever takes both sessions."""
    found = set()
    for each in addresses(app):
        reads, writes = "db.reading" in each.needs, "db.writing" in each.needs
        is_excused = each.name in {*GET_THAT_WRITES, *POST_THAT_ONLY_LOOKS, *IN_THE_STATEMENT}
        if (reads and writes) or (writes is (each.method in {"GET", "*"}) and not is_excused):
            found.add(each.name)
    return found


def unfetched(app: FastAPI) -> set[tuple[str, str]]:
    """Path parameters that no dependency takes: the row behind them is fetched without being authorised."""
    return {
        (each.name, name)
        for each in with_dependencies(app)
        for name in set(re.findall(r"{(\w+)", each.path)) - each.taken - INSIDE
    } - set(FREE)


# ---------------------------------------------------------------- the app as it is


def test_every_address_is_listed_and_every_listed_one_is_there(sqlite_site: Site) -> None:
    found = [each.name for each in addresses(sqlite_site.app)]
    assert len(found) > 40, "an empty list would be green too"
    assert len(set(found)) == len(found), "one address, one route"
    assert unlisted(sqlite_site.app) == set(), "say in LISTED whom it is for"
    assert set(AUDIENCE) - set(found) == set()


def test_every_address_is_guarded_as_its_audience_asks(sqlite_site: Site) -> None:
    assert unguarded(sqlite_site.app) == set()


def test_an_address_takes_one_session_and_only_a_post_the_one_that_writes(sqlite_site: Site) -> None:
    assert on_the_wrong_session(sqlite_site.app) == set()
    assert {each.method for each in addresses(sqlite_site.app)} == {"GET", "POST", "*"}


def test_fetching_is_authorising(sqlite_site: Site) -> None:
    assert unfetched(sqlite_site.app) == set()


def test_a_session_ends_with_the_function_and_waiting_for_one_holds_no_thread(sqlite_site: Site) -> None:
    seen = 0
    for address in addresses(sqlite_site.app):
        for each in _below(address.dependant):
            if _called(each.call) in {"db.reading", "db.writing"}:
                assert each.scope == "function", f"{address.name}: a failing commit would come after the reply"
                seen += 1
    assert seen > 40


def test_the_frameworks_own_pages_are_off(sqlite_site: Site) -> None:
    browser = sqlite_site.browser()
    for path in ("/docs", "/redoc", "/openapi.json", "/docs/oauth2-redirect"):
        assert browser.get(path).status_code == 404, path


def test_no_address_hides_behind_another(sqlite_site: Site) -> None:
    """`/desk/papers/new` must stand before `/desk/papers/{slug}`: the first that fits answers."""
    listed = addresses(sqlite_site.app)
    for place, each in enumerate(listed):
        for before in listed[:place]:
            pattern = re.sub(r"{\w+}", "[^/]+", re.escape(before.path).replace(r"\{", "{").replace(r"\}", "}"))
            hidden = before.method == each.method and re.fullmatch(pattern, each.path)
            assert not hidden, f"{each.name} is never reached: {before.name} answers"
