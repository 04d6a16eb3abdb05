"""The wheel: what is in it, and that it serves in a clean environment, away from the checkout."""

import json
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.serving import clean_environment, free_port, get, serving

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("runtime", "build", "dev")
# All tests here share one wheel and one server: they go to one process under xdist's --dist loadgroup.
pytestmark = pytest.mark.xdist_group("packaging")


def run(command: list[str | Path], folder: Path) -> str:
    """What a command prints; it must succeed."""
    ran = subprocess.run(command, cwd=folder, env=clean_environment(), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built with the packages at hand: no network."""
    folder = tmp_path_factory.mktemp("wheel")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    run([*pip, "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, ROOT], folder)
    return next(folder.glob("mockhall-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin/ of a new environment with the wheel in it; its dependencies are lent by this one, to save a minute."""
    home = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(home, with_pip=False)
    paths = sysconfig.get_paths(vars={"base": str(home), "platbase": str(home)})
    # Only the folder is lent: .pth files in it, such as the checkout's own, are not read.
    Path(paths["purelib"], "lent.pth").write_text(sysconfig.get_path("purelib"))
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    pip += ["--python", home / "bin/python", "install", "--quiet"]
    run([*pip, "--no-deps", "--no-index", "--force-reinstall", wheel], home)
    return home / "bin"


@pytest.fixture(scope="module")
def address(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the installed wheel, its data in a folder of its own."""
    with serving([installed / "mockhall", "serve"], tmp_path_factory.mktemp("served"), free_port()) as base:
        yield base


def test_the_wheel_holds_package_templates_static_files_content_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    assert tops == {"mockhall", next(top for top in tops if top.endswith(".dist-info"))}
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".db"))]
    for needed in ("__init__.py", "migrations/__init__.py", "_assets/templates/base.html", "_assets/content/README.md"):
        assert f"mockhall/{needed}" in names
    for folder in ("css", "js", "vendor"):
        assert any(name.startswith(f"mockhall/_assets/static/{folder}/") for name in names)


def test_each_shipped_file_of_the_checkout_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = [path for top in ("templates", "static", "content") for path in (ROOT / top).rglob("*")]
    files = {
        path.relative_to(ROOT).as_posix() for path in shipped if path.is_file() and "__pycache__" not in path.parts
    }
    assert len(files) > 20
    assert sorted(files - {name.removeprefix("mockhall/_assets/") for name in names}) == []


def test_the_installed_package_is_the_wheels_and_not_the_checkouts(installed: Path, tmp_path: Path) -> None:
    where = run([installed / "python", "-c", "import mockhall; print(mockhall.__file__)"], tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)


def test_help_names_each_command(installed: Path, tmp_path: Path) -> None:
    printed = run([installed / "mockhall", "--help"], tmp_path)
    for command in ("serve", "migrate", "load", "check", "users"):
        assert command in printed


def test_the_installed_server_gives_the_front_page_with_its_look(address: str) -> None:
    status, kind, page = get(f"{address}/")
    assert (status, kind.partition(";")[0]) == (200, "text/html")
    sheets = re.findall(r'<link[^>]*rel="?stylesheet"?[^>]*>', page)
    addresses = [found[1] for sheet in sheets if (found := re.search(r'href="([^"]+)"', sheet))]
    assert addresses
    for sheet in addresses:
        assert sheet.startswith("/"), "a page makes no request to anyone else"
        status, kind, css = get(address + sheet)
        assert (status, kind.partition(";")[0]) == (200, "text/css")
        assert css.strip()


def test_the_installed_server_has_loaded_the_shipped_content(address: str) -> None:
    status, _, page = get(f"{address}/papers")
    assert status == 200
    assert re.search(r'href="/papers/[a-z0-9-]+"', page)


def test_the_images_health_check_finds_the_server_well_and_its_absence_ill(address: str, tmp_path: Path) -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", "")
    check = re.search(r"^HEALTHCHECK .* CMD (\[.*\])$", dockerfile, re.MULTILINE)
    assert check
    _, *arguments = json.loads(check[1])

    def status(port: object) -> int:
        environment = clean_environment(MOCKHALL_PORT=str(port))
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, check=False).returncode

    assert status(address.rpartition(":")[2]) == 0
    assert status(free_port()) != 0


# ---------------------------------------------------------------- the lock files


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_index_and_no_machine_and_each_package_has_a_hash(name: str) -> None:
    text = (ROOT / f"requirements/{name}.txt").read_text("utf-8")
    assert not re.search(r"://|^-|file:|^ *# via +/|/(home|root|tmp|opt|work)/", text, re.MULTILINE)
    packages = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert packages
    assert [package for package in packages if "--hash=sha256:" not in package] == []


def test_the_lock_files_hold_what_pyproject_asks_for_in_the_same_versions() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    runtime, dev = pins("runtime"), pins("dev")
    assert {bare(line) for line in asked["dependencies"]} <= {name for name, _ in runtime}
    extras = [line for lines in asked["optional-dependencies"].values() for line in lines]
    assert {bare(line) for line in extras} - {"mockhall"} <= {name for name, _ in dev}
    assert runtime <= dev
    assert pins("build") <= dev


def pins(name: str) -> set[tuple[str, str]]:
    """(package, version) pairs of a lock file."""
    text = (ROOT / f"requirements/{name}.txt").read_text("utf-8")
    return set(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def bare(requirement: str) -> str:
    """The normal name of the package that a requirement is about."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=;! ]", requirement)[0]).lower()
