"""Who reaches the desk of questions: editors. To others it does not exist."""

import pytest

from tests.bank.desk_of import HTMX, create, filled, ravi, sita, tara
from tests.make import Site

PAGES = ["/desk/questions", "/desk/questions/new", "/desk/questions/{code}"]
POSTS = ["/desk/questions", "/desk/questions/preview", "/desk/questions/{code}"]


@pytest.mark.parametrize("address", PAGES)
def test_a_stranger_is_asked_to_sign_in_and_comes_back(sqlite_site: Site, address: str) -> None:
    address = address.format(code=create(tara(sqlite_site)))
    reply = sqlite_site.browser().get(address)
    assert reply.status_code == 401
    assert f"/sign-in?next={address}" in reply.text


@pytest.mark.parametrize("address", PAGES)
def test_students_and_staff_see_nothing(sqlite_site: Site, address: str) -> None:
    address = address.format(code=create(tara(sqlite_site)))
    for browser in (ravi(sqlite_site), sita(sqlite_site)):
        reply = browser.get(address)
        assert reply.status_code == 404
        assert "len([])" not in reply.text


@pytest.mark.parametrize("address", POSTS)
def test_only_editors_can_send_anything(sqlite_site: Site, address: str) -> None:
    address = address.format(code=create(tara(sqlite_site)))
    assert sqlite_site.browser().post(address, data=filled(), headers=HTMX).status_code == 401
    assert ravi(sqlite_site).post(address, data=filled(), headers=HTMX).status_code == 404


def test_the_desk_leads_each_role_to_its_work(sqlite_site: Site) -> None:
    assert tara(sqlite_site).get("/desk").headers["location"] == "/desk/questions"
    assert sita(sqlite_site).get("/desk").headers["location"] == "/desk/papers"
    assert ravi(sqlite_site).get("/desk").status_code == 404
    assert sqlite_site.browser().get("/desk").status_code == 401


def test_a_question_that_does_not_exist_is_404(site: Site) -> None:
    browser = tara(site)
    for code in ("nothinghere1", "a%00b", "x" * 500):
        assert browser.get(f"/desk/questions/{code}").status_code == 404
        assert browser.post(f"/desk/questions/{code}", data=filled()).status_code == 404
