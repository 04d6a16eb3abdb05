"""What the candidates before did with the questions of a test: how long they took, and what they chose."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session

from mockhall.exam.behaviour import Pace


@dataclass(frozen=True)
class Others:
    """The first attempts of all at one question: how many, their pace, and how many chose each option."""

    people: int = 0
    pace: Pace | None = None
    chosen: Mapping[str, int] = field(default_factory=dict)


NOBODY = Others()


def others(db: Session, paper_version_id: int) -> dict[int, Others]:
    """By question version, as last counted; nothing while nobody has counted."""
    return {}
