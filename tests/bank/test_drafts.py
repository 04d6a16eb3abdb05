"""What is typed and not saved: kept for who typed it, offered again, never put over anything."""

from typing import Any

import pytest
from sqlmodel import select

from mockhall.accounts.models import Role
from mockhall.bank import drafts
from mockhall.bank.desk_models import QuestionDraft
from tests.bank.desk_of import create, errors_in, fields_in, filled, form_of, stored, tara
from tests.make import Site, make_person, queries

JSON = {"Accept": "application/json"}
NEW = "/desk/questions/draft"


def typed(page: str = "page0001", **changes: Any) -> dict[str, Any]:
    return filled(page=page, kept="", **changes)


def kept(site: Site) -> list[QuestionDraft]:
    with site.reading() as db:
        return list(db.exec(select(QuestionDraft)))


def stem_of(draft: QuestionDraft) -> str:
    return next(text for name, text in draft.fields if name == "stem")


def test_what_is_typed_is_offered_when_the_form_is_opened_again(site: Site) -> None:
    browser = tara(site)
    reply = browser.post(NEW, data=typed(stem="Half a quest", tags="a, b"), headers=JSON).json()
    assert reply["saved"] is True
    assert reply["saved_at"] == "2026-11-22T09:00:00.000Z"
    page = browser.get("/desk/questions/new").text
    assert "You have an unsaved draft of a new question" in page
    assert "Half a quest" not in fields_in(page)["stem"]
    form = fields_in(browser.get("/desk/questions/new?draft=1").text)
    assert (form["stem"], form["tags"], form["key"]) == (["Half a quest"], ["a, b"], ["new2"])
    assert form["kept"] == [reply["kept"]]


def test_a_draft_is_its_writers_alone(sqlite_site: Site) -> None:
    tara(sqlite_site).post(NEW, data=typed(stem="Mine"), headers=JSON)
    with sqlite_site.writing() as db:
        other = make_person(db, "Uma", Role.EDITOR)
    browser = sqlite_site.signed_in(other)
    for address in ("/desk/questions/new", "/desk/questions/new?draft=1", "/desk/questions/drafts"):
        assert "Mine" not in browser.get(address).text


def test_saving_a_question_ends_its_draft_and_no_other(site: Site) -> None:
    browser = tara(site)
    code = create(browser)
    for address in (NEW, f"/desk/questions/{code}/draft"):
        assert browser.post(address, data=typed(stem="Typed") | {"version": "1"}, headers=JSON).status_code == 200
    browser.post(f"/desk/questions/{code}", data=form_of(browser, code) | {"stem": "Saved", "page": "page0001"})
    assert [each.about for each in kept(site)] == [0]
    create(browser, stem="Another", page="page0001")
    assert kept(site) == []


def test_a_draft_that_was_offered_and_left_alone_outlives_the_saving_of_something_else(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    browser.post(NEW, data=typed(stem="Left alone"), headers=JSON)
    create(browser, stem="Something else", page="page0002")
    assert stem_of(kept(sqlite_site)[0]) == "Left alone"
    form = fields_in(browser.get("/desk/questions/new?draft=1").text)
    assert browser.post("/desk/questions", data=form | {"then": "save"}).status_code == 303
    assert kept(sqlite_site) == []


def test_without_scripts_a_button_keeps_the_draft_and_another_discards_it(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    reply = browser.post(NEW, data=typed(stem="By hand") | {"then": "keep"})
    assert (reply.status_code, reply.headers["location"]) == (303, "/desk/questions/new?draft=1")
    page = browser.get(reply.headers["location"]).text
    assert "Draft saved" in page
    assert "By hand" in fields_in(page)["stem"]
    assert browser.post(NEW, data={"then": "discard"}).headers["location"] == "/desk/questions/new"
    assert "unsaved draft" not in browser.get("/desk/questions/new").text
    assert browser.get("/desk/questions/new?draft=1").status_code == 200, "an old link opens an empty form"


def test_a_save_that_is_refused_keeps_what_was_typed(site: Site) -> None:
    browser = tara(site)
    page = browser.post("/desk/questions", data=typed(stem="", tags="precious")).text
    assert "Draft saved" in page
    assert fields_in(browser.get("/desk/questions/new?draft=1").text)["tags"] == ["precious"]


def test_a_page_goes_on_keeping_its_draft_even_when_a_reply_was_lost(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    for text in ("one", "two", "three"):
        sqlite_site.clock.forward(seconds=2)
        assert browser.post(NEW, data=typed(stem=text), headers=JSON).status_code == 200
    assert stem_of(kept(sqlite_site)[0]) == "three"
    assert len(kept(sqlite_site)) == 1


def test_another_page_does_not_write_over_a_draft_it_has_not_seen(site: Site) -> None:
    browser = tara(site)
    stamp = browser.post(NEW, data=typed("page0001", stem="first"), headers=JSON).json()["kept"]
    site.clock.forward(seconds=2)
    reply = browser.post(NEW, data=typed("page0002", stem="second"), headers=JSON)
    assert (reply.status_code, reply.json()["reason"], reply.json()["saved"]) == (409, "another", False)
    assert stem_of(kept(site)[0]) == "first"
    seen = typed("page0002", stem="second") | {"kept": stamp}
    assert browser.post(NEW, data=seen, headers=JSON).status_code == 200


def test_a_form_that_meets_another_draft_asks_which_to_keep(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    browser.post(NEW, data=typed("page0001", stem="first"), headers=JSON)
    reply = browser.post(NEW, data=typed("page0002", stem="second") | {"then": "keep"})
    assert reply.status_code == 409
    assert fields_in(reply.text)["stem"] == ["second"]
    assert "Keep the text below in its place" in reply.text
    again = browser.post(NEW, data=typed("page0002", stem="second") | {"then": "replace"})
    assert again.status_code == 303
    assert stem_of(kept(sqlite_site)[0]) == "second"


def test_a_draft_of_an_older_version_is_shown_beside_the_newer_one(site: Site) -> None:
    browser = tara(site)
    code = create(browser)
    mine = form_of(browser, code) | {"stem": "My draft", "page": "page0001"}
    browser.post(f"/desk/questions/{code}/draft", data=mine, headers=JSON)
    with site.writing() as db:
        other = make_person(db, "Uma", Role.EDITOR)
    uma = site.signed_in(other)
    uma.post(f"/desk/questions/{code}", data=form_of(uma, code) | {"stem": "Their text"})
    assert "Since then version 2 was saved" in browser.get(f"/desk/questions/{code}").text
    page = browser.get(f"/desk/questions/{code}?draft=1")
    assert page.status_code == 200
    assert "Uma saved it" in page.text
    assert "Their text" in page.text.split('aria-label="Both texts"')[1]
    form = fields_in(page.text)
    assert (form["stem"], form["version"]) == (["My draft"], ["2"])
    assert browser.post(f"/desk/questions/{code}", data=form | {"then": "save"}).status_code == 303
    assert [each.stem for each in stored(site, code)[1]][1:] == ["Their text", "My draft"]


def test_a_conflict_keeps_the_refused_text_as_a_draft(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    code = create(browser)
    mine = form_of(browser, code) | {"stem": "My text", "page": "page0001"}
    browser.post(f"/desk/questions/{code}", data=form_of(browser, code) | {"stem": "Their text"})
    assert browser.post(f"/desk/questions/{code}", data=mine).status_code == 409
    assert "My text" in browser.get(f"/desk/questions/{code}?draft=1").text


def test_more_than_a_draft_holds_is_refused_and_what_was_kept_stays(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    browser.post(NEW, data=typed(stem="small"), headers=JSON)
    reply = browser.post(NEW, data=typed(stem="x" * 200_001), headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (413, "too_large")
    page = browser.post(NEW, data=typed(stem="x" * 200_001) | {"then": "keep"})
    assert page.status_code == 413
    assert "more than 200 kB" in page.text
    assert fields_in(page.text)["stem"] == ["x" * 200_001]
    assert stem_of(kept(sqlite_site)[0]) == "small"


def test_nobody_hoards_drafts(sqlite_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = tara(sqlite_site)
    monkeypatch.setattr(drafts, "MOST", 1)
    code = create(browser)
    browser.post(NEW, data=typed(), headers=JSON)
    reply = browser.post(f"/desk/questions/{code}/draft", data=form_of(browser, code), headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (409, "too_many")
    assert browser.post(NEW, data=typed(), headers=JSON).status_code == 200


def test_signs_no_database_takes_and_rows_of_any_kind_are_kept_as_typed(site: Site) -> None:
    browser = tara(site)
    sent = typed(stem="a\0b \x07 \U0001f600", kind="match", pair_id=["new1"], pair_right_id=[""], pair_left=["l"],
                 pair_right=["r"])  # fmt: skip
    assert browser.post(NEW, data=sent, headers=JSON).status_code == 200
    form = fields_in(browser.get("/desk/questions/new?draft=1").text)
    assert form["pair_left"][0] == "l"
    assert "\U0001f600" in form["stem"][0]
    reply = browser.post("/desk/questions", data=form | {"then": "save"})
    assert "can't be kept" in errors_in(reply.text)["stem"]


def test_ones_drafts_are_listed_with_a_way_to_each(site: Site) -> None:
    browser = tara(site)
    codes = [create(browser, stem=f"Question {name}?") for name in ("one", "two")]
    for code in codes:
        browser.post(f"/desk/questions/{code}/draft", data=form_of(browser, code), headers=JSON)
    browser.post(NEW, data=typed(stem="Fresh"), headers=JSON)
    with queries(site) as seen:
        page = browser.get("/desk/questions/drafts").text
    assert len(seen) <= 3
    for address in ("new", *codes):
        assert f'href="/desk/questions/{address}?draft=1"' in page
    assert "Fresh" in page


def test_a_draft_nobody_could_open_is_not_made(sqlite_site: Site) -> None:
    reply = tara(sqlite_site).post(NEW, data=typed(option_id=["new1"]), headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (422, "nonsense")
    assert kept(sqlite_site) == []
