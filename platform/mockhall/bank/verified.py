"""Which versions of questions somebody verified: not only the newest such, and no version before it unseen."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from mockhall.bank.actions import texts
from mockhall.bank.lifecycle import same_text
from mockhall.bank.models import Question, QuestionVersion, Verification


def verified_versions(
    db: Session, held: Sequence[QuestionVersion], questions: Collection[Question]
) -> set[int]:  # fmt: skip
    """Of the `held` versions of these questions the ids of those that may be asked: the one that counts as verified
    now, older ones that were verified themselves or say the same, and what was loaded from files."""
    live = {each.id: each.live_version for each in questions}
    good = {each.id or 0 for each in held if each.number == live.get(each.question_id)}
    older = [each for each in held if each.number < (live.get(each.question_id) or 0)]
    good |= {each.id or 0 for each in older if each.created_by_id is None}
    asked = [each for each in older if each.id not in good]
    if not asked:
        return good
    signed, now = _signed(db, asked), _live(db, asked)
    return good | {each.id or 0 for each in asked if _is_signed(each, signed) or _says_the_same(each, now)}


def _signed(db: Session, asked: Sequence[QuestionVersion]) -> set[tuple[int, int]]:
    query = select(Verification.question_id, Verification.version)
    ids = {each.question_id for each in asked}
    return set(db.exec(query.where(col(Verification.question_id).in_(ids), col(Verification.withdrawn_at).is_(None))))


def _live(db: Session, asked: Sequence[QuestionVersion]) -> dict[int, QuestionVersion]:
    query = select(QuestionVersion).join(Question, col(Question.id) == col(QuestionVersion.question_id))
    query = query.where(col(QuestionVersion.number) == col(Question.verified_version))
    rows = db.exec(query.where(col(Question.id).in_({each.question_id for each in asked})))
    return {each.question_id: each for each in rows}


def _is_signed(version: QuestionVersion, signed: set[tuple[int, int]]) -> bool:
    return (version.question_id, version.number) in signed


def _says_the_same(version: QuestionVersion, live: dict[int, QuestionVersion]) -> bool:
    other = live.get(version.question_id)
    return other is not None and same_text(texts(version), texts(other))
