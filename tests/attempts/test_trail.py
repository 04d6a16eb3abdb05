"""Each change of a kept answer leaves a line in the question's trail, for the result and for staff."""

from datetime import timedelta

from sqlmodel import select

from mockhall.attempts.models import Attempt, Response
from mockhall.exam import trail
from mockhall.exam.paper import Answer
from mockhall.exam.trail import Kept, answers
from tests.attempts.room_of import a_paper, sit
from tests.make import START, Site


def kept(site: Site, code: str, number: int = 1) -> list[Kept]:
    """The trail of a question."""
    query = select(Response.trail).join(Attempt).where(Attempt.code == code, Response.number == number)
    with site.reading() as db:
        return answers(db.exec(query).one())


def test_a_changed_answer_is_in_the_trail_and_an_equal_one_is_not(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    assert kept(site, sitting.code) == []
    for seq, choice in enumerate(["o2", "o2", "o1"], start=1):
        sitting.save(1, choice=choice, seq=seq, marked="1" if seq == 2 else "0")
        site.clock.forward(seconds=30)
    sitting.save(1, seq=4)
    assert [(each.at - START, each.answer) for each in kept(site, sitting.code)] == [
        (timedelta(0), Answer(("o2",))), (timedelta(seconds=60), Answer(("o1",))), (timedelta(seconds=90), Answer()),
    ]  # fmt: skip
    assert kept(site, sitting.code, 2) == []


def test_a_stale_save_leaves_no_trace(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(1, choice="o2", seq=5)
    assert sitting.save(1, choice="o3", seq=4).status_code == 409
    assert [each.answer for each in kept(site, sitting.code)] == [Answer(("o2",))]


def test_a_script_that_saves_without_end_does_not_grow_the_trail_without_end(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    for seq in range(1, 40):
        assert sitting.save(4, text=str(seq) * 400, seq=seq).status_code == 200
    with site.reading() as db:
        length = len(db.exec(select(Response.trail).where(Response.number == 4)).one())
    assert length <= trail.LONGEST + trail.LONGEST_ENTRY + 1
    assert sitting.question(4)["text"] == "39" * 400
