"""The command line as a whole: help on each verb, and faults that are not dressed up."""

import pytest

from mockhall import cli
from tests.cli.command import Run

VERBS: tuple[list[str], ...] = (
    [], ["serve"], ["migrate"], ["load"], ["check"], ["users"], ["users", "add"], ["users", "reset"], ["sweep"],
    ["backup"], ["restore"],
)  # fmt: skip


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_every_verb_has_help(run: Run, verb: list[str]) -> None:
    ran = run(*verb, "--help")
    assert ran.status == 0
    assert "Usage: mockhall" in ran.out


def test_a_verb_that_does_not_exist_is_an_error(run: Run) -> None:
    assert run("dance").status != 0


def test_a_fault_of_ours_is_not_dressed_up_as_a_mistake_of_theirs(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "_settings", broken)
    with pytest.raises(ZeroDivisionError):
        run("sweep")
