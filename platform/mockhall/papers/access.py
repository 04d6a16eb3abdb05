"""Who may see which paper: published ones everybody, the others only editors."""

from typing import Annotated

from fastapi import Depends
from sqlmodel import Session

from mockhall.accounts.access import Viewer
from mockhall.accounts.models import Person
from mockhall.db import Reading
from mockhall.papers.catalogue import TopicPage, topic_page
from mockhall.papers.models import PaperStatus
from mockhall.papers.queries import Shown, find
from mockhall.web.errors import NotYours

NO_TEST = "There is no test at this address, or it is no longer offered. The catalogue has those that are."
NO_TOPIC = "There is no topic at this address. The catalogue has those with tests."


def shown(db: Session, slug: str, person: Person | None) -> Shown:
    """The paper at this address if this person may see it; unknown, draft and withdrawn look the same to others."""
    found = None if "\0" in slug else find(db, slug)  # PostgreSQL refuses a NUL, and no address has one
    is_editor = person is not None and person.can_edit
    if found is None or not (is_editor or found.paper.status == PaperStatus.PUBLISHED):
        raise NotYours(NO_TEST)
    return found


def shown_paper(db: Reading, slug: str, person: Viewer) -> Shown:
    """The same, as a dependency."""
    return shown(db, slug, person)


def known_topic(db: Reading, slug: str, person: Viewer) -> TopicPage:
    """The topic at this address; 404 when there is none."""
    found = None if "\0" in slug else topic_page(db, slug, person)
    if found is None:
        raise NotYours(NO_TOPIC)
    return found


ShownPaper = Annotated[Shown, Depends(shown_paper)]
KnownTopic = Annotated[TopicPage, Depends(known_topic)]
