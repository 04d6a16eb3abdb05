"""What an attempt must hold after any steps: docs/contract.md, "A save", told once more, without the code."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction

GRACE = timedelta(seconds=5)


@dataclass(frozen=True)
class Save:
    """A save as a page sends it. A plain form knows no `seq` and no `tab`; a script may know no `base`."""

    number: int
    choice: tuple[str, ...] = ()
    text: str = ""
    marked: bool = False
    certainty: int = 0
    seq: int | None = None
    tab: str = ""
    base: int | None = None
    then: str = ""
    visited: tuple[int, ...] = ()
    active_ms: int = 0

    @property
    def fields(self) -> dict[str, object]:
        """The form; what is absent is empty or 0."""
        found: dict[str, object] = {
            "choice": list(self.choice), "text": self.text, "marked": "1" if self.marked else "",
            "certainty": self.certainty or "", "then": self.then, "tab": self.tab,
            "visited": [str(each) for each in self.visited], "active_ms": str(self.active_ms),
        }  # fmt: skip
        found |= {name: str(getattr(self, name)) for name in ("seq", "base") if getattr(self, name) is not None}
        return {name: value for name, value in found.items() if value not in ("", [])}

    @property
    def leaves(self) -> bool:
        """Is it sent by a button that keeps nothing in a strict paper?"""
        return self.then in {"back", "review"} or self.then.startswith("goto:")

    @property
    def value(self) -> tuple[tuple[str, ...], str, bool, int]:
        """What is kept of it: Clear empties the answer, Mark & next sets the mark."""
        marked = self.marked or self.then == "mark_next"
        if self.then == "clear":
            return (), "", marked, self.certainty
        return tuple(sorted(self.choice)), self.text.strip(), marked, self.certainty


@dataclass(frozen=True)
class Kept:
    """One question as it must be stored."""

    value: tuple[tuple[str, ...], str, bool, int] = ((), "", False, 0)
    seq: int = 0
    tab: str = ""
    visited: bool = False
    active_ms: int = 0
    unsaved: tuple[tuple[str, ...], str] | None = None

    @property
    def answered(self) -> bool:
        return bool(self.value[0] or self.value[1])


@dataclass
class Model:
    """One attempt of `total` questions."""

    deadline: datetime
    total: int
    is_open: bool = True
    is_strict: bool = False
    kept: dict[int, Kept] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.kept = {number: Kept(visited=number == 1) for number in range(1, self.total + 1)}

    def save(self, save: Save, now: datetime) -> int:
        """Take a save in, if it counts; the status of the reply."""
        mine = self.kept[save.number]
        is_equal = save.value == mine.value
        is_over = now > self.deadline + GRACE
        if is_equal and save.seq == mine.seq:
            return 200 if is_over else self._opened(save, 200)
        if is_over or not self.is_open:
            is_retry = is_equal and save.seq is None
            return 200 if is_retry else 410 if is_over else 409  # nothing changes any more, whoever has closed it
        if not self._is_newer(save, mine):
            return 409
        timed = replace(mine, active_ms=max(mine.active_ms, save.active_ms))
        self.kept[save.number] = self._left(save, timed) if self.logs(save) else self._answered(save, timed)
        self._see(save.number)
        return self._opened(save, 200)

    def logs(self, save: Save) -> bool:
        return self.is_strict and save.leaves

    @staticmethod
    def _answered(save: Save, mine: Kept) -> Kept:
        seq = mine.seq + 1 if save.seq is None else save.seq
        return replace(mine, value=save.value, seq=seq, tab=save.tab or mine.tab, unsaved=None)

    @staticmethod
    def _left(save: Save, mine: Kept) -> Kept:
        """What was selected is logged, unless it is blank or what is kept."""
        selected = save.value[:2]
        is_news = selected not in (((), ""), mine.value[:2])
        return replace(mine, unsaved=selected if is_news else mine.unsaved)

    @staticmethod
    def _is_newer(save: Save, mine: Kept) -> bool:
        if save.seq is None:
            return save.base in (None, mine.seq)
        if save.seq <= mine.seq:
            return False
        return save.tab in ("", mine.tab) or mine.seq in {0, save.base}

    def _opened(self, save: Save, status: int) -> int:
        """The questions that were opened meanwhile, and the one the candidate is at now."""
        if self.is_open:
            onward = {"next": save.number + 1, "mark_next": save.number + 1}.get(save.then, save.number)
            here = save.visited[-1] if save.visited else onward
            if save.then.startswith("goto:"):
                here = int(save.then.removeprefix("goto:"))
            for number in (*save.visited, here if here in self.kept else save.number):
                self._see(number)
        return status

    def _see(self, number: int) -> None:
        if number in self.kept:
            self.kept[number] = replace(self.kept[number], visited=True)

    def submit(self, now: datetime) -> bool:
        """Hand in; whether it is closed now. At the deadline nothing closes before the grace has passed."""
        if not self.deadline < now <= self.deadline + GRACE:
            self.is_open = False
        return not self.is_open

    def look(self, now: datetime) -> None:
        """Whoever looks at an attempt whose time is over finds it handed in."""
        if now > self.deadline + GRACE:
            self.is_open = False

    def lost(self, keys: dict[int, tuple[tuple[str, ...], str]]) -> Fraction:
        """What selections never saved would have earned beyond the kept answers."""
        logged = {number: each for number, each in self.kept.items() if each.unsaved not in (None, each.value[:2])}
        beyond = [
            _marks(each.unsaved or ((), ""), keys[number]) - _marks(each.value[:2], keys[number])
            for number, each in logged.items()
        ]
        return Fraction(max(0, sum(beyond)))

    def score(self, keys: dict[int, tuple[tuple[str, ...], str]]) -> Fraction:
        """+3 right, -1 wrong, 0 blank, by the keys the attempt started with."""
        return Fraction(sum(_marks(each.value[:2], keys[number]) for number, each in self.kept.items()))


def _marks(answer: tuple[tuple[str, ...], str], key: tuple[tuple[str, ...], str]) -> int:
    return 0 if answer == ((), "") else 3 if answer == key else -1
