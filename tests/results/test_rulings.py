"""Key rulings: looked at first, applied to everybody who had the question, said on each result."""

import re
from fractions import Fraction

import pytest
from sqlmodel import select

from mockhall.accounts.models import AuditEntry, Role
from mockhall.results.models import MarkRow
from tests.make import Site, make_paper, single
from tests.results.ruled import REASON, Three, look, question, scores, tara
from tests.results.sitting import JSON, begin, browse, chose, hand_in, person, sit


@pytest.mark.parametrize(
    ("fields", "after"),
    [
        ({"action": "more_than_one_right", "right": "o2"}, {"Asha": "6 of 6", "Ben": "6 of 6", "Nina": "3 of 6"}),
        ({"action": "all_right"}, {"Asha": "6 of 6", "Ben": "6 of 6", "Nina": "3 of 6"}),
        ({"action": "dropped"}, {"Asha": "6 of 6", "Ben": "6 of 6", "Nina": "6 of 6"}),
        ({"action": "leave_out"}, {"Asha": "3 of 3", "Ben": "3 of 3", "Nina": "3 of 3"}),
        ({"action": "change_key", "key": "o2"}, {"Asha": "2 of 6", "Ben": "6 of 6", "Nina": "3 of 6"}),
        ({"action": "uphold"}, {"Asha": "6 of 6", "Ben": "2 of 6", "Nina": "3 of 6"}),
    ],
)
def test_a_dry_run_says_what_a_ruling_would_do_and_applying_does_just_that(
    site: Site, three: Three, fields: dict[str, str], after: dict[str, str]
) -> None:
    before, editor = scores(site), tara(site)
    assert before == {"Asha": "6 of 6", "Ben": "2 of 6", "Nina": "3 of 6"}
    url = look(site, editor, **fields)
    found = editor.get(url, headers=JSON).json()
    moved = [Fraction(after[name].split()[0]) - Fraction(before[name].split()[0]) for name in before]
    assert (found["state"], found["scored"]) == ("ready", 3)
    assert (found["gains"], found["losses"]) == (sum(by > 0 for by in moved), sum(by < 0 for by in moved))
    assert Fraction(found["mean_after"]) == sum(Fraction(each.split()[0]) for each in after.values()) / 3
    assert scores(site) == before
    assert editor.post(f"{url}/apply").status_code == 303
    assert scores(site) == after
    assert editor.get(url, headers=JSON).json()["state"] == "applied"
    with site.reading() as db:
        (line,) = db.exec(select(AuditEntry.subject).where(AuditEntry.verb == "ruling")).all()
    assert fields["action"] in line


def test_each_result_says_what_was_ruled_and_why(site: Site, three: Three) -> None:
    editor = tara(site)
    url = look(site, editor, action="more_than_one_right", right="o2")
    editor.post(f"{url}/apply")
    browser = three.browse(site, "Ben")
    page = browser.get(f"{three.url('Ben')}/result").text
    assert "your score went from 2 to 6." in page
    assert "More than one choice was accepted as right." in page
    assert REASON in page
    reply = browser.get(f"{three.url('Ben')}/result", headers=JSON).json()
    assert reply["rulings"] == [{"number": 1, "text": "More than one choice was accepted as right.", "reason": REASON}]
    review = browser.get(f"{three.url('Ben')}/review", headers=JSON).json()["questions"][0]
    assert {each["id"]: each["result"] for each in review["options"]} == {
        "o1": "right", "o2": "right", "o3": "", "o4": "",
    }  # fmt: skip
    assert review["ruling"]["reason"] == REASON


def test_who_hands_in_after_the_dry_run_and_who_still_works_are_marked_by_it_too(site: Site) -> None:
    with site.writing() as db:
        made = make_paper(db, sections={"All": [single(stem="Which one?")]})
    editor = tara(site)
    people = {name: person(site, name) for name in ("Asha", "Ben", "Nina")}
    sit(site, made, people["Asha"], {1: chose("o2")})
    with site.writing() as db:
        during = begin(db, site, made, people["Ben"], {1: chose("o2")})
        working = begin(db, site, made, people["Nina"], {1: chose("o2")})
    url = look(site, editor, action="change_key", key="o2")
    with site.writing() as db:
        hand_in(db, site, db.merge(during))
    assert scores(site) == {"Asha": "-1 of 3", "Ben": "-1 of 3"}
    editor.post(f"{url}/apply")
    assert scores(site) == {"Asha": "3 of 3", "Ben": "3 of 3"}
    with site.writing() as db:
        hand_in(db, site, db.merge(working))
    assert scores(site)["Nina"] == "3 of 3"
    page = editor.get(url).text
    assert "2 scores changed." in page


def test_handing_in_through_the_write_lane_knows_a_ruling_at_once(site: Site) -> None:
    """What is remembered of the paper's marking was read before the ruling."""
    with site.writing() as db:
        made = make_paper(db, sections={"All": [single(stem="Which one?")]})
    people = {name: person(site, name) for name in ("Asha", "Ben")}
    with site.writing() as db:
        urls = {
            name: f"/attempts/{begin(db, site, made, each, {1: chose('o2')}).code}" for name, each in people.items()
        }
    assert browse(site, people["Asha"]).post(f"{urls['Asha']}/submission", content=b"").status_code == 303
    assert scores(site) == {"Asha": "-1 of 3"}
    editor = tara(site)
    editor.post(f"{look(site, editor, action='change_key', key='o2')}/apply")
    assert browse(site, people["Ben"]).post(f"{urls['Ben']}/submission", content=b"").status_code == 303
    assert scores(site) == {"Asha": "3 of 3", "Ben": "3 of 3"}


def test_ruling_that_the_key_stands_takes_an_earlier_ruling_back(site: Site, three: Three) -> None:
    before, editor = scores(site), tara(site)
    editor.post(f"{look(site, editor, action='dropped')}/apply")
    assert scores(site) != before
    editor.post(f"{look(site, editor, action='uphold')}/apply")
    assert scores(site) == before


def test_a_new_key_is_the_questions_own_from_then_on_and_counts_as_looked_at(site: Site, three: Three) -> None:
    editor = tara(site)
    site.clock.forward(days=1)
    editor.post(f"{look(site, editor, action='change_key', key='o2')}/apply")
    found = question(site)
    assert (found.version, found.status, found.verified_version) == (2, "verified", 2)
    assert found.verified_at == site.clock.at


@pytest.mark.parametrize("action", ["dropped", "leave_out", "all_right"])
def test_a_faulty_question_is_drawn_no_more_until_somebody_has_looked(site: Site, three: Three, action: str) -> None:
    editor = tara(site)
    editor.post(f"{look(site, editor, action=action)}/apply")
    found = question(site)
    assert (found.status, found.verified_version) == ("in_review", None)


def test_the_letters_of_choices_stay_capitals_in_what_was_ruled(site: Site, three: Three) -> None:
    editor = tara(site)
    editor.post(f"{look(site, editor, action='more_than_one_right', right='o3')}/apply")
    page = editor.get(f"/desk/questions/{question(site).code}/rulings").text
    assert "</time>: accept further choices as right: A, C.</p>" in page


def test_a_dropped_dry_run_changes_nothing_and_stands_beside_the_others(site: Site, three: Three) -> None:
    before, editor = scores(site), tara(site)
    url = look(site, editor, action="dropped")
    look(site, editor, action="leave_out")
    assert editor.post(f"{url}/drop").status_code == 303
    assert editor.post(f"{url}/apply", headers=JSON).status_code == 409
    assert scores(site) == before
    page = editor.get(f"/desk/questions/{question(site).code}/rulings").text
    rows = re.findall(r'data-label="Gain">(\d+)</td><td class="num" data-label="Lose">(\d+)', page)
    assert rows == [("1", "1"), ("2", "0")]


def test_reports_of_the_question_are_answered_with_what_was_decided(site: Site, three: Three) -> None:
    ben, url = three.browse(site, "Ben"), three.url("Ben")
    assert ben.post(f"{url}/reports/1", data={"kind": "key", "text": "B is right."}, headers=JSON).status_code == 200
    editor = tara(site)
    (report,) = re.findall(r'href="(/desk/corrections/\w+)"', editor.get("/desk/corrections").text)
    assert f'href="/desk/questions/{question(site).code}/rulings?version=1"' in editor.get(report).text
    editor.post(f"{look(site, editor, action='all_right')}/apply", data={"reports": "1"})
    own = ben.get(f"{url}/review", headers=JSON).json()["questions"][0]["report"]
    assert own == {"kind": "key", "status": "closed", "outcome": "Every answer was accepted as right."}


@pytest.mark.parametrize(
    ("fields", "control", "says"),
    [
        ({}, "action", "Choose what is decided."),
        ({"action": "sideways"}, "action", "Choose what is decided."),
        ({"action": "dropped", "reason": " "}, "reason", "Say why: candidates read it on their result."),
        ({"action": "dropped", "reason": "x" * 401}, "reason", "This is longer than 400 characters. It has 401."),
        ({"action": "change_key"}, "key", "Choose what is right."),
        ({"action": "change_key", "key": "o9"}, "key", "This question has no such choice."),
        ({"action": "change_key", "key": "o1"}, "action", "This is what holds already."),
        ({"action": "more_than_one_right", "right": "o1"}, "right", "Tick a choice that is right too"),
    ],
)
def test_what_cannot_be_ruled_is_said_beside_its_control_and_nothing_is_lost(
    site: Site, three: Three, fields: dict[str, str], control: str, says: str
) -> None:
    editor, sent = tara(site), {"reason": "Kept <b>words</b>", **fields}
    reply = editor.post(f"/desk/questions/{question(site).code}/rulings", data=sent)
    assert reply.status_code == 422
    assert says in reply.text
    assert f'id="{control}-error"' in reply.text
    if "reason" not in fields:
        assert "Kept &lt;b&gt;words&lt;/b&gt;" in reply.text
    with site.reading() as db:
        assert len(db.exec(select(MarkRow)).all()) == 6


def test_only_editors_rule_and_an_editor_reads_no_names(site: Site, three: Three) -> None:
    url = look(site, tara(site), action="dropped")
    assert browse(site, person(site, "Zoe", Role.STAFF)).get(url).status_code == 404
    assert browse(site, person(site, "Uma")).get(url).status_code == 404
    page = browse(site, person(site, "Edi", Role.EDITOR)).get(url).text
    assert "2 scores would change" in page
    assert "Ben" not in page
