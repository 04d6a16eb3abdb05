"""Reads on a question's past: its versions with what changed in each, who verified them, and two of them compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from sqlmodel import Session, col, select

from mockhall.accounts.models import Person
from mockhall.bank.differences import changed_fields, differences
from mockhall.bank.draft import Draft
from mockhall.bank.models import Question, QuestionVersion, Remark, Verification
from mockhall.bank.standing import Remarked, Signed
from mockhall.bank.stored import of_version
from mockhall.bank.worded import Piece, compared, folded

PAGE = 30


@dataclass(frozen=True)
class Edition:
    """A version as the history lists it; `changed` are fields in words, none of the first version."""

    number: int
    at: datetime
    author: str
    changed: Sequence[str]
    note: str
    signed: Sequence[Signed] = ()
    remarked: Sequence[Remarked] = ()


@dataclass(frozen=True)
class History:
    """A page of versions, newest first; `before` is the number the next page goes on below, 0 at the end."""

    editions: Sequence[Edition]
    before: int


def editions(db: Session, question: Question, most: int = PAGE, before: int = 0) -> History:
    """The newest versions, below `before` where it is given, in one query."""
    query = (
        select(QuestionVersion, Person)
        .outerjoin(Person, col(Person.id) == col(QuestionVersion.created_by_id))
        .where(col(QuestionVersion.question_id) == question.id)
        .order_by(col(QuestionVersion.number).desc())
        .limit(most + 1)
    )
    if before:
        query = query.where(col(QuestionVersion.number) < before)
    rows = [(version, _name(person)) for version, person in db.exec(query)]
    found = [_edition(version, author, older) for (version, author), (older, _) in pairwise(rows)]
    if len(rows) <= most:
        found += [_edition(version, author, None) for version, author in rows[-1:]]
    return History(found, found[-1].number if len(rows) > most else 0)


def _edition(version: QuestionVersion, author: str, older: QuestionVersion | None) -> Edition:
    changed = changed_fields(_draft(older), _draft(version)) if older else []
    return Edition(version.number, version.created_at, author, changed, version.note or "")


def _draft(version: QuestionVersion) -> Draft:
    return of_version(version, "", version.topic)  # the subject is no part of a version


def _name(person: Person | None) -> str:
    return person.label if person else ""


def history(db: Session, question: Question, before: int = 0) -> History:
    """A page of versions with what reviewers said of each, in three queries."""
    page = editions(db, question, before=before)
    numbers = [each.number for each in page.editions]
    signed, remarked = _signed(db, question, numbers), _remarked(db, question, numbers)
    rows = [
        Edition(each.number, each.at, each.author, each.changed, each.note,
                signed.get(each.number, []), remarked.get(each.number, []))
        for each in page.editions
    ]  # fmt: skip
    return History(rows, page.before)


def _signed(db: Session, question: Question, numbers: Sequence[int]) -> dict[int, list[Signed]]:
    query = select(Verification, Person).join(Person, col(Person.id) == col(Verification.person_id))
    query = query.where(col(Verification.question_id) == question.id, col(Verification.version).in_(numbers))
    found: dict[int, list[Signed]] = {}
    for row, person in db.exec(query.order_by(col(Verification.id))):
        found.setdefault(row.version, []).append(Signed(row, person.label))
    return found


def _remarked(db: Session, question: Question, numbers: Sequence[int]) -> dict[int, list[Remarked]]:
    query = select(Remark, Person).join(Person, col(Person.id) == col(Remark.person_id))
    query = query.where(col(Remark.question_id) == question.id, col(Remark.version).in_(numbers))
    found: dict[int, list[Remarked]] = {}
    for row, person in db.exec(query.order_by(col(Remark.id))):
        found.setdefault(row.version, []).append(Remarked(row, person.label))
    return found


# ---------------------------------------------------------------- two versions


@dataclass(frozen=True)
class FieldChange:
    """A field that two versions say differently, word by word."""

    label: str
    pieces: Sequence[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Comparison:
    """Two versions and the fields that differ."""

    old: Edition
    new: Edition
    fields: Sequence[FieldChange]


def comparison(db: Session, question: Question, old: int, new: int) -> Comparison | None:
    """Two versions of a question compared; none where it has no such version."""
    query = (
        select(QuestionVersion, Person)
        .outerjoin(Person, col(Person.id) == col(QuestionVersion.created_by_id))
        .where(col(QuestionVersion.question_id) == question.id, col(QuestionVersion.number).in_({old, new}))
    )
    rows = {version.number: (version, _name(person)) for version, person in db.exec(query)}
    if not {old, new} <= set(rows):
        return None
    found = differences(_draft(rows[old][0]), _draft(rows[new][0]))
    fields = [FieldChange(each.label, folded(compared(each.theirs, each.mine))) for each in found]
    return Comparison(_edition(*rows[old], None), _edition(*rows[new], None), fields)
