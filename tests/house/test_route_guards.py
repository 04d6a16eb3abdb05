"""The rules of test_routes.py themselves: an address that breaks one is found."""

from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from starlette.routing import Route

from mockhall.accounts.access import Editor
from mockhall.db import Reading, Writing
from tests.house.test_routes import on_the_wrong_session, unfetched, unguarded, unlisted


def planted(route: Any, *methods: str, path: str = "/desk/planted") -> FastAPI:
    """An app with one more route in a router, as create_app includes them."""
    app, router = FastAPI(openapi_url=None), APIRouter()
    router.add_api_route(path, route, methods=list(methods))
    app.include_router(router)
    return app


def only_looks(db: Reading) -> None: ...


def changes(db: Writing) -> None: ...


def takes_both(look: Reading, db: Writing) -> None: ...


def edits(person: Editor) -> None: ...


def fetches_itself(db: Reading, code: str) -> None: ...


def test_a_new_route_in_a_router_or_outside_is_found_unlisted() -> None:
    assert "GET /desk/planted" in unlisted(planted(only_looks, "GET"))
    app = FastAPI(routes=[Route("/desk/planted", fetches_itself)])
    assert "GET /desk/planted" in unlisted(app)


def test_a_route_that_forgot_its_guard_is_found() -> None:
    assert unguarded(planted(only_looks, "GET", path="/desk/questions")) == {"GET /desk/questions"}
    assert unguarded(planted(edits, "GET", path="/desk/questions")) == set()
    assert unguarded(planted(edits, "GET", path="/attempts/{code}/result")) == {"GET /attempts/{code}/result"}
    assert unguarded(planted(edits, "GET", path="/privacy")) == {"GET /privacy"}


@pytest.mark.parametrize(("route", "method"), [(changes, "GET"), (only_looks, "POST"), (takes_both, "POST")])
def test_a_route_on_the_wrong_session_is_found(route: Any, method: str) -> None:
    assert on_the_wrong_session(planted(route, method))


def test_a_route_that_fetches_its_row_itself_is_found() -> None:
    assert unfetched(planted(fetches_itself, "GET", path="/desk/planted/{code}"))
