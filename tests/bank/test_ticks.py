"""What stays ticked in the list after a change of many, and which questions such a change leaves as they are."""

import re
from urllib.parse import urlsplit

from fastapi.testclient import TestClient

from mockhall.bank import actions as bank
from tests.bank.desk_of import create, stored, tara
from tests.bank.test_bulk import BULK, changed, status_of, three
from tests.make import START, Site, single


def ticked(page: str) -> list[str]:
    """The codes that a form would send: rows with a tick, and what is chosen on other pages."""
    rows = re.findall(r'name="question" value="(\w+)" aria-label="[^"]*" checked', page)
    return sorted(rows + re.findall(r'name="question" value="(\w+)" data-elsewhere', page))


def after(browser: TestClient, then: str, codes: list[str], **fields: str) -> str:
    """The list that tells of a change."""
    reply = browser.post(BULK, data={"question": codes, "then": then} | fields)
    assert reply.status_code == 303, reply.text
    return browser.get(reply.headers["location"]).text


def test_what_was_ticked_stays_ticked_so_that_one_can_tag_then_move(site: Site) -> None:
    codes, browser = three(site), tara(site)
    changed(browser, "tag", codes[:1], word="x")
    assert ticked(after(browser, "tag", codes[:2], word="x")) == sorted(codes[:2])  # also the one that had it
    assert ticked(after(browser, "move", codes[:2], to="sql-joins", topic="python")) == []  # no longer listed
    page = after(browser, "delete", codes[1:])
    assert ticked(page) == []
    undone = re.findall(r'action="(/desk/questions/changes/\w+/undo)"', page)[0]
    assert ticked(browser.get(browser.post(undone).headers["location"]).text) == sorted(codes[1:])


def test_a_refused_change_shows_its_page_with_the_same_ticks(site: Site) -> None:
    with site.writing() as db:
        topic = bank.topic_named(db, "Loops", bank.topic_named(db, "Python"))
        codes = [bank.new_question(db, topic, single(stem=f"Number {n:02}"), START)[0].code for n in range(60)]
    browser = tara(site)
    first = browser.get("/desk/questions?sort=question").text
    later = re.findall(r'href="([^"]*after=[^"]*)" rel="next"', first)[0].replace("&amp;", "&")
    shown = browser.get(later).text
    place = re.findall(r'name="after" value="([^"]*)"', shown)[0].replace("&#34;", '"')
    sent = {"question": [codes[1], codes[55]], "then": "tag", "word": "", "sort": "question", "after": place}
    page = browser.post(BULK, data=sent).text
    assert "Number 55" in page
    assert "Number 01" not in page
    assert ticked(page) == sorted([codes[1], codes[55]])
    assert "Chosen, 1 of them on other pages" in page
    back = browser.post(BULK, data=sent | {"word": "x"}).headers["location"]
    assert "after=" in back
    assert "Number 55" in browser.get(back).text
    assert urlsplit(browser.post(BULK, data=sent | {"word": "y", "sort": ""}).headers["location"]).query[:5] == "done="


def test_questions_without_an_explanation_are_named_and_not_sent_to_review(site: Site) -> None:
    browser = tara(site)
    bare = [create(browser, stem=f"Bare {n} `x`?", solution="") for n in (1, 2)]
    explained = create(browser, stem="Told?")
    page = after(browser, "in_review", [*bare, explained])
    assert "1 question sent to review. 2 questions stay as they are." in page
    why = "2 questions: Write an explanation first: a verified question has one."
    assert f'{why} <a href="/desk/questions/{bare[0]}">Bare 1 x?' in page
    assert status_of(site, *bare, explained) == ["draft", "draft", "in_review"]
    assert ticked(page) == sorted([*bare, explained])
    refused = changed(browser, "in_review", bare)
    assert refused["text"] == "None of them can be sent to review as it stands. Nothing was changed."
    assert [each["code"] for each in refused["left"]] == bare
    page = browser.post(BULK, data={"question": bare, "then": "in_review"}).text
    assert f'<a href="/desk/questions/{bare[1]}">Bare 2 x?</a>' in page


def test_a_form_that_is_no_text_is_refused_whole(site: Site) -> None:
    codes, browser = three(site), tara(site)
    kind = {"content-type": "application/x-www-form-urlencoded"}
    body = f"question={codes[0]}&then=tag&word=caf%E9".encode()
    for address, sent in ((BULK, body), (BULK, body.replace(b"%E9", b"\xe9")), ("/desk/questions", b"stem=%ff")):
        reply = browser.post(address, content=sent, headers=kind)
        assert reply.status_code == 422
        assert "This form is not in UTF-8, so nothing was changed." in reply.text
    parts = b'--x\r\nContent-Disposition: form-data; name="word"\r\n\r\ncaf\xe9\r\n--x--\r\n'
    reply = browser.post(BULK, content=parts, headers={"content-type": "multipart/form-data; boundary=x"})
    assert reply.status_code == 422
    assert changed(browser, "tag", codes[:1], word="café")["changed"] == 1


def test_enter_in_a_tick_box_changes_nothing_and_keeps_ticks_and_words(site: Site) -> None:
    codes, browser = three(site), tara(site)
    form = browser.get("/desk/questions").text.split(f'action="{BULK}"')[1]
    first = re.findall(r'<button [^>]*type="submit"[^>]*>', form)[0]
    assert 'name="then" value="look"' in first
    page = browser.post(BULK, data={"question": codes[:2], "then": "look", "word": "x", "topic": "python"})
    assert (page.status_code, ticked(page.text)) == (200, sorted(codes[:2]))
    assert 'value="x"' in page.text.split('<details name="bulk" open>')[1]
    assert [stored(site, code)[0].version for code in codes] == [1, 1, 1]
