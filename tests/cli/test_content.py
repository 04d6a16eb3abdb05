"""`mockhall load` and `mockhall check`: content files, and what is said of those that can't be used."""

import logging
import re
import shutil
from pathlib import Path

import pytest
from sqlmodel import select

from mockhall import paths, startup
from mockhall.db import Database
from mockhall.papers.models import Paper
from mockhall.settings import Settings
from tests.cli.command import Run
from tests.make import START


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
