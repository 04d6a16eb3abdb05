"""What to look at before a test is published: what is in the way, what to think about, what is well."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, col, func, or_, select

from mockhall.bank.models import QuestionVersion
from mockhall.exam import pace
from mockhall.exam.draws import Draw
from mockhall.exam.entry import Access
from mockhall.exam.kinds import Difficulty
from mockhall.exam.reveal import Item, Matrix, needs_close
from mockhall.exam.sections import overrun, whole_time
from mockhall.papers import accommodations, desk_pace
from mockhall.papers.desk_views import Board, Part, Row
from mockhall.papers.models import Paper, PaperQuestion, PaperSection, PaperStatus, PaperVersion
from mockhall.papers.queries import sat
from mockhall.web.filters import plural


class Check(NamedTuple):
    """One thing found, and the id of its place on the page."""

    text: str
    at: str


@dataclass(frozen=True)
class Checks:
    """All that was found. With problems a test isn't published."""

    problems: Sequence[Check] = ()
    warnings: Sequence[Check] = ()
    good: Sequence[str] = ()
    levels: Sequence[tuple[str, int]] = field(default_factory=list)  # how many questions of each difficulty
    work: int = 0  # minutes, roughly


CLOSED = "Its closing time is over, so nobody could start it."


def checks(db: Session, board: Board, cohorts: int, now: datetime, *, is_staff: bool) -> Checks:
    """What stands in the way of this test; `cohorts` is how many of those it is for are not archived. Two queries, one
    more where it has closed. Only staff read who has other times."""
    work, version = desk_pace.work(db, board), board.shown.version
    is_over = version.closes_at is not None and version.closes_at <= now
    later = accommodations.later(db, version, now) if is_over else []
    problems = [*_of_sections(board), *_of_draws(board), *_unverified(board), *_of_rules(board, cohorts)]
    problems += [Check(CLOSED, "closes")] if is_over and not later else []
    warnings = [*_unexplained(board), *_due(board, now), *_behind(board), *_seen(db, board, now), *_gives_away(board)]
    warnings += [*_too_long(board, work), *_closed_but_for(later, is_staff=is_staff)]
    return Checks(problems, warnings, _good(board), _levels(board), round(work / 60))


# ---------------------------------------------------------------- in the way


def _of_sections(board: Board) -> list[Check]:
    if not any(part.count for part in board.parts):
        return [Check("It has no questions. Put one in.", "put-code")]
    return [
        Check(_wanting(part), f"s-{part.section.position}")
        for part in board.parts
        if part.count < max(1, part.section.choose_k or 0)
    ]


def _wanting(part: Part) -> str:
    title, k = part.section.title, part.section.choose_k
    if part.count:
        return f"“{title}” asks for {k} questions and has {part.count}."
    return f"“{title}” has no questions. Put one in, or remove the section."


def _of_draws(board: Board) -> list[Check]:
    """Each draw that asks for more than there is; else that they take from each other what there is."""
    placed = [
        (part.section.position, place, draw, fitting, board.supply.held[part.section.position][place - 1])
        for part in board.parts
        for place, (draw, fitting) in enumerate(board.supply.of(part.section.position, part.draws), 1)
    ]
    short = [
        Check(_too_few(draw, fitting, held), f"d-{at}-{place}")
        for at, place, draw, fitting, held in placed
        if fitting < draw.count
    ]
    if board.supply.trouble and not short:
        return [Check(board.supply.trouble, f"d-{placed[0][0]}-{placed[0][1]}")]
    return short


def _too_few(draw: Draw, fitting: int, held: int) -> str:
    """`Iterators, Advanced has 2 questions and the draw asks for 3.`"""
    free = " that this test doesn’t hold already," if held else ""
    what = ", ".join(filter(None, (draw.topic, draw.difficulty, draw.tag))) or "The bank"
    has = plural(fitting, "question") if fitting else "no questions"
    return f"{what} has {has}{free} and the draw asks for {draw.count}."


def _unverified(board: Board) -> list[Check]:
    found = [row for row in board.rows if not row.is_verified]
    return _of(found, "is", "are", "not verified yet.")


def _of_rules(board: Board, cohorts: int) -> list[Check]:
    version, found = board.shown.version, []
    whole = timedelta(minutes=version.minutes) if version.minutes else None
    over = overrun(whole, [sat(part.section) for part in board.parts])
    if over:
        longer = plural(int(over.total_seconds() // 60), "minute")
        found.append(
            Check(f"The sections’ own times are {longer} more than the {version.minutes} the test has.", "change-1")
        )
    if needs_close(Matrix.from_json(version.reveal)) and version.closes_at is None:
        found.append(Check("Answers are to open when the test has closed. Say when it closes.", "closes"))
    if version.access == Access.COHORT and not cohorts:
        found.append(Check("It is for the people of cohorts, and none of its cohorts is left. Tick one.", "cohorts"))
    return found


# ---------------------------------------------------------------- to think about


def _closed_but_for(later: Sequence[str], *, is_staff: bool) -> list[Check]:
    """It has closed, and some have a later closing of their own."""
    if not later:
        return []
    who = ", ".join(later[:3]) + (f" and {len(later) - 3} more" if len(later) > 3 else "")
    if not is_staff:
        who = plural(len(later), "person or cohort", "people or cohorts")
    return [Check(f"Its closing time is over. Only {who} can still start it, by a later one.", "accommodations")]


def _unexplained(board: Board) -> list[Check]:
    found = [row for row in board.rows if not row.version.solution.strip()]
    return _of(found, "has", "have", "no explanation.")


def _due(board: Board, now: datetime) -> list[Check]:
    found = [row for row in board.rows if row.question.due_at is not None and row.question.due_at <= now]
    return _of(found, "is", "are", "due to be verified again.")


def _behind(board: Board) -> list[Check]:
    found = [row for row in board.rows if row.is_behind]
    return _of(found, "has", "have", "a newer version than the test uses.")


def _seen(db: Session, board: Board, now: datetime) -> list[Check]:
    """Questions that another test which can be started now asks too, a line for each test."""
    newest = (col(PaperVersion.paper_id) == col(Paper.id)) & (col(PaperVersion.number) == col(Paper.version))
    query = (
        select(Paper.title, func.count(func.distinct(QuestionVersion.question_id)))
        .join(PaperVersion, newest)
        .join(PaperSection, col(PaperSection.paper_version_id) == col(PaperVersion.id))
        .join(PaperQuestion, col(PaperQuestion.section_id) == col(PaperSection.id))
        .join(QuestionVersion, col(QuestionVersion.id) == col(PaperQuestion.question_version_id))
        .where(col(QuestionVersion.question_id).in_({row.question.id for row in board.rows}))
        .where(col(Paper.status) == PaperStatus.PUBLISHED, col(Paper.id) != board.shown.paper.id)
        .where(or_(col(PaperVersion.opens_at).is_(None), col(PaperVersion.opens_at) <= now))
        .where(or_(col(PaperVersion.closes_at).is_(None), col(PaperVersion.closes_at) > now))
        .group_by(col(Paper.id), col(Paper.title))
        .order_by(col(Paper.title))
        .limit(5)
    )
    return [
        Check(f"{plural(count, 'question')} can be seen now in “{title}” too.", f"s-{board.parts[0].section.position}")
        for title, count in db.exec(query)
    ]


def _gives_away(board: Board) -> list[Check]:
    """Marks before the close tell whoever may try again which answers are right; a guest may always."""
    version = board.shown.version
    matrix = Matrix.from_json(version.reveal)
    tells = Item.MARKS in matrix.later and Item.RIGHT_ANSWER not in matrix.later
    if not tells or (version.attempts_allowed == 1 and version.access != Access.PUBLIC):
        return []
    who = "Guests" if version.access == Access.PUBLIC else "Who may take it twice"
    return [Check(f"{who} could find the right answers by trying: marks show while the test is open.", "reveal")]


def _too_long(board: Board, work: float) -> list[Check]:
    """More work than time, as far as that can be known: nobody is kept from publishing it."""
    minutes = timedelta(minutes=board.shown.version.minutes) if board.shown.version.minutes else None
    time = whole_time(minutes, [sat(part.section) for part in board.parts])
    if time is None or not pace.is_too_much(work, time):
        return []
    has = plural(int(time.total_seconds() // 60), "minute")
    return [Check(f"About {plural(round(work / 60), 'minute')} of work in {has}.", "rules")]


# ---------------------------------------------------------------- well, and the words


def _good(board: Board) -> list[str]:
    verified = all(row.is_verified for row in board.rows)
    said = {
        "Every question is verified.": board.rows and verified,
        "Every question has an explanation.": board.rows and not _unexplained(board),
        "Every draw can be filled.": any(part.draws for part in board.parts) and not _of_draws(board),
    }
    return [text for text, holds in said.items() if holds]


def _levels(board: Board) -> list[tuple[str, int]]:
    """How many questions are of each difficulty, those of draws that name one too; the rest is "any"."""
    counts = Counter(row.version.difficulty for row in board.rows)
    for part in board.parts:
        for draw in part.draws:
            counts[draw.difficulty or "any"] += draw.count
    return [(level, counts[level]) for level in (*Difficulty, "any") if counts[level]]


def _named(rows: Sequence[Row]) -> str:
    """`Question 3`, `Questions 1, 2`; the first ten."""
    numbers = ", ".join(str(row.number) for row in rows[:10])
    more = f" and {len(rows) - 10} more" if len(rows) > 10 else ""
    return f"Question{'' if len(rows) == 1 else 's'} {numbers}{more}"


def _of(rows: Sequence[Row], one: str, many: str, said: str) -> list[Check]:
    """A line about these questions, which leads to the first of them; none without any."""
    verb = one if len(rows) == 1 else many
    return [Check(f"{_named(rows)} {verb} {said}", f"q-{rows[0].question.code}")] if rows else []
