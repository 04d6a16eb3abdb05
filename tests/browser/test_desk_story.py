"""From an empty form to a regraded score: questions of each kind, a test with a draw, a candidate, a ruling."""

import re
from fractions import Fraction

import pytest
from playwright.sync_api import Page, expect

from mockhall.accounts.models import Role
from tests.browser.conftest import Open, Served, sign_in
from tests.browser.test_accessibility import faults_of
from tests.browser.test_desk import ANSWERS, write_by_keyboard
from tests.browser.tools_of import begin

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk-story")]
JSON = {"Accept": "application/json"}


def is_clean(page: Page) -> None:
    """Axe finds nothing. It needs the page's clock, which stands still where scripts are off."""
    if page.evaluate("'htmx' in window"):
        assert faults_of(page) == []


def written(page: Page, kind: str) -> str:
    """A question of this kind written by keyboard; its code."""
    write_by_keyboard(page, kind)
    page.keyboard.press("Control+s")
    page.get_by_text("Saved as a new question.").wait_for()
    return page.url.rpartition("/")[2].partition("?")[0]


def verified(tara: Page, ravi: Page, codes: list[str]) -> None:
    """The first one by the buttons of its card, the others by what those send."""
    tara.goto(f"/desk/questions/{codes[0]}")
    tara.get_by_role("button", name="Send to review").click()
    ravi.goto(f"/desk/questions/{codes[0]}")
    ravi.get_by_text("Verify version 1").click()
    ravi.locator("#evidence").fill("Ran it.")
    ravi.get_by_role("button", name="Verify", exact=True).click()
    expect(ravi.locator("#standing")).to_contain_text("verified version 1")
    is_clean(ravi)
    for code in codes[1:]:
        url = f"/desk/questions/{code}/status"
        for who, fields in ((tara, {"then": "review"}), (ravi, {"then": "verify", "evidence": "Ran it."})):
            reply = who.request.post(url, form={"version": "1", **fields}, headers=JSON)
            assert reply.ok, reply.text()


def put(page: Page, code: str, section: str) -> None:
    page.locator("#put-code").fill(code)
    page.locator("#put-section").select_option(section)
    page.locator("#put-in").click()
    expect(page.locator(f"#q-{code}")).to_be_visible()


def built(page: Page, codes: list[str], title: str = "Story mock") -> str:
    """A test of three sections: choices and numbers, words and parts, and two drawn from what is shipped."""
    slug = title.lower().replace(" ", "-")
    page.goto("/desk/papers/new")
    for name, text in {"title": title, "subject": "Python"}.items():
        page.locator(f"#{name}").fill(text)
    page.get_by_text("Timed mock test").click()
    page.get_by_role("button", name="Make the test").last.click()
    page.wait_for_url(f"**/desk/papers/{slug}**")
    page.locator("#rules > summary").click()
    for name, text in {"minutes": "30", "full": "4", "wrong": "-1"}.items():
        page.locator(f"#{name}").fill(text)
    page.locator("#preset").select_option("")
    page.locator("#rules form").get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("Saved. Running attempts keep")).to_be_visible()
    for place, name in ((2, "Words and parts"), (3, "Drawn")):
        page.locator("#new-section").fill(name)
        page.locator("#add-section").click()
        expect(page.locator(f"#s-{place}")).to_have_text(f"{place}. {name}")
    for place, code in enumerate(codes):
        put(page, code, "1" if place < 4 else "2")
    page.locator("#draw-3").click()
    page.locator("#draw_count-3").fill("200")
    page.locator("#draw_topic-3").fill("Data model")
    page.locator("#add-draw-3").click()
    expect(page.locator("#draw_count-3-error")).to_contain_text("to draw from")
    page.locator("#draw_count-3").fill("2")
    page.locator("#add-draw-3").click()
    expect(page.locator("#draw_count-3-error")).to_have_count(0)
    is_clean(page)
    return slug


def score(page: Page, room: str) -> Fraction:
    return Fraction(page.request.get(f"{room}/result", headers=JSON).json()["score"])


def answer_no(page: Page) -> None:
    """Choose what is not the key of the question that asks "Single?"."""
    question = page.locator("form[data-number]:not([hidden])", has_text="Single?")
    for _ in range(12):
        if question.is_visible():
            break
        page.get_by_role("button", name="Save & next").click()
    question.get_by_text("No", exact=True).click()
    expect(page.get_by_role("status").filter(has_text=re.compile("^Saved")).first).to_be_visible()


def published(page: Page, slug: str) -> None:
    """Looked at as a candidate sees it, then let out."""
    page.goto(f"/desk/papers/{slug}/preview?page=room")
    expect(page.get_by_text("Single?").first).to_be_visible()
    is_clean(page)
    page.goto(f"/desk/papers/{slug}")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("button", name="Withdraw")).to_be_visible()


def edited(page: Page, code: str) -> None:
    page.goto(f"/desk/questions/{code}")
    page.locator("#stem").fill("Single, and quite another?")
    page.locator(".editor-bar [value=save]").click()
    page.get_by_text("Saved as version 2").wait_for()


def stems(page: Page, room: str) -> str:
    """What the questions of a running attempt ask."""
    state = page.request.get(room, headers=JSON).json()
    return " ".join(each["stem_html"] for section in state["sections"] for each in section["questions"])


def looked_at(page: Page, code: str) -> None:
    """The ruling that B is right, as a dry run."""
    page.goto(f"/desk/questions/{code}")
    page.get_by_role("link", name="Rule on the key").click()
    is_clean(page)
    page.get_by_role("radio", name="Change the right answer").check()
    page.get_by_role("radio", name="B No").check()
    page.get_by_label("Reason, shown to candidates").fill("It is no.")
    page.get_by_role("button", name="See what would change").click()
    for _ in range(20):  # without scripts the page is looked at again by hand
        if (again := page.get_by_role("link", name="look again")).is_visible():
            again.click()
    expect(page.get_by_role("heading", name="1 score would change")).to_be_visible()
    is_clean(page)


def test_an_editor_builds_a_test_and_rules_a_key_while_candidates_sit_it(open_page: Open, served: Served) -> None:
    tara, ravi, asha = open_page(), open_page(), open_page()
    sign_in(tara, served.person("StoryTara", Role.ADMIN))
    sign_in(ravi, served.person("StoryRavi", Role.ADMIN))
    codes = [written(tara, kind) for kind in ANSWERS]
    assert tara.evaluate("'htmx' in window")
    verified(tara, ravi, codes)
    slug = built(tara, codes)
    published(tara, slug)
    room = begin(asha, slug)
    answer_no(asha)
    edited(tara, codes[0])
    asha.reload()
    assert "Single?" in stems(asha, room)
    assert "another" not in stems(asha, room)
    asha.request.post(f"{room}/submission")
    before = score(asha, room)
    looked_at(tara, codes[0])
    assert score(asha, room) == before
    tara.get_by_role("button", name="Apply to 1 attempt").click()
    expect(tara.get_by_text("1 score changed.")).to_be_visible()
    asha.goto(f"{room}/result")
    expect(asha.get_by_text("The right answer was changed. It is no.")).to_be_visible()
    assert score(asha, room) == before + 5
    is_clean(asha)


def written_without_scripts(page: Page) -> str:
    """A question of one choice, B wrong, sent as a plain form; its code."""
    page.goto("/desk/questions/new")
    texts = {"subject": "Python", "topic": "Forms", "stem": "Single? It was sent as a plain form.", "solution": "So."}
    for name, text in (texts | {"option-new1": "Yes", "option-new2": "No"}).items():
        page.locator(f"#{name}").fill(text)
    for row in ("new4", "new3"):
        page.locator(f"#remove-{row}").click()
    page.locator("[name=key][type=radio]").first.check()
    page.locator(".editor-bar [value=save]").click()
    page.get_by_text("Saved as a new question.").wait_for()
    return page.url.rpartition("/")[2].partition("?")[0]


def sat_without_scripts(page: Page, slug: str) -> str:
    """B chosen and handed in, every step a page of its own; the attempt's address."""
    page.goto(f"/papers/{slug}")
    page.get_by_role("button", name=re.compile("^Start (the|without)")).click()
    room = "/attempts/" + page.url.split("/attempts/")[1].split("/")[0]
    page.get_by_text("No", exact=True).click()
    page.get_by_role("button", name="Save & next").click()
    page.goto(f"{room}/submission")
    page.get_by_role("button", name="Hand in").last.click()
    page.wait_for_url("**/result")
    return room


def test_the_same_is_done_without_scripts(open_page: Open, served: Served) -> None:
    tara, ravi, asha = open_page(scripts=False), open_page(scripts=False), open_page(scripts=False)
    sign_in(tara, served.person("PlainTara", Role.ADMIN))
    sign_in(ravi, served.person("PlainRavi", Role.ADMIN))
    codes = [written_without_scripts(tara)]
    verified(tara, ravi, codes)
    tara.goto(f"/desk/questions/{codes[0]}/versions")
    slug = built_without_scripts(tara, codes[0])
    published(tara, slug)
    room = sat_without_scripts(asha, slug)
    before = score(asha, room)
    looked_at(tara, codes[0])
    tara.get_by_role("button", name="Apply to 1 attempt").click()
    for _ in range(20):
        if (again := tara.get_by_role("link", name="look again")).is_visible():
            again.click()
    expect(tara.get_by_text("1 score changed.")).to_be_visible()
    assert score(asha, room) == before + 5


def built_without_scripts(page: Page, code: str) -> str:
    """The same test with this question alone in its first section; the empty one between is removed."""
    slug = built(page, [code], "Plain mock")
    page.locator("#change-2").click()
    page.locator("#remove-section-2").click()
    expect(page.locator("#s-2")).to_have_text("2. Drawn")
    return slug
