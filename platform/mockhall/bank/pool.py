"""What draws may take: each question in the newest version that was verified, by what it is filed under. No text."""

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mockhall.bank.models import Question, QuestionStatus, QuestionVersion, Topic
from mockhall.exam.draws import Candidate


def pool(db: Session) -> list[Candidate]:
    """All that may be drawn: not what has a marking of its own, so that every candidate's paper weighs the same.

    An edit waits for its verification and the version before it goes on being drawn: a typo mended empties no test."""
    subject = aliased(Topic)
    verified = (col(QuestionVersion.question_id) == Question.id) & (
        col(QuestionVersion.number) == Question.verified_version
    )
    query = (
        select(
            Question.id, QuestionVersion.id, Topic.title, subject.title, QuestionVersion.difficulty,
            QuestionVersion.tags, QuestionVersion.scheme,
        )  # type: ignore[call-overload]  # sqlmodel's stubs end at four columns
        .join(QuestionVersion, verified)
        .join(Topic, col(Topic.id) == Question.topic_id)
        .outerjoin(subject, col(subject.id) == Topic.parent_id)
        .where(Question.status != QuestionStatus.RETIRED, col(Question.deleted_at).is_(None))
    )  # fmt: skip
    return [
        Candidate(
            question, version, frozenset(each.casefold() for each in (topic, above) if each), difficulty,
            frozenset(tag.casefold() for tag in tags),
        )
        for question, version, topic, above, difficulty, tags, scheme in db.exec(query)
        if not scheme
    ]  # fmt: skip
