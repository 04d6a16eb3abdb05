"""What happens around serving: migrate, load shipped content, sweep."""

import logging
from datetime import datetime
from pathlib import Path

from mockhall import migrations, paths
from mockhall.accounts import limits
from mockhall.attempts import actions as attempts
from mockhall.db import Database
from mockhall.formats.content import read_folder
from mockhall.formats.problems import Problem
from mockhall.papers.loading import Loaded, load_paper
from mockhall.settings import Settings

log = logging.getLogger("mockhall")


def prepare(settings: Settings, database: Database, now: datetime) -> None:
    """Migrate when the schema is behind, then load `content/` unless MOCKHALL_AUTOLOAD is 0."""
    if not migrations.is_current(database):
        migrations.upgrade(database)
    if settings.autoload:
        loaded, problems = load(database, paths.CONTENT, now)
        for problem in problems:
            log.warning("%s", problem)
        for each in loaded:
            if each.outcome != "unchanged":
                log.info("content %s: %s", each.slug, each.outcome)


def load(database: Database, folder: Path, now: datetime) -> tuple[list[Loaded], list[Problem]]:
    """Load every paper of a content folder that can be read; each is stored whole or not at all."""
    papers, problems = read_folder(folder)
    loaded = []
    for paper in papers:
        with database.writing() as db:
            loaded.append(load_paper(db, paper, now))
    return loaded, problems


def sweep(settings: Settings, database: Database, on_close: attempts.OnClose, now: datetime) -> int:
    """Hand in attempts whose time is over, and forget old counts; returns how many were closed."""
    closed = 0
    while True:
        with database.writing() as db:
            batch = attempts.sweep(db, now, settings.grace, on_close)
            limits.forget_old(db, now)
        closed += batch
        if batch == 0:
            return closed
