"""The command line: serve, migrate, load, check, users, sweep, backup, restore, bench.

What a verb needs is imported in it, so that `--help` is there at once."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from mockhall.db import Database
    from mockhall.formats.problems import Problem
    from mockhall.settings import Settings

app = typer.Typer(
    name="mockhall",
    help="A self-hosted platform for mock tests. Settings come from MOCKHALL_* variables: docs/settings.md.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
users = typer.Typer(no_args_is_help=True, help="People: add an account, make a link for a new password.")
app.add_typer(users, name="users")

Folder = Annotated[Path | None, typer.Argument(metavar="[DIR]", help="A content folder; without it, the one shipped.")]
File = Annotated[Path, typer.Argument(metavar="FILE")]
Email = Annotated[str, typer.Argument(metavar="EMAIL")]
RoleName = Literal["student", "editor", "staff", "admin"]


class Failed(Exception):
    """A verb that could not do its work; the text says why."""


def main() -> None:
    """`mockhall`: what can be expected to fail says so in one line and ends with status 1."""
    try:
        app()
    except Exception as error:
        line = _reason(error)
        if line is None:
            raise
        typer.echo(f"mockhall: {line}", err=True)
        sys.exit(1)


def _reason(error: Exception) -> str | None:
    """One line for a failure that the person at the keyboard can mend; None for a fault of ours."""
    from sqlalchemy.exc import DBAPIError

    from mockhall.backup import BackupError
    from mockhall.migrations import NewerDatabase
    from mockhall.settings import SettingsError
    from mockhall.startup import InUse

    if isinstance(error, DBAPIError):
        return f"the database can't be used: {' '.join(str(error.orig).split())}"
    if isinstance(error, Failed | SettingsError | NewerDatabase | InUse | BackupError):
        return " ".join(str(error).split())
    return None


def _settings() -> "Settings":
    from mockhall.serve import set_up_logging
    from mockhall.settings import read_settings

    settings = read_settings()
    set_up_logging(settings)
    return settings


def _database(settings: "Settings") -> AbstractContextManager["Database"]:
    """The database, its schema ours: an empty one is set up, an older one is left to `migrate`."""
    from mockhall import startup
    from mockhall.web.now import clock

    return startup.opened(settings, clock())


@app.command()
def serve() -> None:
    """Serve the site: migrate, load content, and answer until stopped."""
    from mockhall import serve as server

    server.run(_settings())


@app.command()
def migrate() -> None:
    """Bring the database up to date, an SQLite one after a backup in the data folder."""
    settings = _settings()
    from mockhall import migrations, startup
    from mockhall.db import Database
    from mockhall.web.now import clock

    with closing(Database(settings)) as database:
        migrations.refuse_newer(migrations.revision_of(database))
        if not migrations.is_current(database):
            with startup.claim(database):
                startup.migrate(settings, database, clock())
        typer.echo(f"The database is up to date, at revision {migrations.head()}.")


@app.command()
def load(folder: Folder = None) -> None:
    """Load tests from a content folder into the database; a file loaded before and not changed is left alone."""
    settings = _settings()
    from mockhall import paths, startup
    from mockhall.web.now import clock

    with _database(settings) as database:
        loaded, problems = startup.load(database, folder or paths.CONTENT, clock())
    for each in loaded:
        kept = " (it was edited at the desk)" if each.outcome == "kept" else ""
        typer.echo(f"{each.slug}: {each.outcome}{kept}")
    _report(problems)


@app.command()
def check(folder: Folder = None) -> None:
    """Read a content folder and say what is wrong in it; nothing is changed."""
    from mockhall import paths
    from mockhall.formats.content import read_folder
    from mockhall.formats.drawing import draw_problems

    papers, problems = read_folder(folder or paths.CONTENT)
    for paper in papers:
        typer.echo(f"{paper.slug}: {sum(section.count for section in paper.sections)} questions")
    _report(problems + draw_problems(papers))


def _report(problems: "list[Problem]") -> None:
    """Each problem as `file:line: text` on stderr; status 1 if one is an error."""
    for problem in problems:
        typer.echo(str(problem), err=True)
    if any(problem.level == "error" for problem in problems):
        raise typer.Exit(1)


@users.command("add")
def add_user(
    email: Email,
    role: Annotated[RoleName, typer.Option(help="What they may do.")] = "student",
    name: Annotated[str, typer.Option(help="Shown on results.")] = "",
) -> None:
    """Add an account and print the one-time link that sets its password; an account that exists gets the role."""
    settings = _settings()
    from mockhall.accounts import actions, forms
    from mockhall.accounts.models import Role
    from mockhall.web.now import clock

    if fault := forms.email_fault(email.strip()):
        raise Failed(f"{email!r} is no email address. {fault}")
    if len(clean := forms.clean_name(name)) > forms.LONGEST_NAME:
        raise Failed(f"the name is longer than {forms.LONGEST_NAME} characters")
    with _database(settings) as database, database.writing() as db:
        person, now = actions.person_with_email(db, email), clock()
        if person is None:
            token = actions.new_link(db, actions.add_person(db, email, Role(role), now, clean), now)
        elif person.role == role:
            raise Failed(f"{email} has an account as {role} already; a new password: mockhall users reset {email}")
        else:
            actions.set_role(db, person, Role(role), now)
            token = ""
    typer.echo(f"{email} is {role} now.")
    _print_link(settings, token)


@users.command("reset")
def reset_user(email: Email) -> None:
    """Print a one-time link that sets a new password; what the account owns stays as it is."""
    settings = _settings()
    from mockhall.accounts import actions
    from mockhall.web.now import clock

    with _database(settings) as database, database.writing() as db:
        person = actions.person_with_email(db, email)
        if person is None:
            raise Failed(f"nobody has an account with the address {email}")
        if person.disabled_at is not None:
            raise Failed(f"the account of {email} is disabled")
        token = actions.new_link(db, person, clock())
    _print_link(settings, token)


def _print_link(settings: "Settings", token: str) -> None:
    from mockhall.serve import address

    if token:
        typer.echo("This link sets the password, once, within 72 hours:")
        typer.echo(f"{address(settings)}/reset/{token}")


@app.command()
def sweep() -> None:
    """Hand in the attempts whose time is over, as a running server does by itself."""
    settings = _settings()
    from mockhall import startup
    from mockhall.results import actions as results
    from mockhall.web.now import clock

    with _database(settings) as database:
        closed = startup.sweep(settings, database, results.score_attempt, clock())
    typer.echo(f"Handed in: {closed}")


@app.command("backup")
def back_up(file: File) -> None:
    """Copy an SQLite database to a new file, while it is in use."""
    from mockhall import backup

    with _sqlite_database(_settings(), "pg_dump") as database:
        backup.save(database, file)
    typer.echo(f"Backed up to {file}")


@app.command()
def restore(file: File) -> None:
    """Put a backup in the place of an SQLite database; the server must be stopped, and the old file is kept."""
    settings = _settings()
    from mockhall import backup, startup
    from mockhall.web.now import clock

    with _sqlite_database(settings, "pg_restore") as database, startup.claim(database), database.write_lock():
        kept = backup.restore(database, file, clock())
    typer.echo(f"Restored from {file}" + (f"; the old database is {kept}" if kept else ""))


@contextmanager
def _sqlite_database(settings: "Settings", instead: str) -> Iterator["Database"]:
    """The database as a file. Nothing is opened: its files must not be held while they are replaced."""
    from mockhall.db import Database

    if not settings.is_sqlite:
        raise Failed(f"this is for SQLite; on PostgreSQL use {instead}")
    with closing(Database(settings)) as database:
        yield database


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def bench(context: typer.Context) -> None:
    """Measure what the exam room does on this machine; only in a source checkout."""
    if not (root := Path(__file__).resolve().parents[2]).joinpath("tools/bench").is_dir():
        raise Failed("the benchmark is in the source checkout: run `make bench` there")
    raise typer.Exit(subprocess.call([sys.executable, "-m", "tools.bench", *context.args], cwd=root))
