"""Sections at the desk: their rules and own marks, draws from the bank, what can't be done and why."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from mockhall.exam.draws import Draw
from mockhall.formats.values import SectionRules
from mockhall.papers.models import PaperStatus
from mockhall.papers.queries import find
from mockhall.papers.versions import SectionPlan, plan_of
from tests.bank.desk_of import HTMX, create, errors_in, step, tara
from tests.fields import sent_by
from tests.make import Site, make_paper

RULES: dict[str, Any] = {
    "title": "First", "covers": "Everything", "one_way": "1", "minutes_min": "5", "minutes_max": "20",
    "question_seconds": "90", "choose": "best", "choose_k": "3", "marking": "own", "full": "4", "wrong": "−1/3",
    "partial": "ratio", "then": "save",
}  # fmt: skip


def plan(site: Site) -> list[SectionPlan]:
    with site.reading() as db:
        shown = find(db, "mock-1")
        assert shown is not None
        return plan_of(db, shown.version)


def send(browser: TestClient, position: int = 1, **fields: Any) -> Any:
    return browser.post(f"/desk/papers/mock-1/sections/{position}", data=fields)


def made(site: Site, **rules: Any) -> TestClient:
    with site.writing() as db:
        make_paper(db, **rules)
    return tara(site)


def section_form(page: str, button: str = "save-section-1") -> dict[str, list[str]]:
    """The form on a page that holds this button."""
    form = next(part for part in page.split("<form")[1:] if f'id="{button}"' in part.partition("</form>")[0])
    return sent_by(form.partition("</form>")[0])


def test_a_section_takes_every_rule(site: Site) -> None:
    browser = made(site)
    assert send(browser, **RULES).status_code == 303
    first, second = plan(site)
    assert first.rules == SectionRules(True, 5, 20, 90, "best", 3)
    assert first.scheme == {"full": "4", "wrong": "-1/3", "partial": "ratio"}
    assert (first.title, first.covers, len(first.question_versions)) == ("First", "Everything", 4)
    assert (second.rules, second.scheme) == (SectionRules(), None)


def test_opening_and_saving_a_section_changes_nothing(site: Site) -> None:
    browser = made(site)
    send(browser, **RULES)
    before = plan(site)
    form = section_form(browser.get("/desk/papers/mock-1").text)
    assert browser.post("/desk/papers/mock-1/sections/1", data=form | {"then": "save"}).status_code == 303
    assert plan(site) == before


def test_a_preset_and_the_test_s_marks_can_be_chosen_for_a_section(sqlite_site: Site) -> None:
    browser = made(sqlite_site)
    send(browser, title="First", marking="jee-advanced", then="save")
    assert (plan(sqlite_site)[0].scheme or {})["partial"] == "subset_table"
    form = section_form(browser.get("/desk/papers/mock-1").text)
    assert form["marking"] == ["jee-advanced"]
    send(browser, title="First", marking="", then="save")
    assert plan(sqlite_site)[0].scheme is None
    send(browser, title="First", marking="", full="3", then="save")
    assert plan(sqlite_site)[0].scheme == {"full": "3"}, "marks that were changed hold"
    send(browser, title="First", marking="", full="", wrong="0", then="save")
    assert plan(sqlite_site)[0].scheme == {"wrong": "0"}, "none taken is a mark too"
    send(browser, title="First", marking="jee-main", full="7", wrong="−2", then="save")
    assert plan(sqlite_site)[0].scheme == {"full": "7", "wrong": "-2"}


@pytest.mark.parametrize(
    ("changes", "control"),
    [
        ({"title": ""}, "title"), ({"title": "a\0"}, "title"), ({"covers": "x" * 401}, "covers"),
        ({"minutes_min": "21"}, "minutes_min"), ({"minutes_min": "-1"}, "minutes_min"),
        ({"minutes_max": "99999999"}, "minutes_max"), ({"question_seconds": "1.5"}, "question_seconds"),
        ({"choose": "worst"}, "choose"), ({"choose_k": "5"}, "choose_k"), ({"choose_k": ""}, "choose_k"),
        ({"marking": "riddle"}, "marking"), ({"full": "0"}, "full"), ({"full": "", "wrong": "", "partial": ""}, "full"),
        ({"wrong": "1"}, "wrong"), ({"partial": "some"}, "partial"), ({"full": "1e300"}, "full"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_beside_its_field_and_the_form_stays_as_typed(
    sqlite_site: Site, changes: dict[str, str], control: str
) -> None:
    browser = made(sqlite_site)
    for headers in ({}, HTMX):
        sent = RULES | changes
        reply = browser.post("/desk/papers/mock-1/sections/1", data=sent, headers=headers)
        assert reply.status_code == 422
        assert set(errors_in(reply.text)) == {f"{control}-1"}
        form = section_form(reply.text)
        assert {name: form[name] for name in sent if name in form and name not in changes} == {
            name: [text] for name, text in sent.items() if name in form and name not in changes
        }
    assert plan(sqlite_site)[0].rules == SectionRules()


def test_a_draw_is_stored_shown_with_its_supply_and_taken_out(site: Site) -> None:
    browser = made(site)
    create(browser, status="verified", topic="Joins", tags="hard one", difficulty="Medium")
    create(browser, status="draft", topic="Joins", tags="hard one", difficulty="Medium", stem="Draft?")
    draw = {"draw_count": "1", "draw_topic": "joins", "draw_difficulty": "Medium", "draw_tag": "Hard One"}
    assert send(browser, 2, **draw, then="add_draw").status_code == 303
    assert plan(site)[1].draws == [Draw(1, "joins", "Medium", "Hard One")]
    page = browser.get("/desk/papers/mock-1").text
    assert "1 Medium question of “joins” tagged “Hard One”" in page
    assert "1 in the bank" in page
    assert send(browser, 2, then="remove_draw:1").status_code == 303
    assert plan(site)[1].draws == []


@pytest.mark.parametrize(
    ("changes", "control", "words"),
    [
        ({"draw_count": ""}, "draw_count", "from 1 to"),
        ({"draw_count": "1001"}, "draw_count", "from 1 to"),
        ({"draw_topic": "x" * 121}, "draw_topic", "120"),
        ({"draw_tag": "a\0b"}, "draw_tag", "60"),
        ({"draw_difficulty": "Hard"}, "draw_difficulty", "one of"),
        ({"draw_topic": "Nowhere"}, "draw_topic", "There is no topic “Nowhere”"),
        ({"draw_topic": "=1+1"}, "draw_topic", "There is no topic “=1+1”"),
        ({"draw_count": "3"}, "draw_count", "The bank has 1 to draw from"),
    ],
)
def test_a_draw_the_bank_cannot_fill_is_refused_with_the_reason(
    sqlite_site: Site, changes: dict[str, str], control: str, words: str
) -> None:
    browser = made(sqlite_site)
    create(browser, status="verified", topic="Joins")
    sent = {"draw_count": "1", "draw_topic": "Joins", "then": "add_draw"} | changes
    reply = send(browser, 2, **sent)
    assert reply.status_code == 422
    assert words in errors_in(reply.text)[f"{control}-2"]
    form = section_form(reply.text, "add-draw-2")
    assert all(form[name] == [text] for name, text in sent.items() if name in form and text not in {"a\0b", "Hard"})
    assert plan(sqlite_site)[1].draws == []


def test_two_draws_that_want_the_same_question_are_refused(sqlite_site: Site) -> None:
    browser = made(sqlite_site)
    create(browser, status="verified", topic="Joins")
    assert send(browser, 1, draw_count="1", draw_topic="Joins", then="add_draw").status_code == 303
    reply = send(browser, 2, draw_count="1", draw_topic="Joins", then="add_draw")
    assert "other draws of this test need some of them" in errors_in(reply.text)["draw_count-2"]


def test_a_draw_says_which_of_its_questions_stand_in_the_test_already(sqlite_site: Site) -> None:
    browser = made(sqlite_site, status=PaperStatus.DRAFT)
    for _ in range(2):
        code = create(browser, status="verified", topic="Joins")
        browser.post("/desk/papers/mock-1/questions", data={"question": code, "section": "1"})
    reply = send(browser, 2, draw_count="1", draw_topic="Joins", then="add_draw")
    assert errors_in(reply.text)["draw_count-2"].endswith("The bank has 2, all in this test already.")
    create(browser, status="verified", topic="Joins")
    reply = send(browser, 2, draw_count="2", draw_topic="Joins", then="add_draw")
    assert errors_in(reply.text)["draw_count-2"].endswith("The bank has 3, of which 2 are in this test already.")


def test_a_draw_that_dried_up_is_in_the_way_of_publishing(sqlite_site: Site) -> None:
    browser = made(sqlite_site, status=PaperStatus.DRAFT)
    code = create(browser, status="verified", topic="Joins")
    send(browser, 1, draw_count="1", draw_topic="Joins", then="add_draw")
    step(browser, code, "retire")
    reply = browser.post("/desk/papers/mock-1/status", data={"then": "publish"})
    assert reply.status_code == 422
    assert "Joins has no questions and the draw asks for 1." in reply.text


def test_a_published_test_keeps_as_many_questions_as_count(sqlite_site: Site) -> None:
    browser = made(sqlite_site)
    send(browser, title="Second", choose="first", choose_k="1", then="save")
    send(browser, title="First", choose="best", choose_k="4", then="save")
    code = browser.get("/desk/papers/mock-1").text.split('id="q-')[1][:12]
    reply = browser.post(f"/desk/papers/mock-1/questions/{code}", data={"then": "remove"})
    assert reply.status_code == 409
    assert "asks for 4 questions and would have 3" in reply.text


@pytest.mark.parametrize("then", ["", "explode", "add_draw:1:2\0", "remove_draw:9", "remove_draw:x", "remove_draw"])
def test_buttons_nobody_has_change_nothing(sqlite_site: Site, then: str) -> None:
    browser = made(sqlite_site)
    assert send(browser, then=then).status_code in {409, 422}
    assert send(browser, 9, **RULES).status_code == 409
    assert len(plan(sqlite_site)) == 2


def test_a_change_decided_on_an_older_version_is_refused_and_stays_typed(sqlite_site: Site) -> None:
    browser = made(sqlite_site)
    send(browser, title="Other", version="1", then="save")
    reply = send(browser, **RULES, version="1")
    assert reply.status_code == 409
    assert section_form(reply.text)["covers"] == ["Everything"]
    assert plan(sqlite_site)[0].title == "Other"
