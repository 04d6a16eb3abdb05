"""Questions drawn from the bank at a start: so many of a topic, difficulty or tag, none of them twice."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from mockhall.exam import shuffle
from mockhall.exam.errors import RuleError

MOST = 1_000
"""Questions of one draw, and of a paper."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What a section draws; an empty field means any. A topic's name takes in a subject with all below it."""

    count: int
    topic: str = ""
    difficulty: str = ""
    tag: str = ""

    @property
    def words(self) -> str:
        """`5 Easy questions of “SQL” tagged “joins”`."""
        kind = f"{self.difficulty} question" if self.difficulty else "question"
        text = f"{self.count} {kind}{'' if self.count == 1 else 's'}"
        text += f" of “{self.topic}”" if self.topic else ""
        return f"{text} tagged “{self.tag}”" if self.tag else text


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question of the bank that may be drawn, its version that would be, and what it is filed under."""

    question: int
    version: int
    topics: frozenset[str]
    difficulty: str
    tags: frozenset[str] = frozenset()


def fits(draw: Draw, candidate: Candidate) -> bool:
    """Is this a question the draw asks for?"""
    return (
        (not draw.topic or draw.topic.casefold() in candidate.topics)
        and (not draw.difficulty or draw.difficulty == candidate.difficulty)
        and (not draw.tag or draw.tag.casefold() in candidate.tags)
    )


def drawn(
    draws: Sequence[Draw], pool: Collection[Candidate], taken: Collection[int], seed: str
) -> list[list[Candidate]]:
    """For each draw its questions, by the seed; `taken` are questions the paper holds already.

    Where draws overlap, a question one can do without is left to the one that needs it. RuleError beside `draws` when
    there are not enough, with how many there are.
    """
    by_question = {each.question: each for each in sorted(pool, key=lambda one: one.question)}
    free = [each for number, each in by_question.items() if number not in taken]
    mixed = _mixed(free, seed)
    fitting = [[each for each in mixed if fits(draw, each)] for draw in draws]
    held = [sum(number in taken and fits(draw, each) for number, each in by_question.items()) for draw in draws]
    slots = [place for place, draw in enumerate(draws) for _ in range(draw.count)]
    matched = _matched(slots, fitting, draws, held)
    return [[matched[slot] for slot, place in enumerate(slots) if place == wanted] for wanted in range(len(draws))]


def _mixed(free: Sequence[Candidate], seed: str) -> list[Candidate]:
    named: dict[str, Candidate] = {str(each.question): each for each in free}
    return [named[name] for name in shuffle.order(list(named), frozenset(), seed)]


def _matched(
    slots: Sequence[int], fitting: Sequence[Sequence[Candidate]], draws: Sequence[Draw], held_before: Sequence[int]
) -> dict[int, Candidate]:
    """A question for each slot by augmenting paths: a slot may push another to its next fitting question."""
    holder: dict[int, int] = {}
    held: dict[int, Candidate] = {}
    for slot, place in enumerate(slots):
        path = _path(slot, slots, fitting, holder)
        if path is None:
            raise _infeasible(draws[place], len(fitting[place]), held_before[place])
        for taker, candidate in path:
            holder[candidate.question], held[taker] = taker, candidate
    return held


def _path(
    start: int, slots: Sequence[int], fitting: Sequence[Sequence[Candidate]], holder: dict[int, int]
) -> list[tuple[int, Candidate]] | None:
    """Who takes what, so that `start` has a question and nobody loses theirs; None when there is no way.

    Breadth first over draws, not slots: slots of one draw want the same, so each draw is looked at once.
    """
    came: dict[int, tuple[int, Candidate] | None] = {start: None}
    seen_places, seen, waiting = {slots[start]}, set[int](), [start]
    for slot in waiting:
        for candidate in fitting[slots[slot]]:
            if candidate.question in seen:
                continue
            seen.add(candidate.question)
            other = holder.get(candidate.question)
            if other is None:
                return _back(came, slot, candidate)
            if slots[other] not in seen_places:
                seen_places.add(slots[other])
                came[other] = (slot, candidate)
                waiting.append(other)
    return None


def _back(came: dict[int, tuple[int, Candidate] | None], slot: int, last: Candidate) -> list[tuple[int, Candidate]]:
    path = [(slot, last)]
    while (before := came[slot]) is not None:
        path.append(before)
        slot = before[0]
    return path


def _infeasible(draw: Draw, found: int, held: int) -> RuleError:
    """`found` are free; `held` would fit too, and are in the paper already."""
    if found < draw.count and held:
        already = f"of which {held} {'is' if held == 1 else 'are'}" if found else "all"
        said = f"The bank has {found + held}, {already} in this test already."
    elif found < draw.count:
        said = f"The bank has {found} to draw from." if found else "The bank has none to draw from."
    else:
        said = f"The bank has {found}, but other draws of this test need some of them."
    return RuleError("draws", f"{draw.words} can't be drawn. {said}")


def check_count(count: int) -> int:
    """A draw's number of questions. RuleError beside `count` outside 1 to MOST."""
    if not 1 <= count <= MOST:
        raise RuleError("count", f"A draw takes from 1 to {MOST:,} questions.")
    return count
