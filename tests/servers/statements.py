"""Statements compiled once a process: each site of a test has an engine of its own, and compiling takes a third."""

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

from mockhall.db import Database

_FIRST: dict[str, Engine] = {}
_MOST = 5_000


def share_statements(database: Database) -> None:
    """Let a site use the dialect of the first one on that kind of database, and what was compiled for it."""
    engine, kind = database.engine, database.engine.dialect.name
    if kind not in _FIRST:
        with engine.connect():  # a dialect learns from its first connection what its server is
            _FIRST[kind] = engine
        engine._compiled_cache = LRUCache(_MOST)
    engine.dialect, engine._compiled_cache = _FIRST[kind].dialect, _FIRST[kind]._compiled_cache
