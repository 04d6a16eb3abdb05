"""The audit log: it only grows, and a changed line shows."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from mockhall.accounts import actions, audit
from mockhall.accounts.models import Role
from tests.accounts.people import cast, log, person, sign_in
from tests.make import START, Site


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entries SET verb = 'nothing'", "DELETE FROM audit_entries", "TRUNCATE audit_entries"]
)
def test_the_database_refuses_to_change_or_remove_a_line(site: Site, statement: str) -> None:
    cast(site, "Asha")
    if statement.startswith("TRUNCATE") and site.app.state.database.is_sqlite:
        statement = "DELETE FROM audit_entries WHERE 1"
    with pytest.raises(DBAPIError, match="only grows"), site.writing() as db:
        db.execute(text(statement))
    with site.reading() as db:
        assert log(db) != []


def test_a_line_changed_behind_the_triggers_breaks_the_chain(site: Site) -> None:
    cast(site, "Asha", "Ben", "Tara")
    with site.writing() as db:
        assert audit.first_broken(db) is None
        _without_triggers(db)
        db.execute(text("UPDATE audit_entries SET subject = 'admin ravi' WHERE id = 2"))
    with site.reading() as db:
        assert audit.first_broken(db) == 2


def test_a_line_removed_behind_the_triggers_breaks_the_chain(site: Site) -> None:
    cast(site, "Asha", "Ben", "Tara")
    with site.writing() as db:
        _without_triggers(db)
        db.execute(text("DELETE FROM audit_entries WHERE id = 2"))
    with site.reading() as db:
        assert audit.first_broken(db) == 3


def _without_triggers(db: Any) -> None:
    if db.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            db.execute(text(f"DROP TRIGGER audit_no_{verb}"))
    else:
        db.execute(text("DROP TRIGGER audit_only_grows ON audit_entries"))


def test_a_new_role_is_logged_and_ends_open_sessions(site: Site) -> None:
    (asha,) = cast(site, "Asha")
    browser = site.signed_in(asha)
    with site.writing() as db:
        actions.set_role(db, person(site), Role.EDITOR, START)
    with site.reading() as db:
        assert log(db)[-1] == ("role", f"student to editor {asha.code}")
    assert browser.get("/account").status_code == 401
    assert sign_in(browser).status_code == 303
    assert "Editor" in browser.get("/account").text
