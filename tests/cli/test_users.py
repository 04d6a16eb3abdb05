"""`mockhall users`: accounts, roles and one-time links."""

import re
from pathlib import Path

import pytest
from sqlmodel import select

from mockhall.accounts import audit
from mockhall.accounts.models import AuditEntry, Person
from mockhall.db import Database
from mockhall.settings import Settings
from mockhall.web.now import clock
from tests.cli.command import MakeSite, Run, one_line
from tests.make import START


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
