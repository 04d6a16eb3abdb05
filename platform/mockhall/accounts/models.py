"""People, their sessions, one-time links, cohorts, and the audit log."""

import unicodedata
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from mockhall.db import Exact, UtcDateTime


class Role(StrEnum):
    """What a person may do; a guest is a person without credentials."""

    GUEST = "guest"
    STUDENT = "student"
    EDITOR = "editor"
    STAFF = "staff"
    ADMIN = "admin"


def normal_email(email: str) -> str:
    """How addresses are compared and stored: one spelling for all ways to write the same letters."""
    # Composing takes the square of the length: 1 MB of accents stood still for minutes, and everybody with it.
    return unicodedata.normalize("NFC", email.strip()[:MOST_OF_AN_EMAIL].casefold())


MOST_OF_AN_EMAIL = 2_000  # composed at least 500, which is no address: they have 254 at most


class Person(SQLModel, table=True):
    """Someone who sits, edits or reads reports."""

    __tablename__ = "people"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=20, unique=True)
    name: str = Field(default="", max_length=80)
    email: str | None = Field(default=None, max_length=254, unique=True)
    password_hash: str | None = Field(default=None, max_length=200)
    role: str = Field(default=Role.GUEST, max_length=10)
    time_factor: Fraction = Field(default=Fraction(1), sa_type=Exact)
    created_at: datetime = Field(sa_type=UtcDateTime)
    disabled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    merged_into_id: int | None = Field(default=None, foreign_key="people.id")

    @property
    def is_guest(self) -> bool:
        return self.role == Role.GUEST

    @property
    def label(self) -> str:
        """What to call them on screen."""
        return self.name or self.email or "Guest"

    @property
    def shown_name(self) -> str:
        """The same where others may read it: never the e-mail, so an account without a name has none."""
        return self.name or ("Guest" if self.is_guest else "")

    @property
    def can_edit(self) -> bool:
        return self.role in {Role.EDITOR, Role.ADMIN}

    @property
    def can_report(self) -> bool:
        return self.role in {Role.STAFF, Role.ADMIN}


class LoginSession(SQLModel, table=True):
    """A browser that is somebody, until it is signed out or too old. The token itself is never stored."""

    __tablename__ = "login_sessions"
    __table_args__ = (Index("ix_login_sessions_expires_at", "expires_at"),)  # for the sweep

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OneTimeLink(SQLModel, table=True):
    """A link that sets a password once; only its hash is stored."""

    __tablename__ = "one_time_links"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Joined(StrEnum):
    """How somebody came into a cohort."""

    LIST = "list"
    CODE = "code"


class Cohort(SQLModel, table=True):
    """A name and its people. Who has the join code joins by themselves while it is open."""

    __tablename__ = "cohorts"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=20, unique=True)
    name: str = Field(max_length=80, unique=True)
    join_code: str = Field(max_length=20, unique=True)
    join_open: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CohortMember(SQLModel, table=True):
    """Somebody in a cohort; `roll` is the number they have there."""

    __tablename__ = "cohort_members"

    cohort_id: int = Field(foreign_key="cohorts.id", primary_key=True)
    person_id: int = Field(foreign_key="people.id", primary_key=True, index=True)
    roll: str = Field(default="", max_length=40)
    added: str = Field(default=Joined.LIST, max_length=8)
    joined_at: datetime = Field(sa_type=UtcDateTime)


class RateCount(SQLModel, table=True):
    """How often something happened in one window; shared by all workers."""

    __tablename__ = "rate_counts"
    __table_args__ = (Index("ix_rate_counts_expires_at", "expires_at"),)

    key: str = Field(max_length=200, primary_key=True)
    count: int = Field(default=0)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class AuditEntry(SQLModel, table=True):
    """One line of the append-only log; `digest` chains it to the line before."""

    __tablename__ = "audit_entries"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    actor_id: int | None = Field(default=None)  # no foreign key: the log outlives people
    verb: str = Field(max_length=40)
    subject: str = Field(default="", max_length=120)
    previous: str = Field(max_length=64)
    digest: str = Field(max_length=64, unique=True)
