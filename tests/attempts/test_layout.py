"""What an attempt starts with: shuffled sections, drawn questions, a thousand of them."""

from sqlmodel import select

from mockhall.attempts.models import Attempt
from mockhall.exam.draws import Draw
from tests.attempts.room_of import JSON, a_paper, sit
from tests.attempts.sections_of import page, timed
from tests.make import Site, single


def test_shuffled_sections_are_taken_in_the_attempts_own_order(site: Site) -> None:
    timed(site, shuffle_sections=True)
    seen = set()
    for _ in range(12):
        sitting = sit(site)
        found = sitting.state()["sections"]
        seen.add(tuple(each["title"] for each in found))
        assert [each["stage"] for each in found] == ["open", "ahead", "ahead"]
        assert [each["number"] for each in found[0]["questions"]] == [1, 2]
    assert len(seen) > 2


def test_questions_are_drawn_at_the_start_and_stay(site: Site) -> None:
    a_paper(site, slug="bank", sections={"A": [single(stem=f"bank {n}") for n in range(9)]})
    a_paper(site, sections={"A": [single(stem="fixed")], "B": []}, draws={"B": [Draw(4)]})
    seen = set()
    for _ in range(6):
        sitting = sit(site)
        stems = [each["stem_html"] for section in sitting.state()["sections"] for each in section["questions"]]
        assert len(stems) == len(set(stems)) == 5
        assert "fixed" in stems[0]
        again = [each["stem_html"] for section in sitting.state()["sections"] for each in section["questions"]]
        assert again == stems
        seen.add(tuple(sorted(stems)))
    assert len(seen) > 2


def test_a_test_whose_draws_cannot_be_had_is_not_started(site: Site) -> None:
    a_paper(site, sections={"A": [single()]}, draws={"A": [Draw(4)]})
    reply = site.browser().post("/papers/mock-1/attempts", headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (409, "cannot_draw")
    with site.reading() as db:
        assert db.exec(select(Attempt)).all() == []


def test_a_thousand_questions_in_sections_send_one_section_at_a_time(site: Site) -> None:
    names = [f"Part {n}" for n in range(10)]
    many = {name: [single(stem=f"STEM {name}") for _ in range(100)] for name in names}
    a_paper(site, sections=many, sat={name: {"minutes_max": 6} for name in names})
    sitting = sit(site)
    text = page(sitting).text
    assert text.count('<form class="sheet') == 100
    assert "STEM Part 1" not in text
    assert len(text) < 500_000
