"""The draft of a question that somebody deleted: listed as such, thrown away, kept no more."""

from tests.bank.desk_of import JSON, create, form_of, tara, usha
from tests.bank.test_bulk import changed, undo
from tests.bank.test_drafts import kept
from tests.make import Site


def test_a_draft_of_a_deleted_question_is_listed_and_can_be_discarded(site: Site) -> None:
    browser, other = tara(site), usha(site)
    code = create(browser)
    typed, address = form_of(browser, code) | {"stem": "Half of it"}, f"/desk/questions/{code}/draft"
    browser.post(address, data=typed, headers=JSON)
    changed(other, "delete", [code])
    page = browser.get("/desk/questions/drafts").text
    assert "Half of it" in page
    assert "The question was deleted" in page
    assert f"/desk/questions/{code}?draft=1" not in page
    assert browser.post(address, data=typed, headers=JSON).status_code == 404
    reply = browser.post(address, data={"then": "discard"})
    assert (reply.status_code, reply.headers["location"]) == (303, "/desk/questions/drafts")
    assert kept(site) == []


def test_a_deletion_taken_back_brings_the_way_to_the_draft_back(sqlite_site: Site) -> None:
    browser, other = tara(sqlite_site), usha(sqlite_site)
    code = create(browser)
    browser.post(f"/desk/questions/{code}/draft", data=form_of(browser, code), headers=JSON)
    changed(other, "delete", [code])
    undo(other)
    assert f'href="/desk/questions/{code}?draft=1"' in browser.get("/desk/questions/drafts").text
