"""Handing in many times at once: one transition, one score."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlmodel import col, func, select

from mockhall.attempts import closing
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.results.models import MarkRow, ScoreRow
from tests.make import Site
from tests.results.sitting import EXAMPLE_ANSWERS, JSON, begin, browse, example_paper, person, reload

AT_ONCE = 50


def test_fifty_submits_at_once_give_one_score(site: Site) -> None:
    made, asha = example_paper(site), person(site, "Asha")
    with site.writing() as db:
        attempt = begin(db, site, made, asha, EXAMPLE_ANSWERS)
    state, barrier = site.app.state, Barrier(AT_ONCE)

    def press(_: int) -> bool:
        barrier.wait()
        with site.writing() as db:
            mine = db.exec(select(Attempt).where(col(Attempt.id) == attempt.id).with_for_update()).one()
            return closing.hand_in(db, mine, site.clock.at, state.settings.grace, state.on_close)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert all(pool.map(press, range(AT_ONCE)))
    with site.reading() as db:
        assert db.exec(select(func.count()).select_from(ScoreRow)).one() == 1
        assert db.exec(select(func.count()).select_from(MarkRow)).one() == 5
    assert reload(site, attempt).state == AttemptState.SCORED


def test_many_who_look_at_an_overdue_attempt_at_once_close_it_once(site: Site) -> None:
    made, asha = example_paper(site), person(site, "Asha")
    with site.writing() as db:
        attempt = begin(db, site, made, asha, EXAMPLE_ANSWERS)
    site.clock.forward(hours=1)
    browsers = [browse(site, asha) for _ in range(12)]
    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(lambda each: each.get(f"/attempts/{attempt.code}/result", headers=JSON).json(), browsers))
    assert {each["score"] for each in found} == {"11/3"}
    with site.reading() as db:
        assert db.exec(select(func.count()).select_from(ScoreRow)).one() == 1
