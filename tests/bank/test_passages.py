"""A passage shared by several questions: taken by its name, changed in all of them only when that was said."""

from tests.bank.desk_of import create, errors_in, fields_in, filled, stored, tara
from tests.make import Site


def test_a_name_that_is_known_brings_its_text(site: Site) -> None:
    browser = tara(site)
    create(browser, passage_code="river-2", passage="The river is long.")
    code = create(browser, passage_code="river-2", stem="How long?")
    assert stored(site, code)[1][0].passage == "The river is long."


def test_another_text_under_a_shared_name_says_whom_it_changes(site: Site) -> None:
    browser = tara(site)
    first = create(browser, passage_code="river-2", passage="The river is long.", stem="First?")
    create(browser, passage_code="river-2", stem="Second?")
    form = fields_in(browser.get(f"/desk/questions/{first}").text) | {"passage": "It is short.", "then": "save"}
    reply = browser.post(f"/desk/questions/{first}", data=form)
    assert reply.status_code == 422
    assert "1 more question shares the passage river-2" in errors_in(reply.text)["passage"]
    assert "Second?" in reply.text
    assert "It is short." in reply.text
    assert stored(site, first)[0].version == 1


def test_with_the_box_ticked_each_question_gets_a_version_with_the_new_text(site: Site) -> None:
    browser = tara(site)
    first = create(browser, passage_code="river-2", passage="The river is long.", stem="First?")
    second = create(browser, passage_code="river-2", stem="Second?")
    other = create(browser, passage_code="sea-1", passage="The river is long.", stem="Third?")
    form = fields_in(browser.get(f"/desk/questions/{first}").text)
    changed = form | {"passage": "It is short.", "passage_everywhere": "1", "then": "save"}
    reply = browser.post(f"/desk/questions/{first}", data=changed)
    assert reply.status_code == 303
    assert "The passage changed in 1 more question." in browser.get(reply.headers["location"]).text
    versions = stored(site, second)[1]
    assert [version.passage for version in versions] == ["The river is long.", "It is short."]
    assert versions[0].options == versions[1].options
    assert stored(site, other)[0].version == 1


def test_a_new_question_may_change_a_shared_text_too(site: Site) -> None:
    browser = tara(site)
    first = create(browser, passage_code="river-2", passage="The river is long.")
    sent = filled(stem="Another?", passage_code="river-2", passage="It is short.")
    assert browser.post("/desk/questions", data=sent).status_code == 422
    assert browser.post("/desk/questions", data=sent | {"passage_everywhere": "1"}).status_code == 303
    assert stored(site, first)[1][-1].passage == "It is short."


def test_the_translation_of_a_passage_is_shared_where_the_question_is_translated(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    hindi = {"hi_stem": "प्रश्न", "hi_passage": "नदी लंबी है।"}
    first = create(browser, passage_code="river-2", passage="Long.", **hindi)
    second = create(browser, passage_code="river-2", hi_stem="दूसरा")
    plain = create(browser, passage_code="river-2", stem="Plain?")
    form = fields_in(browser.get(f"/desk/questions/{first}").text)
    new = {"passage": "Short.", "hi_passage": "नदी छोटी है।", "passage_everywhere": "1", "then": "save"}
    assert browser.post(f"/desk/questions/{first}", data=form | new).status_code == 303
    assert stored(sqlite_site, second)[1][-1].translations["hi"] == {
        "stem": "दूसरा",
        "options": {},
        "passage": "नदी छोटी है।",
    }
    assert stored(sqlite_site, plain)[1][-1].translations == {}


def test_save_and_new_goes_on_with_the_same_passage(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    sent = filled(passage_code="river-2", passage="The river is long.", then="save_new")
    reply = browser.post("/desk/questions", data=sent)
    form = fields_in(browser.get(reply.headers["location"]).text)
    assert form["passage_code"] == ["river-2"]
    assert form["passage"] == [""]
    code = create(browser, passage_code=form["passage_code"][0], stem="And the next?")
    assert stored(sqlite_site, code)[1][0].passage == "The river is long."
