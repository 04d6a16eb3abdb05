"""Makes papers of several topics."""

from typing import Any

from sqlmodel import Session

from mockhall.bank import actions as bank
from mockhall.papers.models import Paper
from tests.make import make_paper


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
