"""What published tests would feel if a question were no longer verified: they hold it, or can't draw without it."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import and_, distinct, func
from sqlmodel import Session, col, select

from mockhall.bank.losing import Loss
from mockhall.bank.models import Question, QuestionVersion
from mockhall.bank.pool import pool
from mockhall.bank.standing import Stake
from mockhall.exam import draws
from mockhall.exam.draws import Candidate, Draw
from mockhall.exam.errors import RuleError
from mockhall.papers.models import Paper, PaperDraw, PaperQuestion, PaperSection, PaperStatus, PaperVersion

ASKS = "It asks this question, and goes on asking it until it is taken out there."
_NEWEST = and_(col(PaperVersion.paper_id) == Paper.id, col(PaperVersion.number) == Paper.version)


def stakes(db: Session, question: Question) -> list[Stake]:
    """The published tests that hold the question today, then those whose draws would come short of it."""
    return stakes_of_many(db, Loss(frozenset({question.id or 0})))


def stakes_of_many(db: Session, loss: Loss) -> list[Stake]:
    """The same of a change of many, in as many queries as of one."""
    return (_holding(db, loss.questions) if loss.are_gone else []) + _short(db, loss)


def _holding(db: Session, questions: Collection[int]) -> list[Stake]:
    """The published tests that hold some of them today, by title."""
    count = func.count(distinct(col(QuestionVersion.question_id)))
    query = (
        select(Paper.title, Paper.slug, count)
        .join(PaperVersion, _NEWEST)
        .join(PaperSection, col(PaperSection.paper_version_id) == col(PaperVersion.id))
        .join(PaperQuestion, col(PaperQuestion.section_id) == col(PaperSection.id))
        .join(QuestionVersion, col(QuestionVersion.id) == col(PaperQuestion.question_version_id))
        .where(col(QuestionVersion.question_id).in_(questions), col(Paper.status) == PaperStatus.PUBLISHED)
        .group_by(col(Paper.id))
        .order_by(col(Paper.title), col(Paper.id))
    )
    return [Stake(title, slug, _asks(number, len(questions))) for title, slug, number in db.exec(query)]


def _asks(number: int, of: int) -> str:
    if of == 1:
        return ASKS
    if number == 1:
        return "It asks one of them, and goes on asking it until it is taken out there."
    return f"It asks {number} of them, and goes on asking them until they are taken out there."


def _short(db: Session, loss: Loss) -> list[Stake]:
    wanted = _draws(db)
    if not wanted:
        return []
    bank = pool(db)
    left = {each.question: loss.left(each) for each in bank if each.question in loss.questions}
    lost = [each for each in bank if left.get(each.question, each) != each]
    drawing = {paper: several for paper, several in wanted.items() if _takes(several, lost)}
    rest = [now for each in bank if (now := left.get(each.question, each)) is not None]
    taken = _taken(db, [id_ for id_, _, _ in drawing]) if drawing else {}
    tried = ((paper, _trouble(several, rest, taken.get(paper[0], set()))) for paper, several in drawing.items())
    return [Stake(title, slug, said) for (_, title, slug), said in tried if said]


def _draws(db: Session) -> Mapping[tuple[int, str, str], Sequence[Draw]]:
    """The draws of published tests, by the test's id, title and address."""
    query = (
        select(Paper.id, Paper.title, Paper.slug, PaperDraw)
        .join(PaperVersion, _NEWEST)
        .join(PaperSection, col(PaperSection.paper_version_id) == col(PaperVersion.id))
        .join(PaperDraw, col(PaperDraw.section_id) == col(PaperSection.id))
        .where(col(Paper.status) == PaperStatus.PUBLISHED)
        .order_by(col(Paper.title), col(Paper.id), col(PaperSection.position), col(PaperDraw.position))
    )
    found: dict[tuple[int, str, str], list[Draw]] = {}
    for id_, title, slug, row in db.exec(query):
        found.setdefault((id_ or 0, title, slug), []).append(Draw(row.count, row.topic, row.difficulty, row.tag))
    return found


def _taken(db: Session, papers: Collection[int]) -> dict[int, set[int]]:
    """The questions that stand fixed in these tests, by test."""
    query = (
        select(Paper.id, QuestionVersion.question_id)
        .join(PaperVersion, _NEWEST)
        .join(PaperSection, col(PaperSection.paper_version_id) == col(PaperVersion.id))
        .join(PaperQuestion, col(PaperQuestion.section_id) == col(PaperSection.id))
        .join(QuestionVersion, col(QuestionVersion.id) == col(PaperQuestion.question_version_id))
        .where(col(Paper.id).in_(papers))
    )
    found: dict[int, set[int]] = {}
    for paper, question in db.exec(query):
        found.setdefault(paper or 0, set()).add(question)
    return found


def _takes(several: Iterable[Draw], lost: Iterable[Candidate]) -> bool:
    return any(draws.fits(draw, each) for each in lost for draw in several)


def _trouble(several: Sequence[Draw], rest: Collection[Candidate], taken: Collection[int]) -> str:
    """What could no longer be drawn; empty when all can."""
    try:
        draws.drawn(several, rest, taken, "desk")
    except RuleError as error:
        return f"{error.text} Nobody could start it."
    return ""
