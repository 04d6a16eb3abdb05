"""What becomes of an attempt whose time is up, whoever looks and whenever."""

from datetime import datetime, timedelta
from enum import StrEnum

from mockhall.exam.clock import Phase, phase


class TimeUp(StrEnum):
    """The paper's policy at the deadline."""

    SUBMIT = "submit"
    WINDOW = "window"
    ABANDON = "abandon"


class Due(StrEnum):
    """What is due now: nothing, no more answers but handing in still, hand in by itself, or abandon."""

    NOTHING = "nothing"
    OVERDUE = "overdue"
    SUBMIT = "submit"
    ABANDON = "abandon"


def due(
    now: datetime,
    deadline_at: datetime | None,
    grace: timedelta,
    policy: TimeUp,
    window: timedelta = timedelta(0),
) -> Due:
    """What the policy asks for at `now`; nothing closes before deadline + grace, and both ends of a window count.

    Handing in stays possible until deadline + `window`; an attempt nobody handed in by then is abandoned.
    """
    if phase(now, deadline_at, grace) is not Phase.OVER or deadline_at is None:
        return Due.NOTHING
    match policy:
        case TimeUp.SUBMIT:
            return Due.SUBMIT
        case TimeUp.ABANDON:
            return Due.ABANDON
        case TimeUp.WINDOW:
            return Due.OVERDUE if now <= deadline_at + window else Due.ABANDON
