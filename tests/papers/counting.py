"""Counts the queries of a request, and makes papers of several topics."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlmodel import Session

from mockhall.bank import actions as bank
from mockhall.papers.models import Paper
from tests.make import Site, make_paper


@contextmanager
def queries(site: Site) -> Iterator[list[str]]:
    """The statements that run within the block; BEGIN and kin, which ask nothing, left out."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
            seen.append(statement)

    engine = site.app.state.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def paper_on(db: Session, topic: str, slug: str, title: str, **changes: Any) -> Paper:
    """A published paper on a topic of its own; `changes` are columns of the paper or rules of make_paper."""
    columns = {name: changes.pop(name) for name in ("difficulty", "summary") if name in changes}
    paper = make_paper(db, slug, title=title, **changes)
    paper.topic_id = bank.topic_named(db, topic).id or 0
    for name, value in columns.items():
        setattr(paper, name, value)
    db.add(paper)
    db.flush()
    return paper
