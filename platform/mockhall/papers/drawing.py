"""Draws of a paper from the bank as it is now: the questions a candidate gets, pinned by their versions."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from mockhall.bank.models import QuestionVersion
from mockhall.bank.pool import pool
from mockhall.exam import draws
from mockhall.papers.queries import Layout


def drawn_for(db: Session, layout: Layout, seed: str) -> Mapping[int, Sequence[int]]:
    """The version ids drawn for each section, by its position. RuleError beside `draws` when the bank has too few."""
    wanted = [(position, draw) for position, several in layout.draws.items() for draw in several]
    if not wanted:
        return {}
    taken = {each.question.question_id for each in layout.placed}
    found = draws.drawn([draw for _, draw in wanted], pool(db), taken, seed)
    versions: dict[int, list[int]] = {}
    for (position, _), several in zip(wanted, found, strict=True):
        versions.setdefault(position, []).extend(each.version for each in several)
    return versions


def questions(db: Session, version_ids: Sequence[int]) -> dict[int, QuestionVersion]:
    """The versions with these ids."""
    found = db.exec(select(QuestionVersion).where(col(QuestionVersion.id).in_(version_ids)))
    return {each.id or 0: each for each in found}
