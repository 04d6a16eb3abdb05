"""How many tests hold a question, kept beside it for the bank to choose and sort by; and which may not be deleted."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.bank.models import Question, QuestionStatus, QuestionVersion, Verification
from mockhall.papers.models import Paper, PaperDraw, PaperQuestion, PaperSection, PaperStatus, PaperVersion

_HOLDS = (
    sa.join(PaperVersion, PaperSection, col(PaperSection.paper_version_id) == col(PaperVersion.id))
    .join(PaperQuestion, col(PaperQuestion.section_id) == col(PaperSection.id))
    .join(QuestionVersion, col(QuestionVersion.id) == col(PaperQuestion.question_version_id))
)


def recount(db: Session, paper: Paper) -> None:
    """Count anew the tests of every question that the paper's newest two versions hold, in one statement: after each
    new version, and whenever the paper is archived or brought back. A test counts while its newest version holds the
    question and it is not archived."""
    touched = sa.select(col(QuestionVersion.question_id)).select_from(_HOLDS)
    touched = touched.where(col(PaperVersion.paper_id) == paper.id, col(PaperVersion.number) >= paper.version - 1)
    newest = (col(PaperVersion.paper_id) == col(Paper.id)) & (col(PaperVersion.number) == col(Paper.version))
    tests = sa.select(sa.func.count(sa.distinct(col(Paper.id)))).select_from(_HOLDS.join(Paper, newest))
    tests = tests.where(col(QuestionVersion.question_id) == col(Question.id), col(Paper.status) != PaperStatus.ARCHIVED)
    counted = tests.scalar_subquery()
    change = sa.update(Question).where(col(Question.id).in_(touched), col(Question.used) != counted)
    change = change.values(used=counted)
    db.execute(change, execution_options={"synchronize_session": False})


def held(db: Session, ids: Collection[int]) -> set[int]:
    """Which of these questions any version of any test holds, or an attempt may have drawn."""
    fixed = sa.select(col(QuestionVersion.question_id))
    fixed = fixed.join(PaperQuestion, col(PaperQuestion.question_version_id) == col(QuestionVersion.id))
    found = set(db.execute(fixed.where(col(QuestionVersion.question_id).in_(ids))).scalars())
    # Attempts are not searched: nothing looks up their rows by question, and there may be millions. Only what was
    # verified once can have been drawn, and only if some test draws. A verification that was withdrawn was one; what
    # comes from files is verified by whoever shipped it.
    signed = sa.exists().where(col(Verification.question_id) == col(Question.id))
    verified = sa.or_(
        col(Question.verified_version).is_not(None), col(Question.status) == QuestionStatus.VERIFIED,
        col(Question.source).is_not(None), signed,
    )  # fmt: skip
    drawn = sa.select(col(Question.id)).where(col(Question.id).in_(ids), verified)
    return found | set(db.execute(drawn.where(sa.exists().select_from(PaperDraw))).scalars())
