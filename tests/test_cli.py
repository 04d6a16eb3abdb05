"""The command line, on both databases: what each verb does, and the one line it says when it can't."""

import logging
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlmodel import select

from mockhall import backup, cli, migrations, paths, startup
from mockhall.accounts import audit
from mockhall.accounts.models import AuditEntry, Person
from mockhall.attempts.models import Attempt
from mockhall.db import Database
from mockhall.papers.models import Paper
from mockhall.serve import address, listen, logging_plan
from mockhall.settings import Settings, SettingsError
from mockhall.web.now import clock
from tests.make import START, Site, make_paper
from tests.servers.serving import clean_environment, free_port

MakeSite = Callable[[Settings], Site]
VERBS: tuple[list[str], ...] = (
    [], ["serve"], ["migrate"], ["load"], ["check"], ["users"], ["users", "add"], ["users", "reset"], ["sweep"],
    ["backup"], ["restore"],
)  # fmt: skip


@dataclass
class Ran:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


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
    return lambda *words, **more: run(*words, **_env(settings), **more)


def _env(settings: Settings) -> dict[str, object]:
    return {"DATA_DIR": settings.data_dir, "DATABASE_URL": settings.database_url, "AUTOLOAD": "0"}


def one_line(ran: Ran) -> str:
    """What a command that failed said: one line, no traceback."""
    assert ran.status == 1
    lines = ran.err.splitlines()
    assert len(lines) == 1, ran.err
    assert lines[0].startswith("mockhall: ")
    return lines[0]


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_every_verb_has_help(run: Run, verb: list[str]) -> None:
    ran = run(*verb, "--help")
    assert ran.status == 0
    assert "Usage: mockhall" in ran.out


def test_a_verb_that_does_not_exist_is_an_error(run: Run) -> None:
    assert run("dance").status != 0


# ------------------------------------------------------------ people


def test_add_prints_a_link_that_sets_the_password(run_on: Run, settings: Settings, make_site: MakeSite) -> None:
    ran = run_on("users", "add", "Tara@example.edu", "--role", "editor", "--name", "Tara\x07", PORT="9321")
    link = ran.out.splitlines()[-1]
    assert (ran.status, ran.err) == (0, "")
    assert re.fullmatch(r"http://127\.0\.0\.1:9321/reset/[\w-]{43}", link)
    site = make_site(settings)
    site.clock.at = clock()
    browser = site.browser()
    assert (
        browser.post(link.removeprefix("http://127.0.0.1:9321"), data={"password": "a new password"}).status_code == 303
    )
    page = browser.get("/account").text
    assert "tara@example.edu" in page
    assert "Editor" in page
    assert _verbs(settings)[:3] == ["add", "link", "password"]


def _verbs(settings: Settings) -> list[str]:
    database = Database(settings)
    with database.reading() as db:
        assert audit.first_broken(db) is None
        found = [entry.verb for entry in db.exec(select(AuditEntry).order_by(AuditEntry.id))]  # type: ignore[arg-type]
    database.close()
    return found


def test_add_gives_an_account_that_exists_its_new_role(run_on: Run, settings: Settings) -> None:
    run_on("users", "add", "asha@example.edu")
    ran = run_on("users", "add", "ASHA@example.edu", "--role", "staff")
    assert (ran.status, "/reset/" in ran.out) == (0, False)
    assert _verbs(settings) == ["add", "link", "role"]
    assert "has an account as staff already" in one_line(run_on("users", "add", "asha@example.edu", "--role", "staff"))


@pytest.mark.parametrize("email", ["", "asha", "a b@c", "a@b\n", "\x1b[31m@b", "x" * 255 + "@b"])
def test_add_refuses_what_is_no_address(run: Run, tmp_path: Path, email: str) -> None:
    ran = run("users", "add", email, DATA_DIR=tmp_path)
    if email == "a@b\n":
        assert ran.status == 0  # the line end is stripped
    else:
        assert "is no email address" in one_line(ran)
        assert "\x1b" not in ran.err


def test_nobody_is_added_as_a_guest(run: Run, tmp_path: Path) -> None:
    assert run("users", "add", "asha@example.edu", "--role", "guest", DATA_DIR=tmp_path).status == 2


def test_add_sets_up_a_database_that_is_empty(run: Run, tmp_path: Path) -> None:
    ran = run(
        "users",
        "add",
        "asha@example.edu",
        "--role",
        "admin",
        DATA_DIR=tmp_path / "new",
        BASE_URL="https://mock.example.edu/",
    )
    assert ran.status == 0
    assert ran.out.splitlines()[-1].startswith("https://mock.example.edu/reset/")


def test_reset_prints_a_link_and_leaves_the_old_one_useless(
    run_on: Run, settings: Settings, make_site: MakeSite
) -> None:
    old = run_on("users", "add", "asha@example.edu").out.splitlines()[-1]
    new = run_on("users", "reset", "asha@example.edu").out.splitlines()[-1]
    site = make_site(settings)
    site.clock.at = clock()
    assert site.browser().get("/reset/" + old.rpartition("/")[2]).status_code == 404
    assert site.browser().get("/reset/" + new.rpartition("/")[2]).status_code == 200


def test_reset_of_an_unknown_or_disabled_account_says_so(run_on: Run, settings: Settings) -> None:
    assert "nobody has an account with the address ravi@x" in one_line(run_on("users", "reset", "ravi@x"))
    run_on("users", "add", "asha@example.edu")
    database = Database(settings)
    with database.writing() as db:
        db.exec(select(Person)).one().disabled_at = START
    database.close()
    assert "disabled" in one_line(run_on("users", "reset", "asha@example.edu"))


# ------------------------------------------------------------ content


def test_load_says_a_line_a_paper_and_changes_nothing_the_second_time(run_on: Run) -> None:
    first, second = run_on("load"), run_on("load")
    slugs = sorted(path.name for path in (paths.CONTENT / "papers").iterdir())
    assert first.out.splitlines() == [f"{slug}: added" for slug in slugs]
    assert second.out.splitlines() == [f"{slug}: unchanged" for slug in slugs]
    assert first.status == second.status == 0


def _content(folder: Path) -> Path:
    """Two shipped papers, one of them broken."""
    for slug in ("aptitude", "python-core"):
        shutil.copytree(paths.CONTENT / "papers" / slug, folder / slug)
    (folder / "aptitude" / "paper.yaml").write_text("title: [")
    return folder


def test_load_keeps_what_can_be_read_and_ends_with_1_for_the_rest(run_on: Run, tmp_path: Path) -> None:
    folder = _content(tmp_path / "content")
    ran = run_on("load", str(folder))
    assert ran.status == 1
    assert ran.out == "python-core: added\n"
    assert re.match(rf"{re.escape(str(folder))}/aptitude/paper\.yaml:\d+: ", ran.err)
    assert "Traceback" not in ran.err


def test_check_reads_and_touches_no_database(run: Run, tmp_path: Path) -> None:
    folder, data = _content(tmp_path / "content"), tmp_path / "data"
    ran = run("check", str(folder), DATA_DIR=data)
    assert ran.status == 1
    assert "paper.yaml:" in ran.err
    assert not data.exists()
    assert run("check").status == 0


def test_a_folder_that_is_not_there_is_said_so(run: Run, tmp_path: Path) -> None:
    for verb in ("load", "check"):
        ran = run(verb, str(tmp_path / "none"), DATA_DIR=tmp_path)
        assert ran.status == 1
        assert "can't be read" in ran.err
        assert "Traceback" not in ran.err


def test_a_paper_edited_at_the_desk_is_kept_and_that_is_said(
    run_on: Run, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    run_on("load")
    database = Database(settings)
    with database.writing() as db:
        for paper in db.exec(select(Paper)):
            paper.edited_at_desk, paper.content_hash = True, "of an older file"
    assert "aptitude: kept (it was edited at the desk)" in run_on("load").out
    logging.getLogger("mockhall").addHandler(caplog.handler)
    startup.prepare(settings.model_copy(update={"autoload": True}), database, START)
    logging.getLogger("mockhall").removeHandler(caplog.handler)
    database.close()
    assert "content aptitude: the file has changed, but the test was edited at the desk" in caplog.text


# ------------------------------------------------------------ sweep


def test_sweep_hands_in_what_is_over(run_on: Run, settings: Settings, make_site: MakeSite) -> None:
    site = make_site(settings)
    site.clock.at = clock() - timedelta(hours=2)
    with site.writing() as db:
        make_paper(db, minutes=30, now=site.clock.at)
    site.browser().post("/papers/mock-1/attempts", data={"name": "Asha"})
    assert run_on("sweep").out == "Handed in: 1\n"
    assert run_on("sweep").out == "Handed in: 0\n"
    with site.reading() as db:
        assert db.exec(select(Attempt)).one().running_key is None


# ------------------------------------------------------------ backup, restore, migrate


def test_a_backup_holds_what_was_there_and_restoring_brings_it_back(
    run: Run, sqlite_settings: Settings, tmp_path: Path
) -> None:
    env, file = _env(sqlite_settings), tmp_path / "safe.db"
    run("users", "add", "asha@example.edu", **env)
    assert run("backup", str(file), **env).status == 0
    assert file.stat().st_mode & 0o077 == 0
    run("users", "add", "ben@example.edu", **env)
    ran = run("restore", str(file), **env)
    assert ran.status == 0
    assert _people(tmp_path / "mockhall.db") == ["asha@example.edu"]
    kept = Path(ran.out.strip().rpartition("is ")[2])
    assert _people(kept) == ["asha@example.edu", "ben@example.edu"]
    assert file.exists()


def _people(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT email FROM people ORDER BY id")]


def test_a_backup_is_whole_while_someone_writes(sqlite_settings: Settings, make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site(sqlite_settings)
    with site.writing() as db:
        db.add(Person(code="half", created_at=START))
        db.flush()
        backup.save(site.app.state.database, tmp_path / "meanwhile.db")
    with closing(sqlite3.connect(tmp_path / "meanwhile.db")) as connection:
        assert connection.execute("SELECT count(*) FROM people").fetchone() == (0,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_restore_puts_back_what_a_damaged_database_lost(run: Run, sqlite_settings: Settings, tmp_path: Path) -> None:
    env, file = _env(sqlite_settings), tmp_path / "safe.db"
    run("users", "add", "asha@example.edu", **env)
    run("backup", str(file), **env)
    place, log = tmp_path / "mockhall.db", tmp_path / "mockhall.db-wal"
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("UPDATE people SET email = 'ravi@example.edu'")
        connection.commit()
        of_the_old = log.read_bytes()
    place.write_bytes(b"no database any more" * 1000)
    log.write_bytes(of_the_old)  # left behind, it would be played into the new database
    assert run("restore", str(file), **env).status == 0
    assert _people(place) == ["asha@example.edu"]
    kept = next(tmp_path.glob("*-before-restore-*.db-wal"))
    assert kept.read_bytes() == of_the_old


def test_restore_into_an_empty_folder_needs_no_old_database(
    run: Run, sqlite_settings: Settings, tmp_path: Path
) -> None:
    run("backup", str(tmp_path / "safe.db"), **_env(sqlite_settings))
    assert run("restore", str(tmp_path / "safe.db"), DATA_DIR=tmp_path / "new").status == 0
    assert _people(tmp_path / "new" / "mockhall.db") == []


def test_restore_refuses_while_a_server_runs(
    run: Run, sqlite_settings: Settings, tmp_path: Path, make_site: MakeSite
) -> None:
    env, file = _env(sqlite_settings), tmp_path / "safe.db"
    run("backup", str(file), **env)
    site = make_site(sqlite_settings)
    with TestClient(site.app):
        assert "another Mockhall is using" in one_line(run("restore", str(file), **env))
    assert run("restore", str(file), **env).status == 0


def test_what_can_be_no_backup_is_refused_and_the_database_stays(
    run: Run, sqlite_settings: Settings, tmp_path: Path
) -> None:
    env, place = _env(sqlite_settings), tmp_path / "mockhall.db"
    before = place.read_bytes()
    junk, foreign, newer = tmp_path / "junk", tmp_path / "foreign.db", tmp_path / "newer.db"
    junk.write_text("this is no database")
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE things (id)")
    shutil.copy(place, newer)
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for file, says in (
        (tmp_path / "none", "there is no file"), (junk, "not a database"), (foreign, "no backup of a Mockhall"),
        (newer, "a newer Mockhall made"), (place, "is the database itself"), (tmp_path, "there is no file"),
    ):  # fmt: skip
        assert says in one_line(run("restore", str(file), **env))
    assert place.read_bytes() == before


def test_backup_never_writes_over_a_file(run: Run, sqlite_settings: Settings, tmp_path: Path) -> None:
    env = _env(sqlite_settings)
    (tmp_path / "precious").write_text("mine")
    assert "exists already" in one_line(run("backup", str(tmp_path / "precious"), **env))
    assert (tmp_path / "precious").read_text() == "mine"
    assert "No such file or directory" in one_line(run("backup", str(tmp_path / "none" / "b.db"), **env))
    assert "there is no database" in one_line(run("backup", str(tmp_path / "b.db"), DATA_DIR=tmp_path / "empty"))


@pytest.mark.postgres
def test_on_postgresql_backup_and_restore_name_the_tool(run: Run, postgres_settings: Settings, tmp_path: Path) -> None:
    env = _env(postgres_settings)
    assert "pg_dump" in one_line(run("backup", str(tmp_path / "b"), **env))
    assert "pg_restore" in one_line(run("restore", str(tmp_path / "b"), **env))


def _set_back(settings: Settings) -> None:
    """As if one more migration had come since: the database stands one revision behind, its tables as they are."""
    database = Database(settings)
    with database.writing() as db:
        db.execute(text("UPDATE alembic_version SET version_num = 'before'"))
    database.close()


def test_a_database_that_holds_something_is_backed_up_before_it_is_migrated(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _set_back(settings)
    monkeypatch.setattr(migrations, "refuse_newer", lambda _found: None)
    migrated: list[str] = []
    monkeypatch.setattr(migrations, "upgrade", lambda database: migrated.append(str(migrations.revision_of(database))))
    database = Database(settings)
    with caplog.at_level(logging.INFO, "mockhall"):
        assert startup.migrate(settings, database, START)
    database.close()
    assert migrated == ["before"]
    backups = [path.name for path in (settings.data_dir / "backups").glob("*")]
    if settings.is_sqlite:
        assert backups == ["mockhall-before-20261122-090000.db"]
    else:
        assert backups == []
        assert "pg_dump" in caplog.text


def test_an_empty_database_is_migrated_without_a_backup(run: Run, tmp_path: Path) -> None:
    ran = run("migrate", DATA_DIR=tmp_path)
    assert ran.out == f"The database is up to date, at revision {migrations.head()}.\n"
    assert not (tmp_path / "backups").exists()
    assert run("migrate", DATA_DIR=tmp_path).status == 0


# ------------------------------------------------------------ what can't be


def test_a_database_of_a_newer_mockhall_is_left_alone(run_on: Run, settings: Settings) -> None:
    _set_back(settings)
    for verb in (["migrate"], ["serve"], ["users", "add", "a@b"], ["load"], ["sweep"]):
        assert "a newer Mockhall made" in one_line(run_on(*verb, PORT=free_port()))
    assert not (settings.data_dir / "backups").exists()


def test_a_database_that_is_behind_is_left_to_migrate(run_on: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "head", lambda: "of tomorrow")
    for verb in (["users", "add", "a@b"], ["load"], ["sweep"]):
        assert "mockhall migrate" in one_line(run_on(*verb))


def test_a_database_of_something_else_is_left_alone(run: Run, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "mockhall.db")) as connection:
        connection.execute("CREATE TABLE things (id)")
    for verb in (["migrate"], ["serve"], ["users", "add", "a@b"]):
        assert "tables that Mockhall did not make" in one_line(run(*verb, DATA_DIR=tmp_path, PORT=free_port()))


def test_a_file_that_is_no_database_is_said_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mockhall.db").write_text("this is no database" * 100)
    assert "file is not a database" in one_line(run("users", "add", "a@b", DATA_DIR=tmp_path))


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


def test_a_fault_of_ours_is_not_dressed_up_as_a_mistake_of_theirs(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "_settings", broken)
    with pytest.raises(ZeroDivisionError):
        run("sweep")


# ------------------------------------------------------------ serve


class Served:
    """`mockhall serve` in a process of its own."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.port = free_port()
        extra = {f"MOCKHALL_{name}": str(value) for name, value in settings.items()}
        self.log = folder / "serve.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mockhall", "serve"], stdout=log, stderr=subprocess.STDOUT, cwd=folder,
                env=clean_environment(MOCKHALL_PORT=str(self.port), PYTHONUNBUFFERED="1", **extra),
            )  # fmt: skip

    def wait(self) -> str:
        """Until it answers; its headers."""
        for _ in range(600):
            assert self.process.poll() is None, self.log.read_text()
            try:
                return self._ask("/healthz")
            except OSError:
                time.sleep(0.05)
        raise AssertionError(self.log.read_text())

    def _ask(self, path: str) -> str:
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        return answer.partition(b"\r\n\r\n")[0].decode().lower()

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """How it ended and all it said."""
        self.process.send_signal(number)
        status = self.process.wait(20)
        return status, self.log.read_text()


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
    assert second.process.wait(20) == 1
    assert "another Mockhall is using" in second.log.read_text()


def test_the_log_of_requests_names_no_token(serve: Callable[..., Served], tmp_path: Path) -> None:
    served = serve(DATA_DIR=tmp_path, AUTOLOAD=0, LOG_LEVEL="debug")
    served.wait()
    served._ask("/reset/very-secret-token?a=b")
    _, said = served.stop()
    assert "GET /reset/...?a=b" in said
    assert "very-secret-token" not in said


@pytest.mark.postgres
def test_several_workers_serve_a_postgresql_database(serve: Callable[..., Served], postgres_settings: Settings) -> None:
    served = serve(**_env(postgres_settings), WORKERS=2)
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


# ------------------------------------------------------------ docs/settings.md


def test_each_setting_is_documented_with_its_default_and_none_that_is_not_there() -> None:
    page = Path(__file__).parents[1] / "docs" / "settings.md"
    rows = [line.strip("| ").split(" | ") for line in page.read_text("utf-8").splitlines() if line.startswith("| `")]
    documented = {cells[0].strip("`"): cells[1].strip("`") for cells in rows}
    assert all(len(cells) == 4 and all(cells) for cells in rows)
    expected = {f"MOCKHALL_{name.upper()}": _default(field.default) for name, field in Settings.model_fields.items()}
    assert documented == expected


def _default(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value) or "empty"
