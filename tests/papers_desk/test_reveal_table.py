"""What candidates see and when, as a table of boxes in the rules form."""

from datetime import timedelta
from typing import Any

import pytest

from mockhall.exam.reveal import PRESETS, Item, Moment
from mockhall.papers.desk_reveal import boxes
from tests.bank.desk_of import HTMX, errors_in, tara
from tests.make import START, Site, make_paper
from tests.papers_desk.test_papers import paper_of, rules
from tests.papers_desk.test_rules import form_on

PAPER = "/desk/papers/mock-1"


def table(*ticked: str, **changes: str) -> dict[str, Any]:
    return rules(title="Mock one", version="1", reveal="table", **changes) | {"shown": list(ticked)}


def test_boxes_are_stored_as_they_were_ticked_and_shown_again(site: Site) -> None:
    with site.writing() as db:
        make_paper(db)
    ticked = ["immediately-attempt", "later-attempt", "closed-attempt", "closed-right_answer", "closed-marks"]
    browser = tara(site)
    assert browser.post(PAPER, data=table(*ticked, closes="2027-01-31T09:00")).status_code == 303
    stored = paper_of(site, "mock-1")[1].reveal
    assert stored == {"during": [], "immediately": ["attempt"], "later": ["attempt"],
                      "closed": ["attempt", "marks", "right_answer"]}  # fmt: skip
    page = browser.get(PAPER).text
    assert set(form_on(page)["shown"]) == set(ticked)
    assert "After the close: also the score and rank and the right answers." in page


@pytest.mark.parametrize("preset", PRESETS)
def test_the_button_of_a_preset_ticks_its_boxes_and_stores_nothing(sqlite_site: Site, preset: str) -> None:
    with sqlite_site.writing() as db:
        make_paper(db)
    reply = tara(sqlite_site).post(PAPER, data=table(then=f"reveal:{preset}") | {"title": "Typed"})
    assert reply.status_code == 200
    form = form_on(reply.text)
    assert set(form["shown"]) == boxes(PRESETS[preset])
    assert form["title"] == ["Typed"]
    assert f'value="reveal:{preset}" formaction="{PAPER}#reveal"' in reply.text
    assert paper_of(sqlite_site, "mock-1")[0].version == 1


def test_htmx_gets_the_words_alone(sqlite_site: Site) -> None:
    sent = table("immediately-marks", then="reveal")
    reply = tara(sqlite_site).post("/desk/papers", data=sent, headers=HTMX)
    assert reply.text.count("<p") == 1
    assert "On handing in: also the score and rank" not in reply.text
    assert "On handing in: the score and rank." in reply.text


@pytest.mark.parametrize(
    ("ticked", "changes", "at"),
    [
        (["later-attempt", "later-general_feedback", "closed-attempt", "closed-general_feedback",
          "closed-right_answer"],
         {"closes": "2027-01-31T09:00"}, {"shown-later-general_feedback"}),
        (["immediately-marks"], {}, {"shown-later-marks"}),
        (["closed-correctness"], {"closes": "2027-01-31T09:00"}, {"shown-closed-correctness"}),
        (["closed-marks"], {}, {"shown-closed-marks", "closes"}),
    ],
)  # fmt: skip
def test_what_can_not_be_meant_is_said_beside_its_box_and_stays_ticked(
    sqlite_site: Site, ticked: list[str], changes: dict[str, str], at: set[str]
) -> None:
    with sqlite_site.writing() as db:
        make_paper(db)
    reply = tara(sqlite_site).post(PAPER, data=table(*ticked, **changes))
    assert reply.status_code == 422
    assert set(errors_in(reply.text)) == at
    for box in at:
        assert f'href="#{box}"' in reply.text
        assert f'id="{box}"' in reply.text
    assert set(form_on(reply.text)["shown"]) == set(ticked)
    assert paper_of(sqlite_site, "mock-1")[0].version == 1


def test_what_is_no_box_and_what_makes_no_sense_are_not_kept(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        make_paper(db)
    browser, sent = tara(sqlite_site), table("during-overall_feedback", "never-marks", "<b>", "during-attempt-marks")
    assert browser.post(PAPER, data=sent).status_code == 303
    assert paper_of(sqlite_site, "mock-1")[1].reveal == {str(when): [] for when in Moment}
    assert "while working" in browser.get(PAPER).text.lower()


def test_every_cell_has_a_box_with_a_name_but_the_one_without_sense(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        make_paper(db)
    page = tara(sqlite_site).get(PAPER).text
    assert page.count('type="checkbox" id="shown-') == len(Item) * len(Moment) - 1
    assert 'aria-label="Explanations, after closing"' in page


def test_a_closing_time_that_answers_wait_for_is_not_taken_away(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        make_paper(db, reveal="contest", closes_at=START + timedelta(days=1))
    browser = tara(sqlite_site)
    form = form_on(browser.get(PAPER).text)
    reply = browser.post(PAPER, data=form | {"closes": [""]})
    assert reply.status_code == 422
    assert set(errors_in(reply.text)) == {"closes"}
    assert browser.post(PAPER, data=form).status_code == 303
