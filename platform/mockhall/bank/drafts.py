"""What somebody typed into a question's form and has not saved: kept on the server, a draft a person and question."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select
from starlette.datastructures import FormData

from mockhall.accounts.models import Person
from mockhall.bank.desk_models import QuestionDraft
from mockhall.bank.draft import Draft
from mockhall.bank.forms import Sent, read
from mockhall.bank.models import Question
from mockhall.web.errors import Refused, iso
from mockhall.web.headline import headline

LARGEST = 200_000  # bytes
MOST = 50  # a person


def find(db: Session, person: Person, question: Question | None, *, lock: bool = False) -> QuestionDraft | None:
    """This person's draft of a question, or of a new one."""
    query = select(QuestionDraft).where(_of(person, question))
    return db.exec(query.with_for_update() if lock else query).first()


def _of(person: Person, question: Question | None) -> Any:
    return sa.and_(col(QuestionDraft.person_id) == person.id, col(QuestionDraft.about) == (_id(question) or 0))


def opened(kept: QuestionDraft) -> Draft:
    """The form as it was typed, begun from the version it was begun from."""
    form = FormData([(name, text) for name, text in kept.fields])
    return replace(read(form).draft, version=kept.base)


def stamp(kept: QuestionDraft | None) -> str:
    """Which state of the draft a page knows."""
    return kept.updated_at.isoformat() if kept else ""


def keep(
    db: Session, person: Person, question: Question | None, sent: Sent, now: datetime, *, over: bool = False
) -> QuestionDraft:
    """Keep what a form holds. Refused where it is too much, or where another page of this person keeps one that this
    page has not seen and is not to be put `over`: whichever is the older, it is nowhere else."""
    fields = [list(each) for each in sent.fields]
    if len(json.dumps(fields)) > LARGEST:
        said = "Draft not saved: this is more than 200 kB. Save the question, or make it shorter."
        raise Refused(413, "too_large", said, saved=False)
    kept = find(db, person, question, lock=True)
    if kept is not None and not over and sent.page != kept.page and sent.kept != stamp(kept):
        said = "Draft not saved: it would replace another draft of this question. Press Save draft to choose."
        raise Refused(409, "another", said, saved=False, kept_at=kept.updated_at)
    if kept is None:
        _leave_room(db, person)
        kept = _blank(person, question, now)
    kept.base, kept.fields, kept.page, kept.updated_at = sent.draft.version, fields, sent.page, now
    db.add(kept)
    db.flush()
    return kept


def _blank(person: Person, question: Question | None, now: datetime) -> QuestionDraft:
    assert person.id is not None
    about = _id(question)
    return QuestionDraft(
        person_id=person.id, about=about or 0, question_id=about, base=0, fields=[], page="", updated_at=now
    )


def _id(question: Question | None) -> int | None:
    return question.id if question else None


def _leave_room(db: Session, person: Person) -> None:
    count = select(sa.func.count()).select_from(QuestionDraft).where(col(QuestionDraft.person_id) == person.id)
    if db.exec(count).one() >= MOST:
        said = f"Draft not saved: you have {MOST} drafts already. Save or discard one of them: Your drafts lists them."
        raise Refused(409, "too_many", said, saved=False)


def keep_if_possible(
    db: Session, person: Person, question: Question | None, sent: Sent, now: datetime
) -> QuestionDraft | None:
    """The same for a form that could not be saved: the page that says so shows what was typed, draft or not."""
    try:
        return keep(db, person, question, sent, now)
    except Refused:
        return None


def forget(db: Session, person: Person, question: Question | None, saved: Sent | None = None) -> None:
    """The draft was thrown away; or what it held is `saved`: one that page has never seen stays, and is offered."""
    gone = sa.delete(QuestionDraft).where(_of(person, question))
    kept = find(db, person, question) if saved else None
    if kept is None or saved is None or kept.page == saved.page or stamp(kept) == saved.kept:
        db.execute(gone)


@dataclass(frozen=True)
class Listed:
    """A draft in the list of one's own. `code` is the question's, empty for a new one; `is_behind` a newer version."""

    headline: str
    code: str
    at: datetime
    is_behind: bool
    is_gone: bool  # the question was deleted


def listed(db: Session, person: Person) -> list[Listed]:
    """This person's drafts, the newest first."""
    query = select(QuestionDraft, Question).join(Question, isouter=True)
    query = query.where(col(QuestionDraft.person_id) == person.id).order_by(col(QuestionDraft.updated_at).desc())
    return [_listed(*row) for row in db.exec(query).all()]


def _listed(kept: QuestionDraft, question: Question | None) -> Listed:
    said, at = headline(_stem(kept), 90), kept.updated_at
    if question is None:
        return Listed(said, "", at, is_behind=False, is_gone=False)
    is_gone = question.deleted_at is not None
    return Listed(said, question.code, at, question.version != kept.base and not is_gone, is_gone)


def _stem(kept: QuestionDraft) -> str:
    return next((text for name, text in kept.fields if name == "stem"), "")


def as_json(kept: QuestionDraft) -> dict[str, Any]:
    """What a page's script has to know of a draft that was kept."""
    return {"saved": True, "saved_at": iso(kept.updated_at), "kept": stamp(kept)}
