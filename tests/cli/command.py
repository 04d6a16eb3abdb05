"""What the tests of the command line share: how a command ended, and which database it is led to."""

from collections.abc import Callable
from dataclasses import dataclass

from mockhall.settings import Settings
from tests.make import Site

MakeSite = Callable[[Settings], Site]


@dataclass
class Ran:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


def env_of(settings: Settings) -> dict[str, object]:
    """The variables that lead a command to this database."""
    return {"DATA_DIR": settings.data_dir, "DATABASE_URL": settings.database_url, "AUTOLOAD": "0"}


def one_line(ran: Ran) -> str:
    """What a command that failed said: one line, no traceback."""
    assert ran.status == 1
    lines = ran.err.splitlines()
    assert len(lines) == 1, ran.err
    assert lines[0].startswith("mockhall: ")
    return lines[0]
