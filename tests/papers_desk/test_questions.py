"""Questions in a test: put in, moved, renewed, taken out. What runs keeps what it began with."""

import re

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, select

from mockhall.bank.models import Question, QuestionVersion
from mockhall.papers.models import PaperStatus, PaperVersion
from mockhall.papers.queries import find, layout
from tests.attempts.room_of import sit
from tests.bank.desk_of import HTMX, create, form_of, step, tara, verify
from tests.make import Site, make_paper, queries, single


def board(site: Site, slug: str = "mock-1") -> list[list[str]]:
    """The stems of a paper's newest version, by section."""
    with site.reading() as db:
        shown = find(db, slug)
        assert shown is not None
        placed = layout(db, shown.version)
        return [[each.question.stem for each in placed.in_section(s.position)] for s in placed.sections]


def version(site: Site, slug: str = "mock-1") -> int:
    with site.reading() as db:
        shown = find(db, slug)
        assert shown is not None
        return shown.paper.version


def lettered(site: Site, **rules: object) -> dict[str, str]:
    """A paper `mock-1` with A, B in the first section and C in the second; the codes by stem."""
    with site.writing() as db:
        make_paper(db, sections={"One": [single(stem="A"), single(stem="B")], "Two": [single(stem="C")]}, **rules)  # type: ignore[arg-type]
        rows = db.exec(select(QuestionVersion.stem, Question.code).join(Question))
        return dict(rows.all())


def press(browser: TestClient, code: str, then: str, **fields: str) -> int:
    """A button beside a question; returns the status."""
    reply = browser.post(f"/desk/papers/mock-1/questions/{code}", data={"then": then} | fields)
    return int(reply.status_code)


def test_a_question_written_at_the_desk_can_be_put_in_and_taken(site: Site) -> None:
    browser = tara(site)
    browser.post("/desk/papers", data={"title": "Fresh", "subject": "Python", "difficulty": "Easy", "minutes": "10",
                                       "preset": "neet", "reveal": "mock"})  # fmt: skip
    code = create(browser, status="verified")
    reply = browser.post("/desk/papers/fresh/questions", data={"question": code, "section": "1", "version": "1"})
    assert reply.headers["location"] == f"/desk/papers/fresh?changed=2#q-{code}"
    assert browser.post("/desk/papers/fresh/status", data={"then": "publish", "version": "2"}).status_code == 303
    asha = sit(site, slug="fresh")
    question = asha.question(1)
    assert "<code>len([])</code>" in question["stem_html"]
    right = next(option["id"] for option in question["options"] if "0" in option["html"])
    assert asha.save(1, choice=right, seq="1").status_code == 200
    assert asha.submit().status_code in {200, 201, 303}
    result = asha.browser.get(f"/attempts/{asha.code}/result", headers={"Accept": "application/json"}).json()
    assert result["score"] == "4"


def test_a_running_attempt_keeps_its_version(site: Site) -> None:
    codes = lettered(site)
    asha, browser = sit(site), tara(site)
    before = asha.state()["sections"]
    browser.post("/desk/papers/mock-1/questions", data={"question": create(browser, status="verified"), "section": "2"})
    press(browser, codes["A"], "down")
    press(browser, codes["B"], "remove")
    browser.post(f"/desk/questions/{codes['A']}", data=form_of(browser, codes["A"]) | {"stem": "A changed"})
    verify(browser, codes["A"])
    press(browser, codes["A"], "newest")
    assert asha.state()["sections"] == before
    assert board(site) == [["A changed"], ["C", "What does `len([])` return?"]]
    ben = sit(site)
    assert len(ben.state()["sections"][1]["questions"]) == 2


def test_a_question_already_in_the_test_is_refused_kindly(site: Site) -> None:
    codes = lettered(site)
    reply = tara(site).post("/desk/papers/mock-1/questions", data={"question": codes["C"], "section": "1"})
    assert reply.status_code == 409
    assert "already in the test, in “Two”" in reply.text
    assert version(site) == 1


def test_an_older_version_of_it_counts_as_already_there(site: Site) -> None:
    codes = lettered(site)
    browser = tara(site)
    browser.post(f"/desk/questions/{codes['A']}", data=form_of(browser, codes["A"]) | {"stem": "A2"})
    reply = browser.post("/desk/papers/mock-1/questions", data={"question": codes["A"], "section": "2"})
    assert reply.status_code == 409


@pytest.mark.parametrize("fields", [{"section": "9"}, {"section": "0"}, {"section": "x"}, {"section": ""}])
def test_a_section_that_is_not_there_is_refused(sqlite_site: Site, fields: dict[str, str]) -> None:
    lettered(sqlite_site)
    browser = tara(sqlite_site)
    code = create(browser, status="verified")
    assert browser.post("/desk/papers/mock-1/questions", data={"question": code} | fields).status_code == 409
    assert version(sqlite_site) == 1


@pytest.mark.parametrize("code", ["nothinghere1", "", "a\0b", "<script>"])
def test_a_code_nobody_has_is_refused(site: Site, code: str) -> None:
    lettered(site)
    reply = tara(site).post("/desk/papers/mock-1/questions", data={"question": code, "section": "1"})
    assert reply.status_code == 409
    assert "no question with this code" in reply.text


def test_a_published_test_takes_verified_questions_only(site: Site) -> None:
    codes = lettered(site)
    browser = tara(site)
    reply = browser.post("/desk/papers/mock-1/questions", data={"question": create(browser), "section": "1"})
    assert reply.status_code == 409
    assert "verified" in reply.text
    browser.post(f"/desk/questions/{codes['A']}", data=form_of(browser, codes["A"]) | {"stem": "A2"})
    assert press(browser, codes["A"], "newest") == 303
    assert version(site) == 1, "it has the newest verified one already"
    step(browser, codes["A"], "withdraw", sure="1")
    assert press(browser, codes["A"], "newest") == 409


def test_a_draft_takes_unverified_questions(sqlite_site: Site) -> None:
    lettered(sqlite_site, status=PaperStatus.DRAFT)
    browser = tara(sqlite_site)
    reply = browser.post("/desk/papers/mock-1/questions", data={"question": create(browser), "section": "1"})
    assert reply.status_code == 303


def test_questions_move_within_and_between_sections(site: Site) -> None:
    codes = lettered(site, status=PaperStatus.DRAFT)
    browser = tara(site)
    for stem, then, expected in [
        ("B", "up", [["B", "A"], ["C"]]), ("A", "down", [["B"], ["A", "C"]]), ("A", "down", [["B"], ["C", "A"]]),
        ("C", "up", [["B", "C"], ["A"]]), ("A", "up", [["B", "C", "A"], []]), ("A", "down", [["B", "C"], ["A"]]),
    ]:  # fmt: skip
        assert press(browser, codes[stem], then) == 303
        assert board(site) == expected


def test_moving_past_an_end_makes_no_version(sqlite_site: Site) -> None:
    codes = lettered(sqlite_site)
    browser = tara(sqlite_site)
    assert press(browser, codes["A"], "up") == press(browser, codes["C"], "down") == 303
    assert version(sqlite_site) == 1


def test_a_published_test_is_never_left_with_an_empty_section(site: Site) -> None:
    codes = lettered(site)
    browser = tara(site)
    assert press(browser, codes["C"], "remove") == 409
    assert press(browser, codes["C"], "up") == 409
    assert browser.post("/desk/papers/mock-1/sections", data={"title": "Three"}).status_code == 409
    assert board(site) == [["A", "B"], ["C"]]
    assert version(site) == 1


def test_the_page_says_which_questions_have_newer_versions(site: Site) -> None:
    codes = lettered(site)
    browser = tara(site)
    for stem in "AC":
        browser.post(f"/desk/questions/{codes[stem]}", data=form_of(browser, codes[stem]) | {"stem": f"{stem}2"})
    assert "newest is" not in browser.get("/desk/papers/mock-1").text, "nobody has verified those"
    for stem in "AC":
        verify(browser, codes[stem])
    page = browser.get("/desk/papers/mock-1").text
    assert page.count("Uses version 1, newest is 2") == 2
    assert board(site) == [["A", "B"], ["C"]]
    assert browser.post("/desk/papers/mock-1/newest", data={"version": "1"}).status_code == 303
    assert board(site) == [["A2", "B"], ["C2"]]
    assert version(site) == 2


def test_a_change_decided_on_an_older_version_is_refused(site: Site) -> None:
    codes = lettered(site)
    browser = tara(site)
    assert press(browser, codes["A"], "down", version="1") == 303
    reply = browser.post(f"/desk/papers/mock-1/questions/{codes['B']}", data={"then": "remove", "version": "1"})
    assert reply.status_code == 409
    assert "Someone changed this test" in reply.text
    assert 'name="version" value="2"' in reply.text, "the page shows today's version"
    for path, form in {
        "/questions": {"question": codes["A"], "section": "1"}, "/sections": {"title": "X"}, "/newest": {},
        "/sections/1": {"then": "rename", "title": "X"}, "/status": {"then": "withdraw"},
    }.items():  # fmt: skip
        assert browser.post(f"/desk/papers/mock-1{path}", data={"version": "1"} | form).status_code == 409, path
    assert board(site) == [["B", "A"], ["C"]]


def test_sections_are_added_renamed_and_removed_when_empty(site: Site) -> None:
    lettered(site, status=PaperStatus.DRAFT)
    browser = tara(site)
    place = "/desk/papers/mock-1/sections"
    assert browser.post(place, data={"title": "<b>Three</b>"}).status_code == 303
    page = browser.get("/desk/papers/mock-1").text
    assert "&lt;b&gt;Three" in page
    assert "<b>Three" not in page
    assert browser.post(f"{place}/3", data={"then": "rename", "title": "Last"}).status_code == 303
    assert "3. Last" in browser.get("/desk/papers/mock-1").text
    assert browser.post(f"{place}/1", data={"then": "remove"}).status_code == 409, "it has questions"
    assert browser.post(f"{place}/3", data={"then": "remove"}).status_code == 303
    assert browser.post(f"{place}/3", data={"then": "remove"}).status_code == 409
    assert browser.post(place, data={"title": " "}).status_code == 409
    assert len(board(site)) == 2


def test_the_question_page_says_where_it_is_used_and_offers_the_others(site: Site) -> None:
    codes = lettered(site)
    with site.writing() as db:
        make_paper(db, "other", title="Other <test>")
    browser = tara(site)
    assert f'hx-get="/desk/papers/uses/{codes["A"]}"' in browser.get(f"/desk/questions/{codes['A']}").text
    with queries(site) as sent:
        reply = browser.get(f"/desk/papers/uses/{codes['A']}", headers=HTMX)
    assert len(sent) <= 6
    assert reply.text.lstrip().startswith('<div class="stack" id="uses">')
    assert f'href="/desk/papers/mock-1#q-{codes["A"]}"' in reply.text
    assert 'action="/desk/papers/other/questions"' in reply.text
    assert "<test>" not in reply.text
    assert "<html" in browser.get(f"/desk/papers/uses/{codes['A']}?paper=other").text


def test_htmx_gets_the_board_alone_with_what_was_said(sqlite_site: Site) -> None:
    codes = lettered(sqlite_site)
    browser = tara(sqlite_site)
    browser.post(f"/desk/papers/mock-1/questions/{codes['A']}", data={"then": "down"}, headers=HTMX)
    reply = browser.get("/desk/papers/mock-1", headers=HTMX)
    assert reply.text.lstrip().startswith('<div class="stack g5" id="board">')
    assert re.search(r'role="status">.*now 2 of', reply.text)


def test_every_version_of_a_paper_stays_as_it_was(site: Site) -> None:
    codes = lettered(site)
    browser = tara(site)
    press(browser, codes["A"], "down")
    press(browser, codes["B"], "down")
    with site.reading() as db:
        shown = find(db, "mock-1")
        assert shown is not None
        assert shown.paper.edited_at_desk, "files loaded later don't undo it"
        query = select(PaperVersion).where(PaperVersion.paper_id == shown.paper.id).order_by(col(PaperVersion.number))
        stems = [[each.question.stem for each in layout(db, one).placed] for one in db.exec(query)]
    assert stems == [["A", "B", "C"], ["B", "A", "C"], ["A", "B", "C"]]
