"""A whole test at the desk: copied, archived and brought back, deleted, or why not."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, func, select

from mockhall.accounts.models import AuditEntry, Role
from mockhall.exam.draws import Draw
from mockhall.papers.models import Paper, PaperCohort, PaperDraw, PaperQuestion, PaperSection, PaperStatus, PaperVersion
from mockhall.papers.queries import find
from mockhall.papers.versions import plan_of, rules_of
from tests.accounts.cohorts_of import cohort_of
from tests.attempts.room_of import sit
from tests.bank.desk_of import tara
from tests.make import START, Site, make_paper, make_person, single
from tests.papers_desk.test_papers import paper_of

PAPER = "/desk/papers/mock-1"
TABLES = (Paper, PaperVersion, PaperSection, PaperQuestion, PaperDraw, PaperCohort)


def made(site: Site, **given: Any) -> Any:
    with site.writing() as db:
        make_paper(db, **given)
    return tara(site)


def test_a_copy_is_a_draft_with_the_same_questions_and_rules_but_no_schedule_and_code(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, "bank", {"A": [single(difficulty="Advanced")]})
        cohort = cohort_of(db)
    given: dict[str, Any] = {
        "access": "cohort", "cohorts": [cohort.id], "access_code": "lamp", "attempts_allowed": 2, "opens_at": START,
        "closes_at": START + timedelta(days=1), "reveal": "contest",
    }  # fmt: skip
    browser = made(site, draws={"First": [Draw(1, difficulty="Advanced")]}, **given)
    reply = browser.post(f"{PAPER}/copy")
    assert reply.headers["location"] == "/desk/papers/copy-of-mock-one"
    with site.reading() as db:
        before, copy = find(db, "mock-1"), find(db, "copy-of-mock-one")
        assert before
        assert copy
        assert (copy.paper.title, copy.paper.status, copy.paper.version) == ("Copy of Mock one", "draft", 1)
        assert plan_of(db, copy.version) == plan_of(db, before.version)
        without = {"opens_at": None, "closes_at": None, "access_code": ""}
        assert rules_of(copy.version) == rules_of(before.version) | without
        query = select(PaperCohort.cohort_id).where(PaperCohort.paper_version_id == copy.version.id)
        assert db.exec(query).all() == [cohort.id]
    assert "Say when it closes" in browser.get("/desk/papers/copy-of-mock-one").text
    assert browser.post(f"{PAPER}/copy").headers["location"] == "/desk/papers/copy-of-mock-one-2"


def test_the_copy_of_a_long_title_fits(sqlite_site: Site) -> None:
    browser = made(sqlite_site, title="=1+1 <b>" + "x" * 150)
    page = browser.get(browser.post(f"{PAPER}/copy").headers["location"])
    assert page.status_code == 200
    assert "<b>x" not in page.text


def test_the_archive_takes_a_test_off_all_lists_and_its_attempts_stay(site: Site) -> None:
    browser = made(site)
    sitting = sit(site)
    reply = browser.post(f"{PAPER}/archive", data={"then": "archive"})
    assert reply.headers["location"] == "/desk/papers?archived=mock-1"
    said = browser.get(reply.headers["location"]).text
    assert f'action="{PAPER}/archive"' in said
    assert f'href="{PAPER}"' not in browser.get("/desk/papers").text
    assert f'href="{PAPER}"' in browser.get("/desk/papers?show=archived").text
    assert "/papers/mock-1" not in site.browser().get("/papers").text
    assert site.browser().get("/papers/mock-1").status_code == 404
    assert sitting.submit().status_code == 200
    assert sitting.browser.get(f"/attempts/{sitting.code}/result").status_code == 200
    assert browser.post(f"{PAPER}/status", data={"then": "publish"}).status_code == 409
    assert paper_of(site, "mock-1")[0].status == "archived"


@pytest.mark.parametrize(("was_sat", "status"), [(True, "withdrawn"), (False, "draft")])
def test_what_is_brought_back_is_published_again_by_hand(site: Site, was_sat: bool, status: str) -> None:
    browser = made(site)
    if was_sat:
        sit(site)
    browser.post(f"{PAPER}/archive", data={"then": "archive"})
    assert browser.post(f"{PAPER}/archive", data={"then": "bring_back"}).status_code == 303
    assert paper_of(site, "mock-1")[0].status == status
    assert browser.post(f"{PAPER}/archive", data={"then": "bring_back"}).status_code == 409
    assert browser.post(f"{PAPER}/status", data={"then": "publish"}).status_code == 303
    with site.reading() as db:
        lines = db.exec(select(AuditEntry).order_by(col(AuditEntry.id)))
        verbs = [line.verb for line in lines if "mock-1" in line.subject]
    assert verbs == ["archive", "unarchive", "publish"]


def test_a_test_that_nobody_has_sat_is_deleted_with_all_its_versions(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, "other", draws={"First": [Draw(1)]}, access="cohort", cohorts=[cohort_of(db).id])
    before = rows(site)
    browser = made(site, status=PaperStatus.DRAFT, draws={"First": [Draw(1)]})
    browser.post(f"{PAPER}/sections/1", data={"then": "rename", "title": "X"})
    asked = browser.post(f"{PAPER}/delete", data={"version": "2"})
    assert asked.status_code == 409
    assert "Delete “Mock one” for good? It can’t be brought back." in asked.text
    assert browser.get(PAPER).status_code == 200, "nothing is gone before that was answered"
    reply = browser.post(f"{PAPER}/delete", data={"version": "2", "sure": "1"})
    assert reply.headers["location"] == "/desk/papers"
    assert "“Mock one” is deleted." in browser.get("/desk/papers").text
    assert browser.get(PAPER).status_code == 404
    assert rows(site) == before


def rows(site: Site) -> list[int]:
    with site.reading() as db:
        return [db.exec(select(func.count()).select_from(table)).one() for table in TABLES]


def test_a_test_with_attempts_is_not_deleted_and_the_archive_is_offered(site: Site) -> None:
    browser = made(site)
    sit(site)
    for then, said in (("", "Withdraw it first"), ("withdraw", "Archive it instead")):
        if then:
            browser.post(f"{PAPER}/status", data={"then": then})
        reply = browser.post(f"{PAPER}/delete", data={"version": "1"})
        assert reply.status_code == 409
        assert said in reply.text
    assert paper_of(site, "mock-1")[0].version == 1


def test_a_test_from_files_or_one_that_was_changed_meanwhile_is_not_deleted(sqlite_site: Site) -> None:
    browser = made(sqlite_site, status=PaperStatus.DRAFT)
    assert "Someone changed this test" in browser.post(f"{PAPER}/delete", data={"version": "7"}).text
    with sqlite_site.writing() as db:
        db.exec(select(Paper)).one().content_hash = "0" * 64
    assert "files of content/" in browser.post(f"{PAPER}/delete", data={"version": "1"}).text


def test_what_was_counted_of_a_test_nobody_sat_does_not_keep_it(site: Site) -> None:
    browser = made(site)
    with site.writing() as db:
        staff = make_person(db, "Sita", Role.STAFF)
    site.signed_in(staff).post(f"{PAPER}/report/items")
    site.signed_in(staff).post(f"{PAPER}/regrade", data={"reason": "To see"})
    browser.post(f"{PAPER}/status", data={"then": "withdraw"})
    assert browser.post(f"{PAPER}/delete", data={"version": "1", "sure": "1"}).status_code == 303
