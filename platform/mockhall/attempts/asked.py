"""What questions ask, remembered: a version never changes, and reading it anew is half of what opening the room takes.

Keys and explanations are never selected here: what isn't loaded can't leak."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from mockhall.attempts.facts import Bounded
from mockhall.bank.models import QuestionVersion
from mockhall.exam.kinds import Kind


@dataclass(frozen=True)
class Asked:
    """A question version without its key. Whoever gets one shares it and changes nothing in it."""

    kind: Kind
    stem: str
    options: Sequence[dict[str, Any]]
    unit: str
    scheme: dict[str, Any] | None
    passage_code: str
    passage: str
    translations: Mapping[str, Any]

    def closed(self) -> Self:
        """What may be known of it while it is closed: not what it asks."""
        return replace(self, stem="", options=[], passage="", translations={})


_KNOWN: WeakKeyDictionary[Engine, Bounded[int, Asked]] = WeakKeyDictionary()
_MOST = 5_000  # questions, a few kB each


def asked_by(db: Session, versions: Collection[int]) -> dict[int, Asked]:
    """What these question versions ask; only those not known yet are read."""
    bind = db.get_bind()
    engine = bind if isinstance(bind, Engine) else bind.engine
    known = _KNOWN.setdefault(engine, Bounded(_MOST))
    found = {each: asked for each in versions if (asked := known.get(each)) is not None}
    missing = [each for each in versions if each not in found]
    if missing:
        found |= {version: known.put(version, asked) for version, asked in _read(db, missing).items()}
    return found


def _read(db: Session, versions: Collection[int]) -> dict[int, Asked]:
    query = (
        select(
            QuestionVersion.id, QuestionVersion.kind, QuestionVersion.stem, QuestionVersion.options,
            QuestionVersion.unit, QuestionVersion.scheme, QuestionVersion.passage_code, QuestionVersion.passage,
            QuestionVersion.translations,
        )  # type: ignore[call-overload]  # sqlmodel's stubs end at four columns
        .where(col(QuestionVersion.id).in_(versions))
    )  # fmt: skip
    return {
        version: Asked(Kind(kind), stem, options or [], unit, scheme, code, passage, translations or {})
        for version, kind, stem, options, unit, scheme, code, passage, translations in db.exec(query)
    }
