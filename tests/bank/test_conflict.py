"""Two editors on one question: the later save is shown both texts, and neither is lost."""

from tests.bank.desk_of import create, form_of, stored, tara
from tests.make import Site


def test_a_stale_edit_is_refused_with_both_texts(site: Site) -> None:
    browser = tara(site)
    code = create(browser)
    mine = form_of(browser, code) | {"stem": "My text", "tags": "mine"}
    browser.post(f"/desk/questions/{code}", data=form_of(browser, code) | {"stem": "Their text"})
    reply = browser.post(f"/desk/questions/{code}", data=mine)
    assert reply.status_code == 409
    assert "Their text" in reply.text
    assert reply.text.count("My text") >= 2, "in the form and in the comparison"
    assert stored(site, code)[1][-1].stem == "Their text"


def test_saving_the_refused_form_again_is_a_choice(site: Site) -> None:
    browser = tara(site)
    code = create(browser)
    mine = form_of(browser, code) | {"stem": "My text"}
    browser.post(f"/desk/questions/{code}", data=form_of(browser, code) | {"stem": "Their text"})
    page = browser.post(f"/desk/questions/{code}", data=mine).text
    assert '<input type="hidden" name="version" value="2">' in page
    assert browser.post(f"/desk/questions/{code}", data=mine | {"version": "2"}).status_code == 303
    assert [version.stem for version in stored(site, code)[1]][1:] == ["Their text", "My text"]


def test_a_form_without_a_version_is_stale(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    code = create(browser)
    for version in ("", "0", "x", "99999999999"):
        mine = form_of(browser, code) | {"version": version, "stem": "Mine"}
        reply = browser.post(f"/desk/questions/{code}", data=mine)
        assert reply.status_code == 409


def test_only_the_fields_that_differ_are_compared(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    code = create(browser)
    form = form_of(browser, code)
    browser.post(f"/desk/questions/{code}", data=form | {"solution": "Theirs"})
    page = browser.post(f"/desk/questions/{code}", data=form | {"solution": "Mine"}).text
    table = page.split('aria-label="Both texts"')[1].split("</table>")[0]
    assert "Explanation" in table
    assert "Topic" not in table


def test_the_focus_goes_to_what_the_other_editor_saved(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    code = create(browser)
    mine = form_of(browser, code) | {"stem": "My text"}
    browser.post(f"/desk/questions/{code}", data=form_of(browser, code) | {"stem": "Their text"})
    page = browser.post(f"/desk/questions/{code}", data=mine).text
    assert page.count(" autofocus") == 1
    assert 'aria-labelledby="conflict" tabindex="-1" autofocus' in page
