"""Moving sections, questions and draws of a test to another place, by a button, a key or a drag."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session

from mockhall.accounts.models import Person
from mockhall.papers.desk import CannotDoError, store
from mockhall.papers.desk_forms import whole
from mockhall.papers.queries import Shown
from mockhall.papers.versions import SectionPlan, plan_of

GONE = "What was to be moved, or where to, is no longer in the test. Nothing was changed."
FAR = "It stands as far as it can go."
T = TypeVar("T")


@dataclass(frozen=True)
class Move:
    """What goes where, counted from 1: of a `section` only its places, of a `question` or `draw` its section too."""

    kind: str
    section: int
    place: int
    to_section: int
    to_place: int


def move_of(what: str, to: str) -> Move:
    """`question:2:5` to `1:3`, `draw:1:2` to `1:1`, `section:3` to `1`. What can't be read is nowhere."""
    kind, *at = what.split(":")
    numbers = [whole(each) or 0 for each in at], [whole(each) or 0 for each in to.split(":")]
    if kind == "section" and (len(numbers[0]), len(numbers[1])) == (1, 1):
        return Move(kind, 0, numbers[0][0], 0, numbers[1][0])
    if kind not in {"question", "draw"} or (len(numbers[0]), len(numbers[1])) != (2, 2):
        raise CannotDoError(GONE)
    return Move(kind, *numbers[0], *numbers[1])


def move(db: Session, shown: Shown, wanted: Move, author: Person, now: datetime) -> str:
    """Put it there; what stood there moves on. Returns what to say."""
    plan = plan_of(db, shown.version)
    before = [list(_rows(plan, wanted.kind, place)) for place in _all(plan, wanted.kind)]
    said = _moved(plan, wanted)
    if before == [list(_rows(plan, wanted.kind, place)) for place in _all(plan, wanted.kind)]:
        return FAR
    store(db, shown, plan, author, now)
    return said


def _all(plan: list[SectionPlan], kind: str) -> range:
    return range(1, 2 if kind == "section" else len(plan) + 1)


def _moved(plan: list[SectionPlan], wanted: Move) -> str:
    source, target = (_rows(plan, wanted.kind, each) for each in (wanted.section, wanted.to_section))
    taken = _taken(source, wanted.place)
    if not 1 <= wanted.to_place <= len(target) + 1:
        raise CannotDoError(GONE)
    target.insert(wanted.to_place - 1, taken)
    stands = f"now {wanted.to_place} of {len(target)}"
    if isinstance(taken, SectionPlan):
        return f"“{taken.title}”, {stands}."
    title = plan[wanted.to_section - 1].title
    return f"{'The question' if isinstance(taken, int) else taken.words}, {stands} in “{title}”."


def _rows(plan: list[SectionPlan], kind: str, section: int) -> list:  # type: ignore[type-arg]  # of what is moved
    """The list that holds what is moved."""
    if kind == "section":
        return plan
    if not 1 <= section <= len(plan):
        raise CannotDoError(GONE)
    here = plan[section - 1]
    return here.question_versions if kind == "question" else here.draws


def _taken(rows: list[T], place: int) -> T:
    if not 1 <= place <= len(rows):
        raise CannotDoError(GONE)
    return rows.pop(place - 1)
