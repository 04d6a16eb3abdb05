"""A question in English and Hindi: switched with the answer kept, without scripts too; the font comes only then."""

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from mockhall.papers.models import Paper
from tests.browser.conftest import DESKTOP, PHONE, Open, Served
from tests.browser.tools_of import begin, faults_in, open_menu
from tests.make import make_paper, multiple, numeric, single

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("tools")]
TEXTS = {"o1": "अल्फ़ा", "o2": "बीटा", "o3": "गामा", "o4": "डेल्टा"}


def hindi_paper(served: Served) -> str:
    """Two choices and a number in both languages, and a question in English only."""
    with served.app.state.database.writing() as db:
        if db.exec(select(Paper).where(Paper.slug == "hindi-1")).first() is None:
            said = {"hi": {"stem": "इनमें से कौन?", "options": TEXTS}}
            first = [
                single(stem="Which of these?", translations=said),
                multiple(stem="Which ones?", translations=said),
                numeric(stem="How many?", translations={"hi": {"stem": "कितने?"}}),
                single(stem="English only?"),
            ]
            make_paper(db, "hindi-1", {"First": first}, title="Hindi", languages=["en", "hi"], now=served.clock())
    return "hindi-1"


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def asha(request: pytest.FixtureRequest, open_page: Open, served: Served) -> Page:
    page = open_page(size=request.param)
    begin(page, hindi_paper(served))
    return page


def test_a_question_is_switched_without_losing_the_answer(asha: Page) -> None:
    form = asha.locator("#question-1")
    form.get_by_role("radio").nth(2).check()
    letter = form.locator(".option:has(:checked) .letter").inner_text()
    form.get_by_role("button", name="हिन्दी").click()
    expect(form.locator(".stem").first).to_have_text("इनमें से कौन?")
    expect(form.locator(".stem").first).to_have_attribute("lang", "hi")
    expect(asha.locator("#announce")).to_have_text("Question in हिन्दी")
    chosen = form.locator(".option:has(:checked)")
    expect(chosen.locator(".letter")).to_have_text(letter)
    assert chosen.locator(".what").inner_text() in TEXTS.values()
    assert chosen.locator("input").get_attribute("value") in TEXTS
    assert faults_in(asha) == []
    form.get_by_role("button", name="English").click()
    expect(form.locator(".stem").first).to_have_text("Which of these?")
    expect(form.get_by_role("radio").nth(2)).to_be_checked()


def test_each_question_keeps_its_own_language_over_a_reload(asha: Page) -> None:
    asha.locator("#question-1").get_by_role("button", name="हिन्दी").click()
    asha.keyboard.press("n")
    expect(asha.locator("#question-2 .stem").first).to_have_text("Which ones?")
    asha.keyboard.press("p")
    asha.reload()
    expect(asha.locator("#question-1 .stem").first).to_have_text("इनमें से कौन?")
    expect(asha.locator("#question-1").get_by_role("button", name="हिन्दी")).to_have_attribute("aria-pressed", "true")


def test_all_questions_change_from_the_menu_and_what_has_no_translation_stays(asha: Page) -> None:
    asha.keyboard.press("2")
    expect(asha.locator("#save-status")).to_contain_text("Saved")
    open_menu(asha)
    asha.get_by_label("Language of all questions").select_option("hi")
    asha.get_by_role("button", name="Change").click()
    expect(asha.locator("#question-1 .stem").first).to_have_text("इनमें से कौन?")
    expect(asha.locator("#question-1").get_by_role("radio").nth(1)).to_be_checked()
    for _ in range(3):
        asha.keyboard.press("n")
    expect(asha.locator("#question-4 .stem").first).to_have_text("English only?")
    expect(asha.locator("#question-4 .languages")).to_have_count(0)


def has_hindi(words: str) -> bool:
    return any("\u0900" <= sign <= "\u097f" for sign in words)


def test_what_is_matched_is_read_in_hindi_and_what_has_fields_inside_unfolds_below(open_page: Open) -> None:
    """The shipped tour of question types has every kind in Hindi."""
    asha = open_page()
    room = begin(asha, "question-types")
    forms = asha.request.get(room, headers={"Accept": "application/json"}).json()["sections"]
    kinds = {each["kind"]: each["number"] for part in forms for each in part["questions"] if each["number"] in (9, 14)}
    assert set(kinds) == {"match", "cloze"}
    asha.goto(f"{room}/questions/{kinds['match']}")
    match = asha.locator(f"#question-{kinds['match']}")
    match.get_by_role("combobox").first.select_option(index=1)
    chosen = match.get_by_role("combobox").first.input_value()
    match.get_by_role("button", name="हिन्दी").click()
    assert has_hindi(match.get_by_role("combobox").first.locator("option").nth(1).inner_text())
    expect(match.get_by_role("combobox").first).to_have_value(chosen)
    asha.goto(f"{room}/questions/{kinds['cloze']}")
    cloze = asha.locator(f"#question-{kinds['cloze']}")
    cloze.get_by_role("button", name="हिन्दी").click()
    assert has_hindi(cloze.locator(".translation [data-stem]").inner_text())
    expect(cloze.locator("fieldset input").first).to_be_visible()


def test_the_language_is_chosen_on_the_front_page(open_page: Open, served: Served) -> None:
    page = open_page(f"/papers/{hindi_paper(served)}")
    page.get_by_label("Language of the questions").select_option("hi")
    page.get_by_role("button", name="Start without signing up").click()
    expect(page.locator("#question-1 .stem").first).to_have_text("इनमें से कौन?")


def test_the_hindi_font_comes_only_when_hindi_is_shown(open_page: Open, served: Served) -> None:
    page = open_page("/healthz")
    fonts: list[str] = []
    page.on("request", lambda request: fonts.append(request.url) if request.url.endswith(".woff2") else None)
    begin(page, "fastapi-mock-1")
    page.wait_for_load_state("networkidle")
    assert fonts
    assert not [font for font in fonts if "devanagari" in font]
    begin(page, hindi_paper(served))
    page.locator("#question-1").get_by_role("button", name="हिन्दी").click()
    page.wait_for_load_state("networkidle")
    assert [font for font in fonts if "devanagari" in font]


def test_without_scripts_the_translation_unfolds_below_the_question(open_page: Open, served: Served) -> None:
    page = open_page(f"/papers/{hindi_paper(served)}", scripts=False)
    page.get_by_role("button", name="Start without signing up").click()
    page.locator("#question-1").get_by_text("हिन्दी में पढ़ें").click()
    expect(page.locator("#question-1 .translation [data-stem]")).to_have_text("इनमें से कौन?")
    expect(page.locator("#question-1 .translation")).to_contain_text("बीटा")
