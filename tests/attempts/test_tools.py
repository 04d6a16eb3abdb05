"""The room's tools over HTTP: scratchpad, question paper, instructions, language."""

import pytest
from sqlmodel import select

from mockhall.accounts.models import Role
from mockhall.attempts.models import Attempt, Response
from mockhall.exam.scratchpad import LONGEST, revision
from tests.attempts.room_of import JSON, Sitting, a_paper, sit
from tests.make import Site, make_paper, make_person, single


def write(asha: Sitting, text: str, base: str = "") -> tuple[int, dict[str, object]]:
    reply = asha.browser.post(f"/attempts/{asha.code}/scratch", data={"text": text, "base": base}, headers=JSON)
    return reply.status_code, reply.json()


def page(asha: Sitting, name: str) -> str:
    return asha.browser.get(f"/attempts/{asha.code}/{name}").text


@pytest.fixture
def asha(site: Site) -> Sitting:
    a_paper(site, instructions="Read **well**.")
    return sit(site, name="Asha")


# ---------------------------------------------------------------- scratchpad


def test_the_scratchpad_is_kept_and_found_again(asha: Sitting) -> None:
    status, reply = write(asha, "v = u + at", revision(""))
    assert (status, reply["saved"], reply["text"]) == (200, True, "v = u + at")
    again = asha.browser.get(f"/attempts/{asha.code}/scratch", headers=JSON).json()
    assert again == {"text": "v = u + at", "base": reply["base"]}
    assert "v = u + at" in page(asha, "scratch")


def test_a_page_that_did_not_know_the_newer_text_loses_neither(asha: Sitting) -> None:
    write(asha, "from the phone", revision(""))
    status, reply = write(asha, "from the laptop", revision(""))
    assert status == 200
    assert "from the phone" in str(reply["text"])
    assert "from the laptop" in str(reply["text"])


def test_a_text_too_long_is_refused_and_nothing_is_changed(asha: Sitting) -> None:
    write(asha, "short", revision(""))
    status, reply = write(asha, "x" * (LONGEST + 1), revision("short"))
    assert (status, reply["saved"], reply["stored"]) == (422, False, "short")
    assert write(asha, "x" * 5 * LONGEST)[0] == 422
    form = asha.browser.post(f"/attempts/{asha.code}/scratch", data={"text": "lost?" + "x" * LONGEST})
    assert form.status_code == 422
    assert "lost?" in form.text, "the page still holds what was typed"


def test_markup_in_the_scratchpad_stays_text(asha: Sitting) -> None:
    write(asha, "</textarea><script>alert(1)</script>", revision(""))
    assert "<script>alert" not in page(asha, "scratch")


def test_after_the_hand_in_the_scratchpad_is_on_the_result_and_takes_nothing_more(asha: Sitting) -> None:
    write(asha, "v = u + at", revision(""))
    asha.submit()
    assert "v = u + at" in page(asha, "result")
    assert write(asha, "more", revision("v = u + at"))[0] == 409
    assert "v = u + at" in page(asha, "result")


def test_after_the_deadline_and_the_grace_the_scratchpad_takes_nothing_more(site: Site, asha: Sitting) -> None:
    site.clock.forward(minutes=30, seconds=5)
    assert write(asha, "in the grace", revision(""))[0] == 200
    site.clock.forward(seconds=1)
    status, reply = write(asha, "late", revision("in the grace"))
    assert (status, reply["reason"]) == (410, "time_over")


def test_the_scratchpad_is_in_no_reply_to_staff(site: Site, asha: Sitting) -> None:
    write(asha, "PRIVATE-NOTES", revision(""))
    asha.submit()
    with site.writing() as db:
        sita = make_person(db, "Sita", Role.STAFF)
    browser = site.signed_in(sita)
    for path in ("report", "report.csv"):
        assert "PRIVATE-NOTES" not in browser.get(f"/desk/papers/mock-1/{path}").text


# ---------------------------------------------------------------- to read


def test_the_question_paper_has_every_question_in_this_attempts_order(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, sections={"First": [single(stem="Which **one**?"), single(stem="And which?")]})
    asha = sit(site)
    text = page(asha, "paper")
    assert "<strong>one</strong>" in text
    assert "And which?" in text
    shown = asha.browser.get(f"/attempts/{asha.code}", headers=JSON).json()["sections"][0]["questions"][0]
    places = [text.index(option["html"]) for option in shown["options"]]
    assert places == sorted(places)


def test_the_questions_of_a_locked_section_are_not_in_the_question_paper(site: Site, asha: Sitting) -> None:
    with site.writing() as db:
        attempt = db.exec(select(Attempt).where(Attempt.code == asha.code)).one()
        for row in db.exec(select(Response).where(Response.attempt_id == attempt.id, Response.section == 2)):
            row.locked = True
            db.add(row)
    text = page(asha, "paper")
    assert "Question 4" in text
    assert "Question 5" not in text


def test_the_instructions_are_those_the_attempt_was_started_with(asha: Sitting) -> None:
    text = page(asha, "instructions")
    assert "<strong>well</strong>" in text
    assert "How it is marked" in text
    assert "While you work" in text


@pytest.mark.parametrize("name", ["paper", "instructions", "scratch"])
def test_a_tools_page_of_a_finished_attempt_leads_to_its_result(asha: Sitting, name: str) -> None:
    asha.submit()
    reply = asha.browser.get(f"/attempts/{asha.code}/{name}")
    assert (reply.status_code, reply.headers["location"]) == (303, f"/attempts/{asha.code}/result")


# ---------------------------------------------------------------- language


@pytest.mark.parametrize(("wanted", "given"), [("hi", "hi"), ("en", "en"), ("", "en"), ("fr", "en"), ("'; --", "en")])
def test_the_language_chosen_at_the_start_is_the_attempts(site: Site, wanted: str, given: str) -> None:
    a_paper(site, languages=["en", "hi"])
    asha = sit(site, language=wanted)
    with site.reading() as db:
        assert db.exec(select(Attempt.language).where(Attempt.code == asha.code)).one() == given


def test_the_front_page_offers_the_languages_of_the_test_only(site: Site, asha: Sitting) -> None:
    assert "Language of the questions" not in asha.browser.get("/papers/mock-1").text
    with site.writing() as db:
        make_paper(db, "mock-2", languages=["en", "hi"])
    assert '<option value="hi" lang="hi">हिन्दी</option>' in asha.browser.get("/papers/mock-2").text


def test_a_language_the_test_does_not_offer_is_refused(asha: Sitting) -> None:
    reply = asha.browser.post(f"/attempts/{asha.code}/language", data={"language": "hi"}, headers=JSON)
    assert (reply.status_code, reply.json()["field"]) == (422, "language")


TRANSLATED = {"hi": {"stem": "कौन सा?", "options": {"o1": "अल्फ़ा", "o2": "बीटा", "o3": "गामा", "o4": "डेल्टा"}}}


@pytest.fixture
def ben(site: Site) -> Sitting:
    """In a test of two questions, one of them in Hindi too, with an explanation in both languages."""
    secret = {"hi": "SOLUTION-SECRET हिन्दी में"}
    with site.writing() as db:
        said = single(stem="Which one?", translations=TRANSLATED, solution_translations=secret)
        make_paper(db, sections={"First": [said, single(stem="English only?")]}, languages=["en", "hi"])
    return sit(site, name="Ben")


def test_a_change_of_language_keeps_the_answer_its_ids_and_the_order(ben: Sitting) -> None:
    ben.save(1, choice="o2")
    english = ben.question(1)
    reply = ben.browser.post(f"/attempts/{ben.code}/language", data={"language": "hi", "number": "2"})
    assert reply.headers["location"] == f"/attempts/{ben.code}/questions/2"
    hindi, other = ben.question(1), ben.question(2)
    assert (hindi["language"], other["language"]) == ("hi", "en")
    assert "कौन सा?" in hindi["stem_html"]
    assert [each["id"] for each in hindi["options"]] == [each["id"] for each in english["options"]]
    assert "बीटा" in [each["html"] for each in hindi["options"]]
    assert hindi["choice"] == ["o2"]
    assert ben.save(1, choice="o3", base=str(hindi["seq"])).json()["saved"] is True


def test_both_languages_can_be_read_without_scripts_and_say_which_they_are(ben: Sitting) -> None:
    room = ben.browser.get(f"/attempts/{ben.code}").text
    assert '<div class="prose stem full"><p>Which one?' in room
    assert 'lang="hi">हिन्दी में पढ़ें</summary>' in room
    ben.browser.post(f"/attempts/{ben.code}/language", data={"language": "hi"})
    room = ben.browser.get(f"/attempts/{ben.code}").text
    assert '<div class="prose stem full" lang="hi"><p>कौन सा?' in room
    assert "Read it in English</summary>" in room
    assert "कौन सा?" in page(ben, "paper")


def test_no_explanation_leaks_in_any_language(ben: Sitting) -> None:
    for language in ("en", "hi"):
        ben.browser.post(f"/attempts/{ben.code}/language", data={"language": language})
        for path in ("", "/paper", "/instructions", "/questions/2"):
            for headers in (JSON, {"Accept": "text/html"}):
                assert "SECRET" not in ben.browser.get(f"/attempts/{ben.code}{path}", headers=headers).text


def test_a_translation_in_a_language_the_test_does_not_offer_is_not_sent(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, sections={"First": [single(translations=TRANSLATED)]})
    asha = sit(site)
    assert "कौन सा?" not in asha.browser.get(f"/attempts/{asha.code}").text
