"""Verbs on where a question stands: to review, verified, back to its author, retired; each a line in the log."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mockhall.accounts import audit
from mockhall.accounts.models import Person
from mockhall.bank.lifecycle import Step, becomes
from mockhall.bank.models import Question, Remark, Verification
from mockhall.bank.standing import Standing


@dataclass(frozen=True)
class Given:
    """What a step takes along: evidence and when to look again for Verify, a remark for Send back."""

    evidence: str = ""
    due_at: datetime | None = None
    remark: str = ""


_SAID = {
    Step.REVIEW: "Sent to review. Somebody else verifies it.",
    Step.VERIFY: "Verified: draws and published tests can take version {version}.",
    Step.SEND_BACK: "Sent back with your remark.",
    Step.DRAFT: "Taken back to draft.",
    Step.WITHDRAW: "The verification is withdrawn. Draws no longer take the question.",
    Step.RETIRE: "Retired: nobody can put it into a test, and draws leave it out.",
    Step.BRING_BACK: "Brought back.",
}
_VERBS = {Step.VERIFY: "verify", Step.WITHDRAW: "unverify"}


def take(db: Session, place: Standing, step: Step, given: Given, person: Person, now: datetime) -> str:
    """Take a step that `lifecycle.why_not` has nothing against; returns what to say."""
    question = place.question
    if step == Step.VERIFY:
        _verify(db, question, given, person, now, alone=place.stand.wrote)
    elif step == Step.WITHDRAW:
        _withdraw(db, question, person, now)
    elif step == Step.SEND_BACK:
        _send_back(db, question, given, person, now)
    question.status, question.updated_at = becomes(step, place.stand), now
    db.add(question)
    subject = f"question {question.code} version {question.version} {question.status}"
    audit.write(db, person.id, _VERBS.get(step, "question"), subject, now)
    return _SAID[step].format(version=question.version)


def _send_back(db: Session, question: Question, given: Given, person: Person, now: datetime) -> None:
    assert question.id is not None
    assert person.id is not None
    db.add(Remark(question_id=question.id, version=question.version, person_id=person.id, text=given.remark, at=now))


def _verify(db: Session, question: Question, given: Given, person: Person, now: datetime, *, alone: bool) -> None:
    assert question.id is not None
    assert person.id is not None
    db.add(
        Verification(
            question_id=question.id, version=question.version, person_id=person.id, alone=alone,
            evidence=given.evidence, at=now, due_at=given.due_at,
        )
    )  # fmt: skip
    question.verified_version, question.verified_at = question.version, now
    question.verified_by_id, question.due_at = person.id, given.due_at


def _withdraw(db: Session, question: Question, person: Person, now: datetime) -> None:
    held = select(Verification).where(
        col(Verification.question_id) == question.id, col(Verification.withdrawn_at).is_(None)
    )
    for row in db.exec(held).all():
        row.withdrawn_at, row.withdrawn_by_id = now, person.id
        db.add(row)
    question.verified_version, question.verified_at = None, None
    question.verified_by_id, question.due_at = None, None
