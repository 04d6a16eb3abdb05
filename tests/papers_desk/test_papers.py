"""The desk of papers: who reaches it, making a test, publishing it."""

from typing import Any

import pytest
from sqlmodel import select

from mockhall.accounts.models import AuditEntry, Role
from mockhall.papers.models import Paper, PaperStatus, PaperVersion
from mockhall.papers.queries import find
from tests.bank.desk_of import create, errors_in, ravi, sita, tara
from tests.make import Site, make_paper, make_person, queries, single


def rules(**changes: str) -> dict[str, str]:
    """The form of a new test."""
    return {
        "title": "FastAPI mock 2", "summary": "", "subject": "FastAPI", "difficulty": "Medium", "minutes": "40",
        "preset": "neet", "reveal": "mock", "attempts": "", "shuffle_options": "1",
    } | changes  # fmt: skip


def paper_of(site: Site, slug: str) -> tuple[Paper, PaperVersion]:
    """A paper with its newest version."""
    with site.reading() as db:
        shown = find(db, slug)
        assert shown is not None
        return shown.paper, shown.version


ADDRESSES = ["", "/new", "/mock-1", "/uses/{code}"]
POSTS = ["", "/mock-1", "/mock-1/questions", "/mock-1/questions/{code}", "/mock-1/sections", "/mock-1/sections/1",
         "/mock-1/newest", "/mock-1/status"]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_strangers_are_asked_to_sign_in_and_students_see_nothing(sqlite_site: Site, address: str) -> None:
    with sqlite_site.writing() as db:
        make_paper(db)
    address = "/desk/papers" + address.format(code=create(tara(sqlite_site)))
    assert sqlite_site.browser().get(address).status_code == 401
    reply = ravi(sqlite_site).get(address)
    assert reply.status_code == 404
    assert "Mock one" not in reply.text


@pytest.mark.parametrize("address", POSTS)
def test_nobody_but_editors_changes_a_test(sqlite_site: Site, address: str) -> None:
    with sqlite_site.writing() as db:
        make_paper(db)
    address = "/desk/papers" + address.format(code=create(tara(sqlite_site)))
    form = rules(then="withdraw", question="x", section="1")
    assert sqlite_site.browser().post(address, data=form).status_code == 401
    assert ravi(sqlite_site).post(address, data=form).status_code == 404
    assert sita(sqlite_site).post(address, data=form).status_code == 404
    paper, _ = paper_of(sqlite_site, "mock-1")
    assert (paper.version, paper.status) == (1, "published")


def test_staff_see_the_list_with_reports_and_no_questions(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        make_paper(db)
    browser = sita(sqlite_site)
    page = browser.get("/desk/papers").text
    assert 'href="/desk/papers/mock-1/report"' in page
    assert 'href="/desk/papers/mock-1"' not in page
    assert "New test" not in page
    assert browser.get("/desk/papers/mock-1").status_code == 404


def test_admins_see_reports_and_questions(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        make_paper(db)
        admin = make_person(db, "Anil", Role.ADMIN)
    page = sqlite_site.signed_in(admin).get("/desk/papers").text
    assert 'href="/desk/papers/mock-1/report"' in page
    assert 'href="/desk/papers/mock-1"' in page


def test_a_new_test_is_a_draft_with_a_section(site: Site) -> None:
    reply = tara(site).post("/desk/papers", data=rules())
    assert reply.headers["location"] == "/desk/papers/fastapi-mock-2"
    paper, version = paper_of(site, "fastapi-mock-2")
    assert (paper.status, paper.version, paper.edited_at_desk, paper.minutes) == ("draft", 1, True, 40)
    assert version.scheme["full"] == "4"
    assert version.scheme["wrong"] == "-1"
    assert ravi(site).get("/papers/fastapi-mock-2").status_code == 404


def test_titles_that_make_the_same_address_get_a_number(site: Site) -> None:
    browser = tara(site)
    places = [browser.post("/desk/papers", data=rules(title=title)).headers["location"]
              for title in ("Mock", "mock!", "MOCK", "New", "Uses", "<b>=1+1</b>", "मॉक टेस्ट")]  # fmt: skip
    assert len(set(places)) == 7
    assert "/desk/papers/new" not in places
    assert "/desk/papers/uses" not in places
    for place in places:
        page = browser.get(place)
        assert page.status_code == 200
        assert "<b>=1+1" not in page.text


@pytest.mark.parametrize(
    ("changes", "control"),
    [
        ({"title": " "}, "title"), ({"title": "x" * 161}, "title"), ({"title": "a\0b"}, "title"),
        ({"subject": ""}, "subject"), ({"difficulty": "Hard"}, "difficulty"), ({"minutes": "0"}, "minutes"),
        ({"minutes": "9999"}, "minutes"), ({"minutes": "4.5"}, "minutes"), ({"attempts": "-1"}, "attempts"),
        ({"preset": "", "full": "0"}, "full"), ({"preset": "", "full": "1", "wrong": "1"}, "wrong"),
        ({"reveal": "never"}, "reveal"), ({"summary": "x" * 1_001}, "summary"),
    ],
)  # fmt: skip
def test_rules_that_do_not_fit_are_said_beside_their_field(
    sqlite_site: Site, changes: dict[str, str], control: str
) -> None:
    browser = tara(sqlite_site)
    reply = browser.post("/desk/papers", data=rules(**changes))
    assert reply.status_code == 422
    assert control in errors_in(reply.text) or control in {"full", "wrong"}, errors_in(reply.text)
    assert changes != {"subject": ""} or errors_in(reply.text)["subject"] == "Write a subject."
    with sqlite_site.reading() as db:
        assert db.exec(select(Paper)).all() == []
        assert find(db, "fastapi-mock-2") is None


def test_editing_the_rules_makes_a_version_and_keeps_the_questions(site: Site) -> None:
    with site.writing() as db:
        make_paper(db)
    form = rules(title="Mock 1b", preset="", full="2", wrong="−1/3", partial="none", minutes="", version="1")
    assert tara(site).post("/desk/papers/mock-1", data=form).status_code == 303
    paper, version = paper_of(site, "mock-1")
    assert (paper.version, paper.title, paper.minutes, paper.question_count) == (2, "Mock 1b", None, 5)
    assert version.scheme["wrong"] == "-1/3"


def test_saving_the_rules_as_they_are_shown_changes_none(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        make_paper(db, scheme={"full": "3", "wrong": "-1", "floor": "0"}, reveal="contest", attempts_allowed=3)
    before = paper_of(sqlite_site, "mock-1")[1]
    form = rules(title="Mock one", preset="", full="3", wrong="−1", partial="none", minutes="30", reveal="contest",
                 attempts="3", version="1")  # fmt: skip
    page = tara(sqlite_site).get("/desk/papers/mock-1").text
    for name in ("full", "minutes", "attempts"):
        assert f'value="{form[name]}"' in page
    after = _sent(sqlite_site, form)
    assert after.scheme["floor"] == "0"
    assert after.reveal == before.reveal
    assert after.attempts_allowed == 3


def _sent(site: Site, form: dict[str, str]) -> PaperVersion:
    with site.writing() as db:
        person = make_person(db, "Uma", Role.EDITOR)
    assert site.signed_in(person).post("/desk/papers/mock-1", data=form).status_code == 303
    return paper_of(site, "mock-1")[1]


def test_publishing_wants_questions_all_of_them_verified(site: Site) -> None:
    browser = tara(site)
    browser.post("/desk/papers", data=rules())
    place = "/desk/papers/fastapi-mock-2"
    assert browser.post(f"{place}/status", data={"then": "publish"}).status_code == 422
    browser.post(f"{place}/questions", data={"question": create(browser), "section": "1"})
    reply = browser.post(f"{place}/status", data={"then": "publish"})
    assert reply.status_code == 422
    assert "Question 1 is not verified yet." in reply.text
    assert paper_of(site, "fastapi-mock-2")[0].status == "draft"


def test_publish_and_withdraw_are_logged(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, status=PaperStatus.DRAFT)
    browser = tara(site)
    assert browser.post("/desk/papers/mock-1/status", data={"then": "publish", "version": "1"}).status_code == 303
    assert paper_of(site, "mock-1")[0].status == "published"
    assert browser.post("/desk/papers/mock-1/status", data={"then": "withdraw", "version": "1"}).status_code == 303
    assert paper_of(site, "mock-1")[0].status == "withdrawn"
    with site.reading() as db:
        verbs = [line.verb for line in db.exec(select(AuditEntry)) if "mock-1" in line.subject]
    assert verbs == ["publish", "withdraw"]


@pytest.mark.parametrize("then", ["", "archive", "\0"])
def test_an_unknown_button_is_refused(sqlite_site: Site, then: str) -> None:
    with sqlite_site.writing() as db:
        make_paper(db)
    browser = tara(sqlite_site)
    assert browser.post("/desk/papers/mock-1/status", data={"then": then}).status_code == 422
    assert browser.post("/desk/papers/mock-1/questions/x", data={"then": then}).status_code == 422


def test_the_pages_take_the_same_few_queries_however_large_the_test(site: Site) -> None:
    browser = tara(site)
    with site.writing() as db:
        make_paper(db)
        make_paper(db, "large", {f"Part {n}": [single()] * 10 for n in range(4)})
    found: list[Any] = []
    for address in ("/desk/papers", "/desk/papers/mock-1", "/desk/papers/large"):
        with queries(site) as sent:
            assert browser.get(address).status_code == 200
        found.append(len(sent))
    assert found[0] <= 2
    assert found[1] == found[2] <= 11
