"""A ruling that changes the key, for a question of each kind; whose look it counts as; dry runs that no longer hold."""

from typing import Any

import pytest
from sqlmodel import select

from mockhall.accounts.models import Person
from mockhall.attempts.forms import SaveForm
from mockhall.bank import actions as bank
from mockhall.papers.models import PaperVersion
from mockhall.results import rulings
from mockhall.results.models import Regrade
from tests import kinds
from tests.make import Site, make_paper, multiple, numeric, single, text
from tests.results.ruled import Three, look, question, scores, tara
from tests.results.sitting import JSON, browse, chose, person, sit, typed

ALL_BUT_KEY = ["attempt", "correctness", "max_marks", "marks", "overall_feedback"]

STEMS = {"cloze": "[[1]] [[2]] [[3]]"}
NEW_KEYS: dict[str, tuple[Any, SaveForm, dict[str, str]]] = {
    "multiple": (multiple(), chose("o3", "o4"), {"key": "o3"}),
    "numeric": (numeric(), typed("43"), {"number": "42\n43"}),
    "text": (text(), typed("amass"), {"answers": "gather\namass"}),
    "true_false": (kinds.true_false(), chose("t"), {"key": "t"}),
    "match": (
        kinds.match(), SaveForm(parts=(("l1", "r1"), ("l2", "r2"), ("l3", "r3")), seq=1),
        {"pair.l1": "r1", "pair.l2": "r2", "pair.l3": "r3"},
    ),
    "order": (kinds.order(), chose("i1", "i2", "i3", "i4"), {f"place.i{n}": str(n) for n in range(1, 5)}),
    "cloze": (
        kinds.cloze(), SaveForm(parts=(("1", "c1"), ("2", "gather"), ("3", "6")), seq=1),
        {"gap.1": "c1", "gap.2": "await\ngather", "gap.3": "5 to 6"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", NEW_KEYS)
def test_a_key_of_every_kind_can_be_changed(site: Site, kind: str) -> None:
    asked, answer, fields = NEW_KEYS[kind]
    with site.writing() as db:
        made = make_paper(db, sections={"All": [{**asked, "stem": f"Which one? {STEMS.get(kind, '')}"}]})
    sit(site, made, person(site, "Ben"), {1: answer})
    assert scores(site) == {"Ben": "-1 of 3"}
    editor, several = tara(site), {"key": ["o3", "o4"]} if kind == "multiple" else {}
    url = look(site, editor, action="change_key", **(fields | several))
    editor.post(f"{url}/apply")
    assert scores(site) == {"Ben": "3 of 3"}
    page = editor.get(f"/desk/questions/{question(site).code}/rulings").text
    assert "Since" not in page  # its newest version has the new key itself


def test_a_ruling_by_who_did_not_write_the_question_counts_as_their_look(site: Site, three: Three) -> None:
    editor = tara(site)
    site.clock.forward(days=1)
    editor.post(f"{look(site, editor, action='uphold')}/apply")
    page = editor.get(f"/desk/questions/{question(site).code}").text
    assert "Key ruling: B is right too" in page
    assert question(site).verified_at == site.clock.at


def test_its_author_rules_for_everybody_and_the_new_key_waits_for_a_second_person(site: Site, three: Three) -> None:
    editor = tara(site)
    with site.writing() as db:
        author = db.exec(select(Person).where(Person.name == "Tara")).one()
        version = bank.newest_version(db, question(site))
        version.created_by_id = author.id
        db.add(version)
    editor.post(f"{look(site, editor, action='change_key', key='o2')}/apply")
    found = question(site)
    assert (found.status, found.version, found.verified_version) == ("in_review", 2, 1)
    assert scores(site)["Ben"] == "6 of 6"


def test_a_dry_run_is_not_applied_once_another_ruling_was(site: Site, three: Three) -> None:
    editor = tara(site)
    first, second = look(site, editor, action="dropped"), look(site, editor, action="leave_out")
    site.clock.forward(minutes=1)
    editor.post(f"{first}/apply")
    reply = editor.post(f"{second}/apply", headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (409, "outdated")
    assert scores(site)["Nina"] == "6 of 6"


def test_an_answered_report_tells_no_key_before_right_answers_are_shown(site: Site) -> None:
    closed = {"during": [], "closed": [], "immediately": ALL_BUT_KEY, "later": ALL_BUT_KEY}
    with site.writing() as db:
        made = make_paper(db, sections={"All": [single(stem="Which one?")]})
        version = db.exec(select(PaperVersion).where(PaperVersion.paper_id == made.id)).one()
        version.reveal = closed
        db.add(version)
    ben = person(site, "Ben")
    attempt = sit(site, made, ben, {1: chose("o2")})
    browser, url = browse(site, ben), f"/attempts/{attempt.code}"
    browser.post(f"{url}/reports/1", data={"kind": "key", "text": "B?"}, headers=JSON)
    editor = tara(site)
    editor.post(f"{look(site, editor, action='change_key', key='o2')}/apply", data={"reports": "1"})
    replies = [browser.get(f"{url}/{each}", headers=head).text for each in ("result", "review") for head in ({}, JSON)]
    assert all("The right answer was changed." in each for each in replies)
    assert not any("B is right too" in each for each in replies)


def test_a_question_with_a_number_nobody_has_is_none(site: Site) -> None:
    with site.writing() as db:
        make_paper(db)
    browser = site.browser()
    room = browser.post("/papers/mock-1/attempts").headers["location"]
    assert browser.post(f"{room}/questions/99999999999999999999").status_code == 404


def test_a_ruling_whose_server_stopped_half_way_is_gone_on_with(site: Site, three: Three) -> None:
    """It holds from when it was applied; the scores that were not marked yet are marked when somebody goes on."""
    editor = tara(site)
    url = look(site, editor, action="change_key", key="o2")
    with site.writing() as db:
        regrade = db.exec(select(Regrade).where(Regrade.code == url.rpartition("/")[2])).one()
        rulings.apply(db, regrade, db.exec(select(Person).where(Person.name == "Tara")).one(), site.clock.at,
                      answer_reports=False)  # fmt: skip
    assert scores(site)["Ben"] == "2 of 6"
    site.clock.forward(minutes=2)
    assert "It has stood still for a minute" in editor.get(url).text
    assert editor.post(url).status_code == 303
    assert scores(site) == {"Asha": "2 of 6", "Ben": "6 of 6", "Nina": "3 of 6"}
    assert "2 scores changed." in editor.get(url).text
