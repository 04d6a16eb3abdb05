"""Late answers: none to what was closed before the end, and staff are told when the right ones could be read first."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from mockhall.accounts.models import AuditEntry
from tests.attempts.room_of import JSON, Sitting, a_paper, sit
from tests.attempts.sections_of import THREE, leave, opens, page, sweep
from tests.attempts.test_late import kept, late_save, late_sitting, staff
from tests.make import START, Site

WARNING = "Arrived after the answers could be read"


def kept_late(site: Site, sitting: Sitting, number: int) -> bool:
    found: bool = late_save(site, sitting, number, choice="o1", seq=9)["kept_late"]
    return found


@pytest.mark.parametrize("is_settled", [True, False], ids=["settled", "nobody looked"])
def test_only_the_section_that_ended_with_the_test_takes_late_answers(site: Site, is_settled: bool) -> None:
    a_paper(site, sections=THREE, sat={"A": {"one_way": True}})
    sitting = sit(site)
    leave(sitting, 1)
    if is_settled:
        site.clock.at = START + timedelta(minutes=40)
        sweep(site)
        page(sitting, "/result")
    assert [kept_late(site, sitting, number) for number in (1, 3, 5)] == [False, True, False], "left, open, ahead"


@pytest.mark.parametrize("is_settled", [True, False], ids=["settled", "nobody looked"])
def test_a_last_section_with_a_time_of_its_own_ends_with_the_test_and_takes_late_answers(
    site: Site, is_settled: bool
) -> None:
    a_paper(site, sections=THREE, sat={each: {"minutes_max": 10} for each in THREE})
    sitting = sit(site)
    leave(sitting, 1)
    leave(sitting, 2)
    if is_settled:
        site.clock.at = START + timedelta(minutes=40)
        sweep(site)
        page(sitting, "/result")
    assert [kept_late(site, sitting, number) for number in (1, 3, 5)] == [False, False, True]


@pytest.mark.parametrize("rules", [{"one_way": True, "minutes_max": 30}, {"question_seconds": 60}])
@pytest.mark.parametrize("is_settled", [True, False], ids=["settled", "nobody looked"])
def test_a_question_never_opened_or_left_behind_takes_no_late_answer(
    site: Site, rules: dict[str, Any], is_settled: bool
) -> None:
    a_paper(site, sections={"A": [*THREE["A"], *THREE["B"]]}, sat={"A": rules})
    sitting = sit(site)
    site.clock.forward(minutes=29.5)
    assert opens(sitting, 2).status_code == 200
    if is_settled:
        site.clock.at = START + timedelta(minutes=40)
        sweep(site)
        page(sitting, "/result")
    assert [kept_late(site, sitting, number) for number in (1, 2, 3)] == [False, True, False]


def looked_first(site: Site, **rules: Any) -> Sitting:
    """Who looked at the result ten minutes after the end, and whose answer comes an hour after it."""
    a_paper(site, **rules)
    sitting = sit(site)
    site.clock.forward(minutes=40)
    page(sitting, "/result")
    assert kept_late(site, sitting, 1) is True
    return sitting


def test_staff_are_told_when_the_answers_could_be_read_first_and_say_so_to_accept(site: Site) -> None:
    sitting, sita = looked_first(site), staff(site)
    shown = sita.get(f"/desk/attempts/{sitting.code}").text
    assert WARNING in shown
    assert 'name="shown"' in shown
    refused = sita.post(f"/desk/attempts/{sitting.code}/late", headers=JSON)
    assert (refused.status_code, refused.json()["reason"]) == (409, "answers_shown")
    assert [each.accepted_at for each in kept(site)] == [None]
    assert sita.post(f"/desk/attempts/{sitting.code}/late", data={"shown": "1"}).status_code == 303
    with site.reading() as db:
        logged = db.exec(select(AuditEntry).where(AuditEntry.verb == "late")).one()
    assert logged.subject.endswith("came after answers were shown")


def test_where_nothing_could_be_read_yet_nothing_need_be_said(site: Site) -> None:
    sitting, sita = late_sitting(site), staff(site)
    assert WARNING not in sita.get(f"/desk/attempts/{sitting.code}").text
    assert sita.post(f"/desk/attempts/{sitting.code}/late", headers=JSON).json()["accepted"] == 2


def test_where_the_answers_were_still_hidden_nothing_need_be_said_either(site: Site) -> None:
    sitting, sita = looked_first(site, reveal="contest", closes_at=START + timedelta(days=7)), staff(site)
    site.clock.forward(days=10)
    shown = sita.get(f"/desk/attempts/{sitting.code}").text
    assert "Answers that came too late" in shown
    assert WARNING not in shown
    assert sita.post(f"/desk/attempts/{sitting.code}/late", headers=JSON).json()["accepted"] == 1
