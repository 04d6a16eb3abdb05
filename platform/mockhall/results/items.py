"""Questions as they are marked, remembered: a version of a question and one of a paper never change.

A thousand who hand in in one minute have the same sixty questions, and reading those is most of what marking takes.
What is ruled about a question does change: it is looked up each time, and laid over what is remembered."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from mockhall.attempts.asked import engine_of
from mockhall.attempts.facts import Bounded
from mockhall.bank import key_versions
from mockhall.bank.models import QuestionVersion
from mockhall.exam.kinds import Difficulty, Kind
from mockhall.exam.paper import Item, Key, Ruling
from mockhall.exam.rulings import under
from mockhall.exam.scheme import scheme_of
from mockhall.results.counting import Rules, rules_of
from mockhall.results.marked import Marking

Place = tuple[int, int, int]
"""A question of an attempt: its number, the position of its section, its version."""
_KNOWN: WeakKeyDictionary[Engine, Bounded[Place, Item]] = WeakKeyDictionary()
_MOST = 10_000
_MARKINGS: WeakKeyDictionary[Engine, Bounded[tuple[int, frozenset[tuple[int, int]], int], Marking]] = (
    WeakKeyDictionary()
)
_MOST_MARKINGS = 64  # papers, of those that draw their questions attempts


def items_of(
    db: Session, rules: Rules, places: Collection[Place], proposed: Mapping[int, Ruling] | None = None
) -> dict[int, Item]:
    """The questions by their number, as this paper marks them and by what was ruled about them.

    `proposed`: rulings by question version to mark by in place of those that hold."""
    held = {version: each.ruling for version, each in key_versions.held(db, {place[2] for place in places}).items()}
    rulings = held | dict(proposed or {})
    return {
        place[0]: under(rulings.get(place[2]), item)
        for place, item in zip(places, _printed(db, rules, places), strict=True)
    }


def _printed(db: Session, rules: Rules, places: Collection[Place]) -> list[Item]:
    """The questions as they were set, in the order asked."""
    paper, known = rules.version.id or 0, _KNOWN.setdefault(engine_of(db), Bounded(_MOST))
    found = {place: known.get((paper, *place[1:])) for place in places}
    missing = {place[1:] for place, item in found.items() if item is None}
    read = {(paper, *each): item for each, item in _read(db, rules, missing).items()} if missing else {}
    for key, item in read.items():
        known.put(key, item)
    return [replace(found[place] or read[paper, *place[1:]], number=place[0]) for place in places]


def marking_of(db: Session, paper_version: int, places: frozenset[tuple[int, int]]) -> Marking:
    """How an attempt with these questions, each a section and a version, is marked; remembered for the next."""
    rules, rulings = rules_of(db, paper_version), key_versions.applied_count(db)
    numbered = dict(enumerate(places))
    found = items_of(db, rules, [(number, *place) for number, place in numbered.items()])
    marking = Marking(rules, {place: found[number] for number, place in numbered.items()}, rulings)
    return _MARKINGS.setdefault(engine_of(db), Bounded(_MOST_MARKINGS)).put((paper_version, places, rulings), marking)


def remembered(engine: Engine, paper_version: int, places: frozenset[tuple[int, int]], rulings: int) -> Marking | None:
    """The same without a look at the database, where another attempt had the same questions and so many rulings had
    been applied."""
    known = _MARKINGS.get(engine)
    return known.get((paper_version, places, rulings)) if known else None


def _read(db: Session, rules: Rules, missing: Collection[tuple[int, int]]) -> dict[tuple[int, int], Item]:
    query = select(QuestionVersion).where(col(QuestionVersion.id).in_({version for _, version in missing}))
    questions = {each.id: each for each in db.exec(query)}
    return {(section, version): _item(rules, section, questions[version]) for section, version in missing}


def _item(rules: Rules, section: int, question: QuestionVersion) -> Item:
    scheme = scheme_of(rules.version.scheme, rules.sections[section].scheme, question.scheme)
    key = Key.from_json(question.key)
    return Item(0, section, Kind(question.kind), question.topic, Difficulty(question.difficulty), key, scheme)
