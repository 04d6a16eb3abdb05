"""What an app makes for itself at its first requests, made once a process: tests make an app each, all of one code."""

from functools import cache
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import _IncludedRouter
from jinja2 import FileSystemLoader
from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

from mockhall import paths

_ENGINES: dict[str, Engine] = {}
_ROUTERS: dict[int, _IncludedRouter] = {}
_MOST = 5_000


def share(app: FastAPI) -> None:
    """Let an app use what the first one in this process made: two thirds of a test's time."""
    _share_statements(app)
    _share_routes(app)
    app.state.templates.loader = _templates()


def _share_statements(app: FastAPI) -> None:
    """The dialect of the first site on that kind of database, and the statements compiled for it."""
    engine = app.state.database.engine
    kind = engine.dialect.name
    if kind not in _ENGINES:
        with engine.connect():  # a dialect learns from its first connection what its server is
            _ENGINES[kind] = engine
        engine._compiled_cache = LRUCache(_MOST)
    engine.dialect, engine._compiled_cache = _ENGINES[kind].dialect, _ENGINES[kind]._compiled_cache


def _share_routes(app: FastAPI) -> None:
    """What FastAPI read of the signatures in routers that all apps include."""
    for place, route in enumerate(app.router.routes):
        if isinstance(route, _IncludedRouter):
            app.router.routes[place] = _ROUTERS.setdefault(id(route.original_router), route)


@cache
def _templates() -> FileSystemLoader:
    return _ReadOnce(paths.TEMPLATES)


class _ReadOnce(FileSystemLoader):
    """Templates from files that stay as they are."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.get_source = cache(self.get_source)  # type: ignore[method-assign]
