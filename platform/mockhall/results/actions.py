"""Marking an attempt, once, in the transaction that closes it."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from sqlmodel import Session, col, select

from mockhall.attempts.models import Attempt, AttemptState, Response
from mockhall.bank.models import QuestionVersion
from mockhall.exam.kinds import Difficulty, Kind
from mockhall.exam.marking import Mark, mark
from mockhall.exam.paper import Answer, Item, Key
from mockhall.exam.scheme import scheme_of
from mockhall.exam.score import Entry, breakdown
from mockhall.papers.models import PaperSection, PaperVersion
from mockhall.results.models import MarkRow, ScoreRow
from mockhall.results.unsaved import lost_selections


def score_attempt(db: Session, attempt: Attempt, now: datetime) -> None:
    """Mark every question, store the marks and the score, and call the attempt scored."""
    entries = marked_entries(db, attempt)
    assert attempt.id is not None
    db.add_all(
        MarkRow(attempt_id=attempt.id, number=item.number, marks=each.marks, max=item.scheme.full, outcome=each.outcome)
        for item, each, _ in entries
    )
    db.add(_score_row(db, attempt, entries, now))
    attempt.state = AttemptState.SCORED
    db.add(attempt)
    db.flush()


def regrade(db: Session, attempt: Attempt, now: datetime) -> tuple[Fraction, Fraction]:
    """Mark a scored attempt anew; returns the score before and after. Its place in the ranking follows its score."""
    score = db.exec(select(ScoreRow).where(ScoreRow.attempt_id == attempt.id)).one()
    before, entries = score.score, marked_entries(db, attempt)
    rows = {row.number: row for row in db.exec(select(MarkRow).where(MarkRow.attempt_id == attempt.id))}
    for item, each, _ in entries:
        row = rows[item.number]
        row.marks, row.max, row.outcome = each.marks, item.scheme.full, each.outcome
        db.add(row)
    fresh = _score_row(db, attempt, entries, now)
    for name in ("score", "score_sort", "max", "gained", "lost", "right", "partly", "wrong", "blank", "scored_at"):
        setattr(score, name, getattr(fresh, name))
    db.add(score)
    db.flush()
    return before, score.score


def marked_entries(db: Session, attempt: Attempt, instead: Mapping[int, Answer] | None = None) -> list[Entry]:
    """Each question of an attempt with its mark and answer, under the rules the attempt started with.

    `instead`: answers to mark in place of the stored ones, by question number, to see what they would change."""
    version = db.exec(select(PaperVersion).where(PaperVersion.id == attempt.paper_version_id)).one()
    sections = db.exec(select(PaperSection).where(PaperSection.paper_version_id == attempt.paper_version_id)).all()
    schemes = {section.position: section.scheme for section in sections}
    query = (
        select(Response, QuestionVersion)
        .join(QuestionVersion, col(QuestionVersion.id) == col(Response.question_version_id))
        .where(Response.attempt_id == attempt.id)
        .order_by(col(Response.number))
    )
    entries: list[Entry] = []
    for row, question in db.exec(query):
        item = Item(
            row.number, row.section, Kind(question.kind), question.topic, Difficulty(question.difficulty),
            Key.from_json(question.key), scheme_of(version.scheme, schemes[row.section], question.scheme),
        )  # fmt: skip
        answer = (instead or {}).get(row.number) or Answer.of(row.choice, row.text, row.parts)
        entries.append((item, _mark(item, answer), answer))
    return entries


def _mark(item: Item, answer: Answer) -> Mark:
    return mark(item.kind, item.key, answer, item.scheme)


def _score_row(db: Session, attempt: Attempt, entries: list[Entry], now: datetime) -> ScoreRow:
    overall = breakdown(entries).overall
    unsaved, unsaved_marks = lost_selections(db, attempt, entries)
    assert attempt.id is not None
    return ScoreRow(
        attempt_id=attempt.id, paper_id=attempt.paper_id, person_id=attempt.person_id,
        is_ranked=not attempt.is_preview and not _has_ranked(db, attempt.paper_id, attempt.person_id),
        score=overall.total, score_sort=sortable(overall.total), max=overall.max,
        gained=overall.gained, lost=overall.lost,
        right=overall.right, partly=overall.partly, wrong=overall.wrong, blank=overall.blank,
        unsaved=unsaved, unsaved_marks=unsaved_marks, scored_at=now,
    )  # fmt: skip


def sortable(score: Fraction) -> float:
    """A score as SQL compares it: rounded here, so that both databases hold the same and equal scores are equal."""
    return float(round(score, 6))


def _has_ranked(db: Session, paper_id: int, person_id: int) -> bool:
    query = select(ScoreRow.id).where(ScoreRow.paper_id == paper_id, ScoreRow.person_id == person_id)
    return db.exec(query.where(col(ScoreRow.is_ranked)).limit(1)).first() is not None


def give_to(db: Session, guest_id: int, person_id: int) -> None:
    """Move a guest's scores to the account that signed in; of each paper the earliest stays in the ranking."""
    papers = set()
    for row in db.exec(select(ScoreRow).where(ScoreRow.person_id == guest_id)):
        row.person_id = person_id
        db.add(row)
        papers.add(row.paper_id)
    db.flush()
    query = select(ScoreRow).where(ScoreRow.person_id == person_id, col(ScoreRow.paper_id).in_(papers))
    first: set[int] = set()
    for row in db.exec(query.where(col(ScoreRow.is_ranked)).order_by(col(ScoreRow.scored_at), col(ScoreRow.id))):
        row.is_ranked = row.paper_id not in first
        first.add(row.paper_id)
        db.add(row)
    db.flush()
