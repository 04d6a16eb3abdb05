"""How much work a test is: the time its questions took before, else a rule of thumb."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from mockhall.bank.models import QuestionFigures
from mockhall.exam import pace
from mockhall.exam.kinds import Kind
from mockhall.papers.desk_views import Board, Part


def work(db: Session, board: Board) -> float:
    """Seconds all of it takes; one query."""
    wanted = {row.question.id for row in board.rows}
    query = select(QuestionFigures.question_id, QuestionFigures.seconds)
    query = query.where(col(QuestionFigures.question_id).in_(wanted), col(QuestionFigures.seconds).is_not(None))
    took = {question: seconds or 0.0 for question, seconds in db.exec(query)}
    return sum(pace.work(_seconds(part, took), part.section.choose_k) for part in board.parts)


def _seconds(part: Part, took: Mapping[int, float]) -> list[float]:
    """Of each question of a section, drawn ones as single choices of the difficulty their draw names."""
    fixed = [
        took.get(row.question.id or 0) or pace.usual_seconds(Kind(row.version.kind), row.version.difficulty)
        for row in part.rows
    ]
    drawn = [float(pace.usual_seconds(Kind.SINGLE, draw.difficulty)) for draw in part.draws for _ in range(draw.count)]
    return [*map(float, fixed), *drawn]
