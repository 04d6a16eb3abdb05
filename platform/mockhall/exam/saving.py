"""Whether a save counts: contract.md, "A save"."""

from dataclasses import dataclass
from enum import StrEnum

from mockhall.exam.clock import Phase


@dataclass(frozen=True, slots=True)
class Stored:
    """A response as it is kept. `seq` 0 and `tab` "" when nothing was ever saved."""

    choice: tuple[str, ...] = ()
    text: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    marked: bool = False
    certainty: int | None = None
    seq: int = 0
    tab: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A save as it arrives; a plain form sends no `seq`, a script may send no `tab`."""

    choice: tuple[str, ...] = ()
    text: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    marked: bool = False
    certainty: int | None = None
    seq: int | None = None
    tab: str | None = None
    base: int | None = None


class Verdict(StrEnum):
    """save: keep it. same: already kept, 200. stale, submitted and locked: 409. time_over: 410."""

    SAVE = "save"
    SAME = "same"
    STALE = "stale"
    SUBMITTED = "submitted"
    TIME_OVER = "time_over"
    LOCKED = "locked"


def judge(stored: Stored, incoming: Incoming, *, open_: bool, phase: Phase, locked: bool = False) -> Verdict:
    """What becomes of a save; `open_` is whether the attempt still takes answers, time aside.

    `locked`: the question's section is not open, or the question's own time and grace are over.

    An equal retry is "same" in any state. Without `seq` an equal save is a retry only where it could not be kept.
    """
    if incoming.seq == stored.seq and _equal(stored, incoming):
        return Verdict.SAME
    refused = refusal(open_, phase, locked)
    if refused is not None:
        return Verdict.SAME if incoming.seq is None and _equal(stored, incoming) else refused
    return Verdict.SAVE if _newer(stored, incoming) else Verdict.STALE


def refusal(open_: bool, phase: Phase, locked: bool) -> Verdict | None:
    """What stands in the way of any save, whatever it holds; None when nothing does."""
    if phase is Phase.OVER:
        return Verdict.TIME_OVER
    if not open_:
        return Verdict.SUBMITTED
    return Verdict.LOCKED if locked else None


def _equal(stored: Stored, incoming: Incoming) -> bool:
    value = (stored.choice, stored.text, stored.parts, stored.marked, stored.certainty)
    return value == (incoming.choice, incoming.text, incoming.parts, incoming.marked, incoming.certainty)


def _newer(stored: Stored, incoming: Incoming) -> bool:
    if incoming.seq is None:
        return incoming.base is None or incoming.base == stored.seq
    if incoming.seq <= stored.seq:
        return False
    # A page of a script without a tab, or the first save of all, has nothing of another page's to overwrite.
    if not incoming.tab or incoming.tab == stored.tab or stored.seq == 0:
        return True
    return incoming.base == stored.seq


def kept(stored: Stored, incoming: Incoming) -> Stored:
    """The response after a save that counts: without `seq` the next one, without `tab` the one before."""
    seq = stored.seq + 1 if incoming.seq is None else incoming.seq
    tab = incoming.tab or stored.tab
    return Stored(incoming.choice, incoming.text, incoming.parts, incoming.marked, incoming.certainty, seq, tab)
