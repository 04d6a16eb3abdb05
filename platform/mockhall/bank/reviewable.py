"""Which of many questions can be sent to review: by the checks that the button of a single one asks for."""

from collections.abc import Sequence

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mockhall.bank.models import Topic
from mockhall.bank.picked import Left, Picked
from mockhall.bank.queries import Known
from mockhall.bank.standing import faults
from mockhall.web.headline import headline


def parted(db: Session, picked: Sequence[Picked]) -> tuple[list[Picked], list[Left]]:
    """Those that can be sent, and those that lack something with what it is."""
    titles, ready, left = _titles(db, picked), [], []
    for each in picked:
        found = faults(Known(each.version, *titles[each.question.topic_id]))
        if found:
            left.append(Left(each.question.code, headline(each.version.stem, 60).plain, " ".join(found)))
        else:
            ready.append(each)
    return ready, left


def _titles(db: Session, picked: Sequence[Picked]) -> dict[int, tuple[str, str]]:
    """The titles of each topic and of its subject, by its id."""
    subject = aliased(Topic)
    query = select(Topic.id, Topic.title, subject.title).outerjoin(subject, col(subject.id) == Topic.parent_id)
    rows = db.exec(query.where(col(Topic.id).in_({each.question.topic_id for each in picked})))
    return {at or 0: (title, above or title) for at, title, above in rows}
