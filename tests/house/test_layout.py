"""Where things stand and how long they may be: file names, sizes, who reads the clock, who commits."""

import ast
import re
import shutil
import statistics
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house.reasons import REASONS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "platform/mockhall"
FEATURES = ("accounts", "bank", "papers", "attempts", "results", "study")
USUAL = {"__init__", "models", "queries", "actions", "access", "forms", "routes"}
BESIDE_ROUTES = {"views", "replies"}  # values for templates and JSON; each reply as JSON, page or redirect
EMPTY_WORDS = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc", "managers", "lib"}
LONGEST_FILE, LONGEST = 400, {".py": 250, ".js": 119}  # lines
LONGEST_FUNCTION = 40
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"}
# What tells of the machine or the making of the code, and is of no use to who reads it.
MACHINE = re.compile(
    r"(?<![\w.$}<>])/(?:root|home|Users|mnt|wor[k]|tmp)/[\w.-]+"
    r"|https?://[\w.-]*(?:artifactor[y]|nexu[s]|devp[i]|registr[y]|pyp[i]|mirro[r])[\w.-]*"
    r"|\b(?:sub-?agent[s]?|TOD[O]|FIXM[E]|XX[X]|work packag[e]|in this hou[r])\b"
)


def trees(root: Path = ROOT) -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the package with its syntax tree, but for the migrations, which only ever grow."""
    for file in sorted((root / "platform/mockhall").rglob("*.py")):
        if "versions" not in file.relative_to(root).parts:
            yield file, ast.parse(file.read_text("utf-8"))


def shown(file: Path) -> str:
    return file.as_posix().rpartition("mockhall/")[2]


@cache
def functions() -> dict[str, int]:
    """Each function's place and its length in lines, the signature included."""
    return {
        f"{shown(file)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


# ---------------------------------------------------------------- names


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_has_the_usual_files_and_others_only_for_a_reason(feature: str) -> None:
    names = {file.stem for file in (PACKAGE / feature).glob("*.py")}
    assert names - USUAL - BESIDE_ROUTES <= set(REASONS[feature]), (
        "give the file's reason in REASONS, or put its content elsewhere"
    )


def test_features_are_folders_of_files_and_a_reason_has_its_file() -> None:
    for feature in FEATURES:
        inside = PACKAGE / feature
        assert not [path for path in inside.glob("*/") if path.name != "__pycache__"]
        stale = set(REASONS[feature]) - {file.stem for file in inside.glob("*.py")}
        assert not stale, "a reason without its file"


def test_scripts_of_all_folders_say_what_they_do() -> None:
    scripts = sorted((ROOT / "static/js").rglob("*.js"))
    assert len(scripts) > 10
    assert not [path.name for path in scripts if not path.read_text("utf-8").startswith("//")]


def test_nothing_is_called_by_a_word_that_says_nothing() -> None:
    found = [
        path for top in ("platform", "templates", "static/js", "tests", "tools") for path in (ROOT / top).rglob("*")
    ]
    assert len(found) > 200
    assert not [path for path in found if path.stem.strip("_") in EMPTY_WORDS]


def test_each_module_says_in_one_line_what_lives_in_it() -> None:
    for file, tree in trees():
        said = (ast.get_docstring(tree) or "").split("\n\n")[0]
        assert said, f"{shown(file)} has no docstring"
        assert "\n" not in said, f"{shown(file)}: the first line has to say it"


# ---------------------------------------------------------------- sizes


def written_files() -> list[Path]:
    """What people write: no vendored files, nothing made by a tool."""
    tops = [ROOT / top for top in ("platform", "templates", "static", "tests", "tools")]
    files = [path for top in tops for path in top.rglob("*") if path.suffix in {".py", ".html", ".css", ".js"}]
    return [path for path in files if not {"vendor", "versions"} & set(path.relative_to(ROOT).parts)]


def test_no_file_is_longer_than_it_may_be() -> None:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in written_files()}
    assert len(lines) > 200
    assert {path.name: count for path, count in lines.items() if count > LONGEST.get(path.suffix, LONGEST_FILE)} == {}


def test_functions_are_short() -> None:
    lengths = functions().values()
    assert len(lengths) > 500
    assert not [where for where, lines in functions().items() if lines > LONGEST_FUNCTION]
    assert sum(length < 20 for length in lengths) / len(lengths) >= 0.9
    assert statistics.median(lengths) <= 8


# ---------------------------------------------------------------- who does what alone


def calls(tree: ast.AST) -> Iterator[str]:
    """What is called in a module, as it is written: `datetime.now`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def clocks_read(tree: ast.Module) -> set[str]:
    """Calls that read a clock: `datetime.now()`, `time.time()`, or one imported by its own name."""
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "time"
        for alias in node.names
    }
    dotted = {call for call in calls(tree) if call.rpartition(".")[2] in CLOCKS and "." in call}
    of_modules = {call for call in dotted if call.rpartition(".")[0].rpartition(".")[2] in {"datetime", "date", "time"}}
    return of_modules | {call for call in calls(tree) if call in imported & CLOCKS}


def test_the_clock_is_read_in_one_place() -> None:
    reading = {shown(file): found for file, tree in trees() if (found := clocks_read(tree))}
    assert reading == {"web/now.py": {"datetime.now"}}


@pytest.mark.parametrize(
    "line",
    ["datetime.now(UTC)", "datetime.datetime.utcnow()", "date.today()", "time.time()", "from time import time; time()"],
)
def test_a_second_clock_is_found(line: str) -> None:
    assert clocks_read(ast.parse(line))


def test_a_calls_name_alone_makes_no_clock() -> None:
    assert not clocks_read(ast.parse("self.now(); standing.time(); state.clock()"))


def test_chance_comes_from_secrets_and_exam_has_none_of_its_own() -> None:
    for file, tree in trees():
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert "random" not in imported, f"{shown(file)}: tokens are of `secrets`, shuffles of exam/shuffle.py"
        assert not (shown(file).startswith("exam/") and "secrets" in imported), shown(file)


def test_nobody_but_the_database_commits() -> None:
    committing = {
        shown(file) for file, tree in trees() if any(call.rpartition(".")[2] == "commit" for call in calls(tree))
    }
    assert committing <= {"db.py", "attempts/lane.py"}
    assert "db.py" in committing


# ---------------------------------------------------------------- what is committed


def committed() -> list[Path]:
    """The files in git; the test is skipped where there is no git or no checkout."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("only a git checkout knows which files are committed, and this is none")
    ran = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if ran.returncode:
        pytest.skip(f"git can't list the files: {ran.stderr.strip()}")
    files = [ROOT / name for name in ran.stdout.split("\0") if name]
    return [file for file in files if file.is_file() and "vendor" not in file.parts]


def test_no_committed_file_tells_of_the_machine_it_was_written_on() -> None:
    found = {}
    files = committed()
    assert len(files) > 200
    for file in files:
        text = file.read_bytes().decode("utf-8", "replace")
        if told := {match[0] for match in MACHINE.finditer(text)}:
            found[file.relative_to(ROOT).as_posix()] = told
    assert not found


def test_what_tells_of_a_machine_is_known_and_what_does_not_is_left_alone() -> None:
    # Joined here, for this file is searched too.
    for parts in (["see ", "root", ".cache"], ["in ", "home", "asha", "venv"], ["https:", "", "registr" + "y.example"]):
        assert MACHINE.search("/".join(parts)), parts
    for text in ("VOLUME /data", "/papers/home/1", "sqlite:///data/mockhall.db", "POST /attempts/x/responses/1"):
        assert not MACHINE.search(text), text


def test_nothing_that_a_run_leaves_behind_is_committed() -> None:
    left = [file for file in committed() if {"__pycache__", ".venv", "data", "node_modules"} & set(file.parts)]
    left += [file for file in committed() if file.suffix in {".db", ".pyc", ".log", ".sqlite", ".orig", ".rej"}]
    assert not left
