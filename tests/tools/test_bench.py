"""The benchmark runs and counts what it says; how fast anything is, no test asks."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools.bench.__main__ import table
from tools.bench.driver import Result
from tools.bench.rows import measured, share

ROOT = Path(__file__).resolve().parents[2]


def test_a_second_of_it_counts_saves_opens_and_starts_without_an_error(tmp_path: Path) -> None:
    file = tmp_path / "bench.json"
    command = [sys.executable, "-m", "mockhall", "bench", "save", "open", "start", "p99", "--seconds", "1"]
    ran = subprocess.run([*command, "--json", file], cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)
    assert ran.returncode in {0, 1}, ran.stderr  # met or not is the machine's business
    rows = {row["name"]: row for row in json.loads(file.read_text("utf-8"))["rows"]}
    assert list(rows) == ["save", "open", "start of 60 questions", "save p99 at 667/s"]
    for row in rows.values():
        assert row["requests"] > 0
        assert row["errors"] == 0
        assert row["name"] in ran.stdout
    assert "cores" in ran.stdout


@pytest.mark.parametrize(("rate", "errors", "said"), [(650, 0, "| met |"), (640, 0, "NOT MET"), (900, 1, "NOT MET")])
def test_a_share_of_the_yardstick_is_met_when_it_is_reached_without_an_error(rate: int, errors: int, said: str) -> None:
    result = Result(1.0, {200: rate, 503: errors}, [0.001] * rate)
    assert said in table([share("save", result, "R", [900.0, 1100.0], 0.65)])


@pytest.mark.parametrize(("seconds", "said"), [(1.0, "| met |"), (1.1, "NOT MET")])
def test_a_time_is_met_when_it_is_not_passed(seconds: float, said: str) -> None:
    assert said in table([measured("starts", Result(seconds, {201: 1}, [seconds]), seconds, 1.0, "s")])


def test_a_row_that_measured_nothing_is_not_met() -> None:
    assert not measured("starts", Result(), 0.0, 1.0, "s").is_met
