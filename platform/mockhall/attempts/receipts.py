"""Receipts: made once when an attempt is handed in, found by their number or fingerprint, told without answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from mockhall.attempts.asked import printed
from mockhall.attempts.models import Attempt, LateAnswer, Response
from mockhall.exam import receipt
from mockhall.exam.paper import Answer
from mockhall.exam.receipt import Final, Heading
from mockhall.papers.models import PaperVersion
from mockhall.web.codes import new_code


@dataclass(frozen=True)
class Receipt:
    """What anybody may know who has the number: the test, when, how many answers, the fingerprint. No name."""

    attempt: Attempt
    number: str
    digest: str
    paper: str
    answered: int
    questions: int

    @property
    def grouped(self) -> str:
        return receipt.grouped(self.digest)

    def matches(self, digest: str) -> bool:
        return self.digest == digest


def issue(db: Session, attempt: Attempt) -> None:
    """Give the attempt, whose finish is recorded, its receipt. One that is handed in again keeps its number."""
    attempt.receipt = attempt.receipt or receipt.named(new_code(receipt.LENGTH))
    attempt.receipt_hash = receipt.fingerprint(receipt.document(_heading(db, attempt), _answers(db, attempt)))
    db.add(attempt)
    db.flush()


def document(db: Session, attempt: Attempt) -> str:
    """The text whose fingerprint the receipt holds; answers that staff accepted afterwards are taken out of it."""
    return receipt.document(_heading(db, attempt), _answers(db, attempt))


def _heading(db: Session, attempt: Attempt) -> Heading:
    version, _ = printed(db, attempt.paper_version_id)
    assert attempt.finished_at is not None
    return Heading(attempt.code, attempt.receipt or "", version.title, version.number, attempt.finished_at)


def _answers(db: Session, attempt: Attempt) -> list[Final]:
    """The answers as they were handed in."""
    rows = db.execute(_HELD, {"attempt": attempt.id}).all()
    replaced = {each.number: each.replaced for each in _accepted(db, attempt) if each.replaced is not None}
    finals = []
    for row in rows:
        held = replaced.get(row.number) or {
            "choice": row.choice, "text": row.text, "parts": row.parts, "certainty": row.certainty,
        }  # fmt: skip
        answer = Answer.of(held.get("choice") or [], held.get("text") or "", held.get("parts") or {})
        finals.append(Final(row.number, answer, held.get("certainty") or 0))
    return finals


_HELD = (
    select(
        Response.number, Response.choice, Response.text, Response.parts, Response.certainty
    )  # type: ignore[call-overload]  # sqlmodel's stubs end at four columns
    .where(col(Response.attempt_id) == bindparam("attempt"))
)  # fmt: skip


def _accepted(db: Session, attempt: Attempt) -> Sequence[LateAnswer]:
    """Late answers that staff accepted; of one question the last stands first, so that the first one's is kept."""
    query = select(LateAnswer).where(LateAnswer.attempt_id == attempt.id, col(LateAnswer.accepted_at).is_not(None))
    return db.exec(query.order_by(col(LateAnswer.id).desc())).all()


def was_changed(db: Session, attempt: Attempt) -> bool:
    """Have staff accepted late answers since? They count, and are not in the receipt."""
    return bool(_accepted(db, attempt))


def of_attempt(db: Session, attempt: Attempt) -> Receipt | None:
    """The receipt of an attempt; None where it was never handed in."""
    if attempt.receipt is None or attempt.receipt_hash is None:
        return None
    title = db.exec(select(PaperVersion.title).where(PaperVersion.id == attempt.paper_version_id)).one()
    finals = _answers(db, attempt)
    answered = sum(not each.answer.blank for each in finals)
    return Receipt(attempt, attempt.receipt, attempt.receipt_hash, title, answered, len(finals))


def found(db: Session, typed: str) -> Receipt | None:
    """The receipt with this number or this fingerprint, however it was typed."""
    number, digest = receipt.read_number(typed), receipt.read_fingerprint(typed)
    if not number and not digest:
        return None
    wanted = col(Attempt.receipt) == number if number else col(Attempt.receipt_hash) == digest
    attempt = db.exec(select(Attempt).where(wanted).limit(1)).first()
    return of_attempt(db, attempt) if attempt else None
