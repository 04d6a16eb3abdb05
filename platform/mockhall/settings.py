"""Every setting of Mockhall, read once from MOCKHALL_* variables."""

from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(Exception):
    """A setting that can't be used; the text says which and what is allowed."""


class Settings(BaseSettings):
    """The settings in force; docs/settings.md lists each with its meaning."""

    model_config = SettingsConfigDict(env_prefix="MOCKHALL_", extra="ignore", frozen=True)

    database_url: str = ""
    data_dir: Path = Path("data")
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    base_url: str = ""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    workers: int = Field(1, ge=1, le=64)
    grace_seconds: int = Field(5, ge=0, le=120)
    timezone: str = "UTC"
    site_name: str = Field("Mockhall", min_length=1, max_length=80)
    language: Literal["en"] = "en"
    autoload: bool = True
    sweep_seconds: int = Field(30, ge=1, le=60)
    pool_size: int = Field(10, ge=1, le=100)
    guest_starts_per_address: int = Field(2000, ge=1)
    sign_ins_per_address: int = Field(1000, ge=1)
    failures_per_account: int = Field(10, ge=1)

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ValueError, OSError, KeyError) as error:
            raise ValueError("is not a time zone; write it like Asia/Kolkata") from error
        return value

    @field_validator("base_url")
    @classmethod
    def _base_is_an_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.path not in {"", "/"}):
            raise ValueError("must be an address like https://mock.example.edu, without a path")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database_is_known(cls, value: str) -> str:
        known = ("sqlite:///", "postgresql://", "postgresql+psycopg://")
        if value and not value.startswith(known):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return value.replace("postgresql+psycopg://", "postgresql://", 1)

    @model_validator(mode="after")
    def _sqlite_has_one_writer(self) -> "Settings":
        if self.workers > 1 and self.is_sqlite:
            raise ValueError("MOCKHALL_WORKERS above 1 needs PostgreSQL: SQLite has one writer")
        return self

    @cached_property
    def url(self) -> str:
        """The database's address; without one, a file in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'mockhall.db'}"

    @property
    def is_sqlite(self) -> bool:
        return not self.database_url or self.database_url.startswith("sqlite:")

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def grace(self) -> timedelta:
        """How long after the deadline a save that was under way still counts."""
        return timedelta(seconds=self.grace_seconds)


def read_settings() -> Settings:
    """The settings of this process, or SettingsError in one line."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "".join(f"MOCKHALL_{str(part).upper()} " for part in first["loc"])
        text = str(first["msg"]).removeprefix("Value error, ")
        raise SettingsError(f"{name}{text}") from error
