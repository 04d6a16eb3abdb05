"""`mockhall serve`: what it says, where it listens, how it stops."""

import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mockhall.serve import address, listen, logging_plan
from mockhall.settings import Settings, SettingsError
from tests.cli.command import Run, env_of
from tests.cli.served import Served


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    started: list[Served] = []

    def start(**settings: object) -> Served:
        started.append(Served(tmp_path, **settings))
        return started[-1]

    yield start
    for each in started:
        each.process.kill()
        each.process.wait()


def test_serve_prints_where_it_is_and_how_the_first_admin_is_made(serve: Callable[..., Served], tmp_path: Path) -> None:
    served = serve(DATA_DIR=tmp_path / "data", AUTOLOAD=0)
    headers = served.wait()
    assert "200 ok" in headers
    assert "server:" not in headers
    status, said = served.stop()
    assert status == 0
    assert f"http://127.0.0.1:{served.port}" in said
    assert "mockhall users add you@example.org --role admin" in said
    assert "plain http" not in said
    assert "Traceback" not in said
    assert "GET /healthz" not in said


def test_serve_says_no_more_of_the_first_admin_once_there_is_an_account(
    serve: Callable[..., Served], run: Run, tmp_path: Path
) -> None:
    run("users", "add", "asha@example.edu", "--role", "admin", DATA_DIR=tmp_path)
    served = serve(DATA_DIR=tmp_path, AUTOLOAD=0)
    served.wait()
    status, said = served.stop(signal.SIGINT)
    assert status == 0
    assert "users add" not in said


def test_serve_warns_once_where_passwords_go_over_a_plain_network(serve: Callable[..., Served], tmp_path: Path) -> None:
    served = serve(DATA_DIR=tmp_path, AUTOLOAD=0, HOST="0.0.0.0")
    served.wait()
    _, said = served.stop()
    assert said.count("plain http") == 1
    assert f"http://localhost:{served.port}" in said


def test_two_servers_never_share_an_sqlite_database(serve: Callable[..., Served], tmp_path: Path) -> None:
    first = serve(DATA_DIR=tmp_path, AUTOLOAD=0)
    first.wait()
    second = Served(tmp_path, DATA_DIR=tmp_path, AUTOLOAD=0)
    assert second.process.wait(60) == 1
    assert "another Mockhall is using" in second.log.read_text()


def test_the_log_of_requests_names_no_token(serve: Callable[..., Served], tmp_path: Path) -> None:
    served = serve(DATA_DIR=tmp_path, AUTOLOAD=0, LOG_LEVEL="debug")
    served.wait()
    served.ask("/reset/very-secret-token?a=b")
    _, said = served.stop()
    assert "GET /reset/...?a=b" in said
    assert "very-secret-token" not in said


@pytest.mark.postgres
def test_several_workers_serve_a_postgresql_database(serve: Callable[..., Served], postgres_settings: Settings) -> None:
    served = serve(**env_of(postgres_settings), WORKERS=2)
    served.wait()
    status, said = served.stop()
    assert status == 0, said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("host", "base", "expected"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:8000"),
        ("0.0.0.0", "", "http://localhost:8000"),
        ("::1", "", "http://[::1]:8000"),
        ("mock.lan", "", "http://mock.lan:8000"),
        ("127.0.0.1", "https://mock.example.edu/", "https://mock.example.edu"),
    ],
)
def test_the_address_is_one_that_people_can_open(host: str, base: str, expected: str) -> None:
    assert address(Settings(host=host, base_url=base)) == expected


def test_a_server_listens_on_ipv6_where_the_machine_has_it() -> None:
    try:
        with listen(Settings(host="::1", port=0)) as door:
            assert door.family is socket.AF_INET6
    except SettingsError as error:
        pytest.skip(str(error))


def test_logs_are_plain_lines_on_stderr() -> None:
    plan = logging_plan("info")
    assert {handler["stream"] for handler in plan["handlers"].values()} == {"ext://sys.stderr"}
