"""Who wrote what is to be verified: whose text it is, whatever was filed since, and by whom."""

from typing import Any

from fastapi.testclient import TestClient

from mockhall.accounts.models import Role
from tests.bank.desk_of import JSON, create, edit, signed, step, tara, usha, verify
from tests.make import Site, make_person


def tag(browser: TestClient, code: str) -> None:
    sent = {"question": [code], "then": "tag", "word": "new"}
    assert browser.post("/desk/questions/bulk", data=sent, headers=JSON).status_code == 200


def verified_by(browser: TestClient, code: str) -> Any:
    return step(browser, code, "verify", evidence="Ran it.")


def test_who_only_tagged_what_waits_in_review_can_verify_it_and_its_author_still_not(site: Site) -> None:
    author, reviewer = tara(site), usha(site)
    code = create(author)
    step(author, code, "review")
    tag(reviewer, code)
    assert verified_by(author, code).status_code == 409
    assert verified_by(reviewer, code).status_code == 303


def test_a_tag_of_somebody_else_makes_its_author_no_second_person(site: Site) -> None:
    author, reviewer = tara(site), usha(site)
    code = create(author)
    verify(reviewer, code)
    tag(reviewer, code)
    reply = verified_by(author, code)
    assert reply.status_code == 409
    assert "somebody else has to look at it" in reply.text
    assert len(signed(site)) == 1
    assert verified_by(reviewer, code).status_code == 303


def test_an_edit_of_the_text_is_its_makers_who_filed_it_afterwards_or_not(sqlite_site: Site) -> None:
    author, other = tara(sqlite_site), usha(sqlite_site)
    code = create(author)
    verify(other, code)
    edit(other, code, stem="Mended?")
    tag(author, code)
    assert verified_by(other, code).status_code == 409
    assert verified_by(author, code).status_code == 303


def test_who_first_wrote_what_another_brought_back_did_not_only_read_it(sqlite_site: Site) -> None:
    author, other = tara(sqlite_site), usha(sqlite_site)
    with sqlite_site.writing() as db:
        third = make_person(db, "Uma", Role.EDITOR)
    code = create(author)
    edit(other, code, stem="Worse?")
    verify(sqlite_site.signed_in(third), code)
    assert other.post(f"/desk/questions/{code}/restore", data={"number": "1", "version": "2"}).status_code == 303
    for browser in (author, other):
        assert verified_by(browser, code).status_code == 409
