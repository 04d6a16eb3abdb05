"""What questions ask and how papers are sat, remembered: a version never changes.

Reading them anew is half of what opening the room takes. Keys and explanations are never selected here: what isn't
loaded can't leak."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, select

from mockhall.attempts.facts import Bounded
from mockhall.bank.models import QuestionVersion
from mockhall.exam.kinds import Kind
from mockhall.papers.models import PaperSection, PaperVersion


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
S = TypeVar("S", bound=SQLModel)
Printed = tuple[PaperVersion, Sequence[PaperSection]]
_PRINTED: WeakKeyDictionary[Engine, Bounded[int, Printed]] = WeakKeyDictionary()
_MOST_PRINTED = 64


def asked_by(db: Session, versions: Collection[int]) -> dict[int, Asked]:
    """What these question versions ask; only those not known yet are read."""
    known = _KNOWN.setdefault(engine_of(db), Bounded(_MOST))
    found = {each: asked for each in versions if (asked := known.get(each)) is not None}
    missing = [each for each in versions if each not in found]
    if missing:
        found |= {version: known.put(version, asked) for version, asked in _read(db, missing).items()}
    return found


def engine_of(db: Session) -> Engine:
    """The database a session belongs to: what is remembered is remembered of one."""
    bind = db.get_bind()
    return bind if isinstance(bind, Engine) else bind.engine


def printed(db: Session, version: int) -> Printed:
    """A paper version and its sections, which never change either; no session knows them, so none can expire them."""
    known = _PRINTED.setdefault(engine_of(db), Bounded(_MOST_PRINTED))
    return known.get(version) or known.put(version, _read_printed(db, version))


def _read_printed(db: Session, version: int) -> Printed:
    sections = select(PaperSection).where(PaperSection.paper_version_id == version)
    rows = db.exec(sections.order_by(col(PaperSection.position))).all()
    return _copy(db.get_one(PaperVersion, version)), [_copy(each) for each in rows]


def _copy(row: S) -> S:
    """The row without its session; `model_dump` would write fractions as texts."""
    return type(row)(**{name: getattr(row, name) for name in type(row).model_fields})


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
