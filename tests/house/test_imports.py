"""The order of packages that ARCHITECTURE.md gives, and `platform/`, which must stay a mere source root."""

import ast
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.servers.serving import clean_environment

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "platform"
# Where text becomes HTML that is not escaped again. A new place is added here only with a look at what reaches it.
MAKE_MARKUP = {
    "web/charts.py", "web/codeblocks.py", "web/filters.py", "web/formulas.py", "web/pictures.py", "web/richtext.py",
    "web/gaps.py", "web/order_chart.py",
    # what templates made, and in its marks whole numbers, letters, and text that they escape
    "attempts/pieces.py", "attempts/frames.py",
}  # fmt: skip
# What reads a clock, a file, chance or the network; `exam` is given such things as arguments.
IMPURE = {"io", "os", "pathlib", "random", "secrets", "shutil", "socket", "sqlite3", "subprocess", "tempfile", "time"}


def lint_imports(root: Path) -> "subprocess.CompletedProcess[str]":
    """import-linter with the settings and the packages of `root`."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environment = clean_environment(PYTHONPATH=str(root / "platform"))
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_platform_has_no_init_and_import_platform_is_the_standard_librarys() -> None:
    assert not (SOURCE / "__init__.py").exists()
    where = "import platform, mockhall; print(platform.__file__); platform.system()"
    environment = clean_environment(PYTHONPATH=f"{ROOT}:{SOURCE}")
    ran = subprocess.run(
        [sys.executable, "-c", where], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert Path(ran.stdout.strip()).parent == Path(sysconfig.get_path("stdlib"))


def test_packages_import_only_what_stands_below_them() -> None:
    ran = lint_imports(ROOT)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 broken" in ran.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("bank/queries.py", "import mockhall.results", "Each package imports only"),
        ("formats/fields.py", "import mockhall.web", "Each package imports only"),
        ("exam/marking.py", "import fastapi", "rules of an exam"),
        ("results/queries.py", "import mockhall.accounts.routes", "Only the app knows"),
        ("helpers/__init__.py", "", "Each package imports only"),
    ],
)
def test_an_import_against_the_order_is_found(tmp_path: Path, module: str, line: str, contract: str) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(SOURCE / "mockhall", tmp_path / "platform/mockhall", ignore=shutil.ignore_patterns("__pycache__"))
    against = tmp_path / "platform/mockhall" / module
    against.parent.mkdir(exist_ok=True)
    with against.open("a") as file:
        file.write(f"\n{line}\n")
    ran = lint_imports(tmp_path)
    assert ran.returncode != 0
    assert any(contract in row and "BROKEN" in row for row in ran.stdout.splitlines()), ran.stdout + ran.stderr


def imported(file: Path) -> set[str]:
    """Names of all modules a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_exam_imports_nothing_but_itself_and_pure_parts_of_the_standard_library() -> None:
    files = sorted((SOURCE / "mockhall/exam").rglob("*.py"))
    assert len(files) > 5
    for file in files:
        others = {name for name in imported(file) if not name.startswith("mockhall.exam")}
        tops = {name.partition(".")[0] for name in others}
        assert tops <= sys.stdlib_module_names, f"{file.name} imports {tops - sys.stdlib_module_names}"
        assert not tops & IMPURE, f"{file.name} imports {tops & IMPURE}"


def test_exam_reads_no_clock() -> None:
    for file in (SOURCE / "mockhall/exam").rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Attribute)]
        assert not {"now", "utcnow", "today"} & {call.attr for call in calls}, file.name


def test_markup_that_is_not_escaped_again_is_made_in_few_files_only() -> None:
    package = SOURCE / "mockhall"
    making = {
        file.relative_to(package).as_posix()
        for file in package.rglob("*.py")
        if "markupsafe" in imported(file) or "Markup(" in file.read_text("utf-8")
    }
    assert making <= MAKE_MARKUP
    assert not [
        path for path in (ROOT / "templates").rglob("*.html") if re.search(r"\|\s*safe\b", path.read_text("utf-8"))
    ]
