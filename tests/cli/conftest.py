"""The command line in this process, on an empty folder or on a database with the schema."""

import logging
import os
import sys
from collections.abc import Iterator

import pytest

from mockhall import cli
from mockhall.settings import Settings
from tests.cli.command import Ran, Run, env_of


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs the command line in this process: `run("users", "add", "a@b", PORT="9000")`."""
    handlers, level = logging.root.handlers[:], logging.root.level
    for name in [name for name in os.environ if name.startswith("MOCKHALL_")]:
        monkeypatch.delenv(name)

    def run_it(*words: str, **settings: object) -> Ran:
        for name, value in settings.items():
            monkeypatch.setenv(f"MOCKHALL_{name}", str(value))
        monkeypatch.setattr(sys, "argv", ["mockhall", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return Ran(int(ended.value.code or 0), said.out, said.err)

    yield run_it
    logging.root.handlers[:], logging.root.level = handlers, level


@pytest.fixture
def run_on(run: Run, settings: Settings) -> Run:
    """The same, on a database with the schema: SQLite, then PostgreSQL."""
    return lambda *words, **more: run(*words, **env_of(settings), **more)
