"""A verification that was withdrawn: an undo brings none back, and what was drawn under it stays."""

from mockhall.bank.models import Question
from mockhall.exam.draws import Draw
from tests.bank.desk_of import create, step, stored, tara, usha
from tests.bank.test_bulk import changed, undo
from tests.make import Site, make_paper, single


def drawing(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, sections={"One": [single(stem="Fixed")]}, draws={"One": [Draw(1, "Joins")]})


def test_an_undo_leaves_alone_what_somebody_withdrew_meanwhile(site: Site) -> None:
    browser, other = tara(site), usha(site)
    codes = [create(browser, stem=f"Question {n}?") for n in range(2)]
    for code in codes:
        step(browser, code, "review")
        assert step(other, code, "verify", evidence="Ran it.").status_code == 303
    changed(browser, "retired", codes)
    assert step(other, codes[0], "withdraw").status_code == 303
    assert undo(browser) == "Taken back for 1 question. 1 was changed since, so it stays."
    rows = [stored(site, code)[0] for code in codes]
    assert [(row.status, row.verified_version) for row in rows] == [("retired", None), ("verified", 1)]


def test_what_was_verified_once_is_not_deleted_while_a_test_draws(site: Site) -> None:
    browser = tara(site)
    drawing(site)
    code, untouched = create(browser, "verified", topic="Joins"), create(browser, topic="Joins", stem="Never?")
    assert step(browser, code, "withdraw", sure="1").status_code == 303
    said = changed(browser, "delete", [code, untouched])["said"]
    assert said == "1 question deleted. 1 question retired instead: a test has or had it."
    assert stored(site, code)[0].deleted_at is None


def test_what_was_loaded_from_files_counts_as_verified_once(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    drawing(sqlite_site)
    code = create(browser, topic="Joins")
    with sqlite_site.writing() as db:
        db.get_one(Question, stored(sqlite_site, code)[0].id).source = "joins/01"
    assert "retired instead" in changed(browser, "delete", [code])["said"]
