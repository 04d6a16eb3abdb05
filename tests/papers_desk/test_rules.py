"""Every rule of a test set at the desk: stored, shown again as it is, carried into the next version."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import SQLModel

from mockhall.exam.scheme import Scheme
from mockhall.papers.models import PaperSection, PaperVersion
from mockhall.papers.versions import RULES, SectionPlan, rules_of
from tests.bank.desk_of import HTMX, errors_in, tara
from tests.fields import sent_by
from tests.make import Site, make_paper
from tests.papers_desk.test_papers import paper_of, rules

ALL: dict[str, str] = {
    "save_policy": "strict_cbt", "time_up": "window", "window_minutes": "10", "hard_close": "1", "certainty": "1",
    "calculator": "1", "practice": "1", "shuffle_sections": "1", "shuffle_questions": "1", "hindi": "1",
    "ask_name": "required", "ask_roll": "optional", "access_code": "Hall 7", "wait_minutes": "90",
    "opens": "2027-01-31T09:00", "closes": "2027-01-31T12:30", "attempts": "2",
}  # fmt: skip
WANTED: dict[str, Any] = {
    "save_policy": "strict_cbt", "time_up": "window", "window_minutes": 10, "hard_close": True, "certainty": True,
    "calculator": True, "practice": True, "shuffle_sections": True, "shuffle_questions": True,
    "languages": ["en", "hi"], "ask_name": "required", "ask_roll": "optional", "access_code": "Hall 7",
    "wait_minutes": 90, "opens_at": datetime(2027, 1, 31, 9, tzinfo=UTC), "attempts_allowed": 2,
    "closes_at": datetime(2027, 1, 31, 12, 30, tzinfo=UTC),
}  # fmt: skip


def form_on(page: str) -> dict[str, Any]:
    """The form of the rules as its page holds it."""
    return sent_by(page.split('<details class="card" id="rules"')[1].partition("</form>")[0])


def test_a_new_test_takes_every_rule(site: Site) -> None:
    assert tara(site).post("/desk/papers", data=rules(**ALL)).status_code == 303
    _, version = paper_of(site, "fastapi-mock-2")
    assert {name: getattr(version, name) for name in WANTED} == WANTED


def test_opening_and_saving_the_rules_changes_none(site: Site) -> None:
    with site.writing() as db:
        scheme = {"full": "3", "wrong": "-1", "partial": "none", "floor": "0"}
        odd: dict[str, Any] = {"scheme": scheme, "reveal": "contest"}
        opens, closes = datetime(2027, 1, 31, 9, 0, 30, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)
        times: dict[str, Any] = {"opens_at": opens, "closes_at": closes}
        usual = {name: value for name, value in WANTED.items() if name not in times}
        make_paper(db, **usual, **odd, **times)
    before = rules_of(paper_of(site, "mock-1")[1])
    browser = tara(site)
    form = form_on(browser.get("/desk/papers/mock-1").text)
    assert browser.post("/desk/papers/mock-1", data=form).status_code == 303
    assert paper_of(site, "mock-1")[0].version == 2
    assert rules_of(paper_of(site, "mock-1")[1]) == before


def test_an_edit_of_the_questions_keeps_every_rule(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, **WANTED)
    browser = tara(site)
    assert browser.post("/desk/papers/mock-1/sections/1", data={"then": "rename", "title": "X"}).status_code == 303
    _, version = paper_of(site, "mock-1")
    assert version.number == 2
    assert {name: getattr(version, name) for name in WANTED} == WANTED


def test_no_column_of_a_version_is_forgotten_by_the_next_one() -> None:
    """What a version says beside its number, title and time is a rule, and RULES carries it on."""
    assert columns(PaperVersion) - {"id", "paper_id", "number", "title", "created_at"} == set(RULES)


def test_no_column_of_a_section_is_forgotten_by_the_next_version() -> None:
    plan = SectionPlan("")
    said = {name for name in vars(plan) if name not in {"question_versions", "rules", "draws"}} | set(vars(plan.rules))
    assert columns(PaperSection) - {"id", "paper_version_id", "position"} == said


def columns(table: type[SQLModel]) -> set[str]:
    return set(table.__table__.columns.keys())  # type: ignore[attr-defined]  # of tables, not of all models


def test_a_form_that_does_not_speak_of_a_choice_leaves_it(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        make_paper(db, **WANTED)
    form = rules(title="Mock one", version="1")
    assert tara(sqlite_site).post("/desk/papers/mock-1", data=form).status_code == 303
    _, version = paper_of(sqlite_site, "mock-1")
    assert (version.save_policy, version.ask_name, version.opens_at) == ("strict_cbt", "required", WANTED["opens_at"])


@pytest.mark.parametrize(
    ("changes", "control"),
    [
        ({"save_policy": "never"}, "save_policy"), ({"time_up": "explode"}, "time_up"),
        ({"time_up": "window", "window_minutes": ""}, "window_minutes"),
        ({"time_up": "window", "window_minutes": "0"}, "window_minutes"),
        ({"window_minutes": "10001"}, "window_minutes"), ({"wait_minutes": "1.5"}, "wait_minutes"),
        ({"wait_minutes": "99999999"}, "wait_minutes"), ({"ask_name": "maybe"}, "ask_name"),
        ({"ask_roll": "x" * 99}, "ask_roll"), ({"access_code": "x" * 41}, "access_code"),
        ({"access_code": "a\0b"}, "access_code"), ({"access": "friends"}, "access"),
        ({"minutes": "-5"}, "minutes"), ({"opens": "soon"}, "opens"),
        ({"closes": "2027-13-01T00:00"}, "closes"),
        ({"opens": "9999-12-31T23:59"}, "opens"), ({"opens": "0001-01-01T00:00"}, "opens"),
        ({"opens": "2027-01-31T09:00", "closes": "2027-01-31T09:00"}, "closes"),
        ({"reveal": "contest"}, "closes"), ({"preset": "", "full": "1e300"}, "full"),
        ({"preset": "", "full": "1", "wrong": "1/0"}, "wrong"),
        ({"preset": "", "full": "1", "partial": "x"}, "partial"),
    ],
)  # fmt: skip
def test_a_rule_that_does_not_fit_is_said_beside_its_field_and_the_rest_stays_typed(
    sqlite_site: Site, changes: dict[str, str], control: str
) -> None:
    with sqlite_site.writing() as db:
        make_paper(db)
    sent = rules(**{"title": "Kept title", "access_code": "kept"} | changes, version="1", calculator="1")
    reply = tara(sqlite_site).post("/desk/papers/mock-1", data=sent)
    assert reply.status_code == 422
    assert set(errors_in(reply.text)) == {control}
    assert f'href="#{control}"' in reply.text
    form = form_on(reply.text)
    assert form["title"] == ["Kept title"]
    assert form["calculator"] == ["1"]
    assert "shuffle_sections" not in form
    assert paper_of(sqlite_site, "mock-1")[0].version == 1


def test_times_are_read_in_the_site_s_zone_and_an_hour_that_does_not_exist_is_refused(sqlite_site: Site) -> None:
    settings = sqlite_site.app.state.settings
    sqlite_site.app.state.settings = settings.model_copy(update={"timezone": "Europe/Berlin"})
    browser = tara(sqlite_site)
    assert browser.post("/desk/papers", data=rules(opens="2027-07-01T09:00")).status_code == 303
    assert paper_of(sqlite_site, "fastapi-mock-2")[1].opens_at == datetime(2027, 7, 1, 7, tzinfo=UTC)
    reply = browser.post("/desk/papers", data=rules(title="Night", opens="2027-03-28T02:30"))
    assert "put forward" in errors_in(reply.text)["opens"]


def meaning(site: Site, address: str = "/desk/papers", **changes: str) -> str:
    reply = tara(site).post(address, data=rules(**changes) | {"then": "meaning"}, headers=HTMX)
    assert reply.status_code == 200
    assert reply.text.lstrip().startswith('<div class="card stack tight" id="meaning"')
    return re.sub(r"<[^>]*>", " ", reply.text)


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ("placement", ["+0.25 on average", "costs nothing"]), ("jee-main", ["+0.25 on average", "more than 20 % sure"]),
        ("gate-1", ["0 on average", "more than 25 % sure"]), ("ssc", ["+0.12 on average", "more than 20 % sure"]),
        ("neet", ["more than 20 % sure"]), ("cuet", ["+0.5 on average", "more than 17 % sure"]),
        ("gate-2", ["more than 25 % sure"]), ("jee-advanced", ["more than 33 % sure"]),
    ],
)  # fmt: skip
def test_the_form_says_what_each_preset_means(sqlite_site: Site, preset: str, words: list[str]) -> None:
    text = " ".join(meaning(sqlite_site, preset=preset).split())
    for each in words:
        assert each in text


def test_with_certainty_no_wrong_answer_is_called_free(sqlite_site: Site) -> None:
    text = " ".join(meaning(sqlite_site, preset="placement", certainty="1").split())
    assert "costs nothing" not in text
    assert "takes 0, 2 or 6 times" in text


def test_the_table_of_jee_advanced_is_its_organisers(sqlite_site: Site) -> None:
    text = " ".join(meaning(sqlite_site, preset="jee-advanced").split())
    assert "0 right 0 −2 −2 1 right +1 −2 −2 2 right +2 −2 −2 3 right +4 −2 −2" in text


@pytest.mark.parametrize("scheme", [{"preset": "jee-main"}, {"full": "4", "wrong": "-1", "partial": "none"}])
def test_marks_that_were_changed_beside_a_preset_hold(sqlite_site: Site, scheme: dict[str, str]) -> None:
    with sqlite_site.writing() as db:
        make_paper(db, scheme=scheme)
    browser, shown = tara(sqlite_site), {"full": "4", "wrong": "−1", "partial": "none"}
    for preset, changes, expected in (
        ("jee-main", {}, "4 -1 none"), ("jee-main", {"full": "3", "wrong": "−0.5"}, "3 -0.5 none"),
        ("neet", {}, "4 -1 none"), ("gate-2", {}, "2 -2/3 none"),
        ("placement", {"full": "2", "wrong": "-2/3", "partial": "ratio"}, "2 -2/3 ratio"),
    ):  # fmt: skip
        version = str(paper_of(sqlite_site, "mock-1")[0].version)
        sent = rules(preset=preset, version=version) | shown | changes
        assert browser.post("/desk/papers/mock-1", data=sent).status_code == 303, preset
        stored = Scheme.from_json(paper_of(sqlite_site, "mock-1")[1].scheme).to_json()
        shown = {name: str(stored[name]).replace("-", "−") for name in ("full", "wrong", "partial")}
        assert " ".join(str(stored[name]) for name in ("full", "wrong", "partial")) == expected, preset


def test_marks_of_a_new_test_that_hold_are_those_typed_and_one_left_out_is_asked_for(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    sent = rules(preset="placement", full="2", wrong="−0.5", partial="ratio")
    assert browser.post("/desk/papers", data=sent).status_code == 303
    assert paper_of(sqlite_site, "fastapi-mock-2")[1].scheme["full"] == "2"
    reply = browser.post("/desk/papers", data=rules(title="Other", preset="placement", full="", wrong="−0.5"))
    assert set(errors_in(reply.text)) == {"full"}


def test_the_totals_are_those_of_the_test_s_questions(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        make_paper(db)
    text = meaning(sqlite_site, "/desk/papers/mock-1", preset="jee-main")
    assert "−5 to +20" in " ".join(text.split())
    assert paper_of(sqlite_site, "mock-1")[0].version == 1


def test_without_javascript_the_meaning_stands_in_the_form_as_it_was_typed(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    page = browser.post("/desk/papers", data=rules(preset="", full="5", wrong="-2", then="meaning")).text
    assert "more than 29 % sure" in page
    assert 'value="FastAPI mock 2"' in page
    assert browser.get("/desk/papers/fastapi-mock-2").status_code == 404


def test_marks_that_mean_nothing_yet_are_no_fault(sqlite_site: Site) -> None:
    assert "once the marks can be read" in meaning(sqlite_site, preset="", full="many")
