"""The one reading of the clock. Everything else takes `now` as an argument."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request


def clock() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def now(request: Request) -> datetime:
    """The instant a request is judged by; tests set `app.state.clock`."""
    instant: datetime = request.app.state.clock()
    return instant


Now = Annotated[datetime, Depends(now)]
