"""tools/install.sh, the Makefile and the image's files: from nothing to a server, as a newcomer does it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.servers.serving import clean_environment, free_port, get, serving

ROOT = Path(__file__).resolve().parents[2]
OFFLINE = re.compile(r"Connection|Temporary failure in name resolution|Max retries|timed out")


def sh(
    *command: str | Path, folder: Path = ROOT, given: dict[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Runs a command in an environment that steers nothing, but for what is given."""
    environment = clean_environment() | (given or {})
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def found_python(folder: Path, named: str = "") -> "subprocess.CompletedProcess[str]":
    """tools/find-python.sh where only the folder is on the PATH."""
    return sh("/bin/sh", ROOT / "tools/find-python.sh", given={"PATH": str(folder), "PYTHON": named})


def build_context(folder: Path) -> Path:
    """What .dockerignore lets through to the image's build."""
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for name in (line[1:] for line in lines if line.startswith("!")):
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, target)
    return folder


def test_what_the_image_is_built_from_gives_an_environment_that_serves_and_holds_only_locked_packages(
    tmp_path: Path,
) -> None:
    home = tmp_path / "a prefix"
    ran = sh("tools/install.sh", home, folder=build_context(tmp_path / "context"))
    if ran.returncode and OFFLINE.search(ran.stderr):
        pytest.skip("tools/install.sh needs a package index, and none is within reach")
    assert ran.returncode == 0, ran.stderr[-2000:]
    shutil.rmtree(tmp_path / "context")
    assert sh(home / "bin/mockhall", "--help", folder=tmp_path).returncode == 0
    frozen = sh(home / "bin/python", "-m", "pip", "freeze", "--exclude", "mockhall").stdout.lower().replace("_", "-")
    locked = (ROOT / "requirements/runtime.txt").read_text("utf-8")
    assert set(frozen.split()) <= set(re.findall(r"^[a-z0-9-]+==[^\s\\;]+", locked, re.MULTILINE))
    with serving([home / "bin/mockhall", "serve"], tmp_path, free_port()) as address:
        assert get(f"{address}/")[0] == 200


def test_install_sh_without_a_prefix_says_how_it_is_used() -> None:
    ran = sh("tools/install.sh")
    assert ran.returncode == 2
    assert "usage" in ran.stderr


# ---------------------------------------------------------------- which Python


def stand_in(folder: Path, name: str, script: str) -> None:
    """A program of that name in the folder."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_a_stand_in_that_only_prints_an_error_is_passed_over(tmp_path: Path) -> None:
    stand_in(tmp_path, "python3.13", "echo 'command not found' >&2; exit 127")
    stand_in(tmp_path, "python3.12", "exit 0")
    ran = found_python(tmp_path)
    assert (ran.returncode, ran.stdout) == (0, "python3.12\n")


def test_the_interpreter_named_comes_first(tmp_path: Path) -> None:
    stand_in(tmp_path, "python3.13", "exit 0")
    stand_in(tmp_path, "mine", "exit 0")
    assert found_python(tmp_path, "mine").stdout == "mine\n"


@pytest.mark.parametrize(
    ("script", "advice"),
    [("exit 1", "3.11 or newer"), ('case "$2" in *ensurepip*) exit 1;; esac', "python3-venv")],
)
def test_without_a_fitting_python_the_advice_fits(tmp_path: Path, script: str, advice: str) -> None:
    stand_in(tmp_path, "python3", script)
    ran = found_python(tmp_path)
    assert ran.returncode == 1
    assert advice in ran.stderr


# ---------------------------------------------------------------- the Makefile


def test_make_alone_explains_itself() -> None:
    printed = sh("make").stdout
    for target in ("run", "test", "test-long", "check", "bench", "lock", "clean"):
        assert re.search(rf"^  make {target} +\S", printed, re.MULTILINE), target


def test_make_run_installs_no_test_packages(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "requirements"):
        (tmp_path / name).symlink_to(ROOT / name)
    plan = sh("make", "--dry-run", "run", folder=tmp_path).stdout
    assert "runtime.txt" in plan
    assert "dev.txt" not in plan


@pytest.mark.parametrize(
    ("arguments", "environment", "host"),
    [
        (["HOST=0.0.0.0"], {}, "0.0.0.0"),
        (["HOST=exam-server"], {}, "exam-server"),
        ([], {"HOST": "::1"}, "::1"),
        ([], {"HOST": "x86_64-conda-linux-gnu"}, ""),
        ([], {}, ""),
    ],
)
def test_port_and_host_are_handed_on(
    tmp_path: Path, arguments: list[str], environment: dict[str, str], host: str
) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)  # an include's path may hold no blanks, and this checkout's might
    probe = tmp_path / "probe.mk"
    probe.write_text('include Makefile\nprobe:\n\t@echo "[$$MOCKHALL_HOST][$$MOCKHALL_PORT]"\n')
    ran = sh("make", "-f", probe, "probe", "PORT=9123", *arguments, folder=tmp_path, given=environment)
    assert ran.stdout.strip() == f"[{host}][9123]"


@pytest.mark.long
def test_make_run_serves_within_two_minutes_from_a_folder_with_blanks_in_its_name(tmp_path: Path) -> None:
    checkout = tmp_path / "a new checkout"
    made = shutil.ignore_patterns(".venv", ".cache", ".git", "data", "dist", "build", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, checkout, ignore=made)
    with serving(["make", "run"], checkout, free_port(), limit=120) as address:
        assert get(f"{address}/")[0] == 200
    with serving(["make", "run"], checkout, free_port(), limit=10) as address:
        assert get(f"{address}/")[0] == 200


# ---------------------------------------------------------------- the image


def test_the_image_runs_as_a_plain_user_with_its_data_in_a_volume() -> None:
    last = (ROOT / "Dockerfile").read_text("utf-8").rpartition("\nFROM ")[2]
    assert "\nUSER mockhall\n" in last
    assert "\nVOLUME /data\n" in last
    assert "/healthz" in last
    assert '\nCMD ["mockhall", "serve"]\n' in last


def test_compose_has_no_default_password() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    secrets = [services["web"]["environment"]["PGPASSWORD"], services["database"]["environment"]["POSTGRES_PASSWORD"]]
    assert all(secret.startswith("${POSTGRES_PASSWORD:?") for secret in secrets)
    assert "@database/" in services["web"]["environment"]["MOCKHALL_DATABASE_URL"]
