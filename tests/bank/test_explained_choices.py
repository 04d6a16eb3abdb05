"""Why a choice is right or wrong, written at the desk beside the choices."""

import re

from sqlmodel import select

from mockhall.bank.models import Question, QuestionVersion
from tests.bank.desk_of import create, fields_in, filled, stored, tara
from tests.make import Site

WHY = {"why_for": ["new1", "new2", "new3"], "why_text": ["It has no items.", "", "<b>len</b> gives a number."]}


def test_explanations_are_stored_apart_from_the_choices_and_stay_when_saved_again(site: Site) -> None:
    browser = tara(site)
    code = create(browser, **WHY)
    version = stored(site, code)[1][0]
    ids = {row["text"]: row["id"] for row in version.options}
    assert version.option_solutions == {"en": {ids["1"]: "It has no items.", ids["None"]: "<b>len</b> gives a number."}}
    assert "items" not in str(version.options)
    page = browser.get(f"/desk/questions/{code}").text
    assert "&lt;b&gt;len&lt;/b&gt; gives a number." in page
    assert browser.post(f"/desk/questions/{code}", data=fields_in(page) | {"then": "save"}).status_code == 303
    assert stored(site, code)[0].version == 1, "nothing was changed"


def test_a_changed_explanation_is_a_new_version_and_other_languages_keep_theirs(site: Site) -> None:
    browser = tara(site)
    code = create(browser, **WHY)
    kept = stored(site, code)[1][0]
    hindi = {row["id"]: "क्योंकि" for row in kept.options}
    with site.writing() as db:
        version = db.exec(select(QuestionVersion).where(QuestionVersion.id == kept.id)).one()
        version.option_solutions = {**version.option_solutions, "hi": hindi}
    page = browser.get(f"/desk/questions/{code}").text
    sent = fields_in(page) | {"why_text": ["Counted wrongly.", "", ""], "then": "save"}
    assert sent["hi_why_text"] == ["क्योंकि"] * 3
    assert browser.post(f"/desk/questions/{code}", data=sent).status_code == 303
    newest = stored(site, code)[1][-1]
    assert newest.number == 2
    assert list(newest.option_solutions["en"].values()) == ["Counted wrongly."]
    assert newest.option_solutions["hi"] == hindi


def test_explanations_in_hindi_have_fields_of_their_own_and_stay_with_their_choice(site: Site) -> None:
    browser, hindi = tara(site), {"hi_why_for": ["new3", "new2"], "hi_why_text": ["<b>len</b> संख्या है।", ""]}
    said = {"hi_stem": "क्या?", "hi_for": [f"option-new{n}" for n in (1, 2, 3)], "hi_text": ["एक", "शून्य", "कुछ नहीं"]}
    code = create(browser, **WHY, **hindi, **said)
    version = stored(site, code)[1][0]
    ids = {row["text"]: row["id"] for row in version.options}
    assert version.option_solutions["hi"] == {ids["None"]: "<b>len</b> संख्या है।"}
    page = browser.get(f"/desk/questions/{code}").text
    assert 'aria-describedby="hi-why-' in page
    fields = fields_in(page)
    assert browser.post(f"/desk/questions/{code}", data=fields | {"then": "save"}).status_code == 303
    assert stored(site, code)[0].version == 1, "nothing was changed"
    other = fields_in(browser.post(f"/desk/questions/{code}", data=fields | {"kind": "numeric", "then": "kind"}).text)
    assert dict(zip(other["hi_why_for"], other["hi_why_text"], strict=True))[ids["None"]] == "<b>len</b> संख्या है।"
    long = browser.post(f"/desk/questions/{code}", data=fields | {"hi_why_text": ["", "", "x" * 2001], "then": "save"})
    assert f'id="hi-why-{ids["None"]}-error"' in long.text
    changed = fields | {"hi_why_text": ["", "", "नया"], "then": "save"}
    assert browser.post(f"/desk/questions/{code}", data=changed).status_code == 303
    page = browser.get(f"/desk/questions/{code}/versions/compare?from=1&to=2").text
    assert "नया" in re.sub(r"<.*?>", "", page)


def test_what_is_too_long_is_said_beside_it_and_kept_in_the_form(sqlite_site: Site) -> None:
    reply = tara(sqlite_site).post("/desk/questions", data=filled(why_for=["new1"], why_text=["x" * 2001]))
    assert reply.status_code == 422
    assert "longer than 2,000 characters" in reply.text
    assert 'id="why-new1-error"' in reply.text
    assert "x" * 2001 in reply.text


def test_explanations_follow_their_choice_when_rows_move_and_the_type_changes(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    moved = browser.post("/desk/questions", data=filled(**WHY) | {"then": "down:1"})
    fields = fields_in(moved.text)
    assert fields["option_id"][:2] == ["new2", "new1"]
    assert dict(zip(fields["why_for"], fields["why_text"], strict=True))["new1"] == "It has no items."
    other = fields_in(browser.post("/desk/questions", data=fields | {"kind": "numeric", "then": "kind"}).text)
    back = fields_in(browser.post("/desk/questions", data=other | {"kind": "single", "then": "kind"}).text)
    assert dict(zip(back["why_for"], back["why_text"], strict=True))["new1"] == "It has no items."


def test_rows_that_do_not_fit_together_are_refused(sqlite_site: Site) -> None:
    sent = filled(why_for=["new1", "new2"], why_text=["only one"])
    assert tara(sqlite_site).post("/desk/questions", data=sent).status_code == 422
    with sqlite_site.reading() as db:
        assert db.exec(select(Question)).all() == []
