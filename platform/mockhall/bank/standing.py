"""Where one question stands, as its page shows it: state, verification, what may be done next and by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from sqlalchemy import and_, case, exists, func, not_
from sqlmodel import Session, col, select

from mockhall.accounts.models import Person, Role
from mockhall.bank.actions import texts
from mockhall.bank.checking import check
from mockhall.bank.lifecycle import Stand, Step, offered, same_text, why_not
from mockhall.bank.models import Question, QuestionStatus, QuestionVersion, Remark, Verification
from mockhall.bank.queries import Known
from mockhall.bank.stored import Before, of_version
from mockhall.web.errors import iso


@dataclass(frozen=True)
class Stake:
    """A published test that would feel it if a question were no longer verified: papers says which, and how."""

    title: str
    slug: str
    why: str


@dataclass(frozen=True)
class Signed:
    """The verification that holds, and who signed it."""

    row: Verification
    name: str


@dataclass(frozen=True)
class Remarked:
    """What the last reviewer sent back, and who that was."""

    row: Remark
    name: str


@dataclass(frozen=True)
class Standing:
    """All the card says. `signed` is none where nobody verified it, or where it was shipped as verified."""

    question: Question
    stand: Stand
    now: datetime
    signed: Signed | None = None
    remarked: Remarked | None = None

    @property
    def steps(self) -> list[Step]:
        return offered(self.stand)

    @property
    def is_due(self) -> bool:
        """Is it time to look at it again?"""
        due = self.question.due_at
        return due is not None and due <= self.now and self.question.live_version is not None

    @property
    def verified_at(self) -> str:
        """When it was verified last, for a page to send along; empty where nobody did."""
        return iso(self.question.verified_at) or ""

    @property
    def waits(self) -> bool:
        """Is there a version that nobody has verified, behind one that somebody has?"""
        return self.question.live_version not in {None, self.question.version}

    @property
    def why_not_next(self) -> str:
        """Why a draft can't be sent to review, or who looks at it can't verify what waits; empty where they can."""
        step = {QuestionStatus.DRAFT: Step.REVIEW, QuestionStatus.IN_REVIEW: Step.VERIFY}.get(self.stand.status)
        return why_not(step, self.stand) if step else ""


@dataclass(frozen=True)
class Card:
    """The card with a button that was refused: why, what is wrong beside fields, what was typed, what is at stake."""

    standing: Standing
    trouble: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    stakes: Sequence[Stake] = ()
    step: Step | None = None


def standing(db: Session, question: Question, known: Known, person: Person, now: datetime) -> Standing:
    """Where a question stands for somebody who looks at it, in three queries."""
    wrote, alone = _writer(db, question, person)
    stand = Stand(
        QuestionStatus(question.status), question.version, question.verified_version, wrote, alone, faults(known)
    )
    signed = _signed(db, question)
    return Standing(question, stand, now, signed, _remarked(db, question, signed))


def faults(known: Known) -> list[str]:
    """What the checks of the form find in what is stored."""
    version = known.version
    ids = frozenset(row["id"] for row in version.options if "id" in row)
    draft = of_version(version, known.subject, known.topic)
    return list(check(draft, Before(ids, version), is_final=True).errors.values())


def _writer(db: Session, question: Question, person: Person) -> tuple[bool, bool]:
    """Did they write what is to be verified, and if so, is there nobody else who may edit?"""
    another = exists().where(
        col(Person.role).in_((Role.EDITOR, Role.ADMIN)), col(Person.id) != person.id,
        col(Person.disabled_at).is_(None), col(Person.merged_into_id).is_(None),
    )  # fmt: skip
    query = select(QuestionVersion, not_(another)).where(col(QuestionVersion.question_id) == question.id)
    rows = db.exec(query.order_by(col(QuestionVersion.number))).all()
    wrote = person.id in writers([version for version, _ in rows], question.verified_version or 0)
    return wrote, wrote and bool(rows[0][1])


def writers(versions: Sequence[QuestionVersion], verified: int) -> set[int | None]:
    """Who wrote what the last of all `versions` says: whoever first said it, and who changed the text since the one
    `verified`. Who only filed it elsewhere wrote nothing."""
    said = [texts(each) for each in versions]
    changed = [True] + [not same_text(before, after) for before, after in pairwise(said)]
    first = next(each for each, text in zip(versions, said, strict=True) if same_text(text, said[-1]))
    since = [each for each, is_new in zip(versions, changed, strict=True) if is_new and each.number > verified]
    return {each.created_by_id for each in (first, *since)}


def _signed(db: Session, question: Question) -> Signed | None:
    """The verification that holds."""
    if question.verified_version is None:
        return None
    query = (
        select(Verification, Person)
        .join(Person, col(Person.id) == col(Verification.person_id))
        .where(col(Verification.question_id) == question.id, col(Verification.withdrawn_at).is_(None))
        .order_by(col(Verification.id).desc())
        .limit(1)
    )
    found = db.exec(query).first()
    return Signed(found[0], found[1].label) if found else None


def _remarked(db: Session, question: Question, signed: Signed | None) -> Remarked | None:
    """What a reviewer wrote since it was last verified."""
    query = (
        select(Remark, Person)
        .join(Person, col(Person.id) == col(Remark.person_id))
        .where(col(Remark.question_id) == question.id)
        .order_by(col(Remark.id).desc())
        .limit(1)
    )
    found = db.exec(query).first()
    is_new = found is not None and (signed is None or found[0].at > signed.row.at)
    return Remarked(found[0], found[1].label) if found and is_new else None


@dataclass(frozen=True)
class Waiting:
    """How many questions wait for somebody: to be verified, and to be looked at again."""

    review: int
    due: int


def waiting(db: Session, now: datetime) -> Waiting:
    """Both in one look over the bank."""
    review = func.sum(case((col(Question.status) == QuestionStatus.IN_REVIEW, 1), else_=0))
    is_live = and_(col(Question.verified_version).is_not(None), col(Question.status) != QuestionStatus.RETIRED)
    due = func.sum(case((and_(is_live, col(Question.due_at) <= now), 1), else_=0))
    found = db.exec(select(review, due).where(col(Question.deleted_at).is_(None))).one()
    return Waiting(int(found[0] or 0), int(found[1] or 0))
