"""Views of the list that a person keeps: under a name, for themselves, removed again."""

import re

from tests.bank.desk_of import HTMX, JSON, errors_in, ravi, tara, usha
from tests.bank.test_list import fill
from tests.make import Site

VIEWS = "/desk/questions/views"


def shown(page: str) -> list[tuple[str, str]]:
    """The links to views on a page: address and name."""
    part = page.split('id="views"')[1].split('<form class="compact', maxsplit=1)[0]
    found = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', part)
    return [(address.replace("&amp;", "&"), name) for address, name in found]


def test_a_view_is_kept_under_its_name_for_its_owner_alone(site: Site) -> None:
    fill(site, 1)
    browser, other = tara(site), usha(site)
    assert "Keep this view" not in browser.get("/desk/questions").text
    assert "Keep this view" in browser.get("/desk/questions?status=draft").text
    reply = browser.post(VIEWS, data={"name": " Old  drafts ", "status": "draft", "sort": "edited", "paper": "x"})
    assert reply.status_code == 303
    page = browser.get(reply.headers["location"]).text
    assert "Kept as “Old drafts”." in page
    assert shown(page) == [("/desk/questions?status=draft&sort=edited", "Old drafts")]
    assert 'aria-current="true">Old drafts' in page
    assert "Keep this view" not in page
    browser.post(VIEWS, data={"name": "Old drafts", "q": "loops"})
    assert shown(browser.get("/desk/questions").text) == [("/desk/questions?q=loops", "Old drafts")]
    listed = browser.get(VIEWS, headers=JSON).json()["views"]
    assert [(each["name"], each["filters"]) for each in listed] == [("Old drafts", {"q": "loops"})]
    assert other.get(VIEWS, headers=JSON).json() == {"views": []}
    address = f"{VIEWS}/{listed[0]['code']}/delete"
    assert other.post(address).status_code == 404
    assert ravi(site).post(VIEWS, data={"name": "x", "q": "y"}).status_code == 404
    back = browser.post(address, data={"q": "loops"}).headers["location"]
    assert back == "/desk/questions?q=loops"
    assert "“Old drafts” is removed from your views." in browser.get(back).text
    assert browser.get(VIEWS, headers=JSON).json() == {"views": []}


def test_what_is_no_view_is_refused_beside_the_field(site: Site) -> None:
    browser = tara(site)
    for sent, said in (
        ({"name": "", "q": "x"}, "Give the view a name."),
        ({"name": "n" * 61, "q": "x"}, "This is longer than 60 characters. It has 61."),
        ({"name": "All"}, "This is the whole bank. Choose a filter or an order first."),
        ({"name": "Odd", "status": "nonsense"}, "The filter “status” can"),
    ):
        reply = browser.post(VIEWS, data=sent)
        assert reply.status_code == 422
        assert said in reply.text
    page = browser.post(VIEWS, data={"name": "n" * 61, "q": "x"}).text
    assert errors_in(page)["view-name"].startswith("This is longer")
    assert 'value="' + "n" * 61 in page
    for n in range(30):
        assert browser.post(VIEWS, data={"name": f"View {n}", "q": f"w{n}"}, headers=JSON).status_code == 200
    full = browser.post(VIEWS, data={"name": "One more", "q": "x"}, headers=JSON).json()
    assert full["text"] == "You keep 30 views already, which is the most. Remove one first."
    assert browser.post(VIEWS, data={"name": "View 3", "q": "other"}, headers=JSON).status_code == 200


def test_a_search_by_script_brings_the_way_to_keep_it(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    fragment = browser.get("/desk/questions?q=loops", headers=HTMX).text
    assert 'hx-target="#views"' in fragment
    assert '<input type="hidden" name="q" value="loops">' in fragment
    assert "Keep this view" in fragment
