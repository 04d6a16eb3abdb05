"""Views of the list that a person keeps under a name: its filters and its order. Nobody else sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from mockhall.accounts.models import Person
from mockhall.bank import listing
from mockhall.bank.checked import trouble
from mockhall.bank.desk_models import BankView
from mockhall.bank.list_forms import Filters, read_filters
from mockhall.bank.picked import CannotDoError
from mockhall.web.codes import new_code

MOST, LONGEST = 30, 60
FIELD = "view-name"


@dataclass(frozen=True)
class Kept:
    """A view as the list shows it."""

    code: str
    name: str
    filters: Filters

    @property
    def url(self) -> str:
        return self.filters.url()

    def is_of(self, filters: Filters) -> bool:
        """Is it what a list shows, from whichever of its rows on?"""
        return self.filters.kept == filters.kept


def listed(db: Session, person: Person) -> list[Kept]:
    """This person's views by name."""
    rows = db.exec(select(BankView).where(col(BankView.person_id) == person.id)).all()
    found = [Kept(row.code, row.name, read_filters(row.filters)) for row in rows]
    return sorted(found, key=lambda each: (each.name.casefold(), each.code))


def find(db: Session, code: str, person: Person) -> BankView | None:
    """A view of this person's."""
    if not code.isalnum():
        return None
    return db.exec(select(BankView).where(BankView.code == code[:20], BankView.person_id == person.id)).first()


def keep(db: Session, person: Person, name: str, filters: Filters, unread: str) -> str:
    """Keep a view; under a name that there is, in the place of that one. Returns its code."""
    _check(name, filters, unread or next(iter(listing.unknown(db, filters)), ""))
    others = [each for each in listed(db, person) if each.name != name]
    if len(others) >= MOST:
        raise CannotDoError(FIELD, f"You keep {MOST} views already, which is the most. Remove one first.")
    insert = (postgresql if db.get_bind().dialect.name == "postgresql" else sqlite).insert(BankView)
    row: dict[str, Any] = {"code": new_code(), "person_id": person.id, "name": name, "filters": filters.kept}
    replaced = insert.on_conflict_do_update(
        index_elements=["person_id", "name"], set_={"filters": insert.excluded.filters}
    )
    db.execute(replaced, [row])
    return db.exec(select(BankView.code).where(BankView.person_id == person.id, BankView.name == name)).one()


def _check(name: str, filters: Filters, unread: str) -> None:
    if not name:
        raise CannotDoError(FIELD, "Give the view a name.")
    if said := trouble(name, LONGEST):
        raise CannotDoError(FIELD, said)
    if unread:
        raise CannotDoError(FIELD, f"The filter “{unread}” can't be read, so the view was not kept. Choose it again.")
    if not filters.kept:
        raise CannotDoError(FIELD, "This is the whole bank. Choose a filter or an order first.")


def forget(db: Session, view: BankView) -> None:
    """Remove a view."""
    db.execute(sa.delete(BankView).where(col(BankView.code) == view.code))


def as_json(views: Sequence[Kept]) -> dict[str, Any]:
    """The views for scripts."""
    return {
        "views": [
            {"code": each.code, "name": each.name, "filters": each.filters.kept, "url": each.url} for each in views
        ]
    }  # fmt: skip
