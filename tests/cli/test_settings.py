"""Settings on the command line: what can't be is one line."""

import socket
from pathlib import Path

import pytest

from mockhall.settings import Settings
from tests.cli.command import Run, one_line
from tests.servers.serving import free_port


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"PORT": "99999"}, "MOCKHALL_PORT"),
        ({"PORT": "http"}, "MOCKHALL_PORT"),
        ({"DATABASE_URL": "mysql://root@localhost/db"}, "must start with sqlite:/// or postgresql://"),
        ({"DATABASE_URL": "postgresql://h:port/db"}, "MOCKHALL_DATABASE_URL can't be read"),
        ({"DATABASE_URL": "postgresql://mockhall:secret@127.0.0.1:1/mockhall"}, "the database can't be used: "),
        ({"WORKERS": "2"}, "needs PostgreSQL"),
        ({"TIMEZONE": "Mars/Olympus"}, "time zone"),
        ({"BASE_URL": "https://x/y"}, "without a path"),
        ({"DATA_DIR": "/dev/null/data"}, "can't be written"),
        ({"HOST": "no-such-host.invalid"}, "can't be listened on"),
        ({"HOST": "192.0.2.1"}, "can't be listened on"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_one_line(run: Run, tmp_path: Path, settings: dict[str, str], says: str) -> None:
    line = one_line(run("serve", **{"DATA_DIR": tmp_path, "PORT": free_port()} | settings))
    assert says in line
    assert "secret" not in line


@pytest.mark.postgres
def test_a_postgresql_database_that_is_not_there_is_one_line(
    run: Run, postgres_settings: Settings, tmp_path: Path
) -> None:
    url = postgres_settings.database_url.rpartition("/")[0] + "/nowhere"
    line = one_line(run("users", "add", "a@b", DATABASE_URL=url, DATA_DIR=tmp_path))
    assert 'database "nowhere" does not exist' in line


def test_a_port_in_use_is_said_so_before_anything_is_made(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = one_line(run("serve", DATA_DIR=tmp_path / "data", PORT=port))
    assert f"127.0.0.1 port {port} is in use" in line
    assert not (tmp_path / "data").exists()
