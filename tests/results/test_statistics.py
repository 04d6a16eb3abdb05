"""Statistics of a paper: the vector of exam-semantics 7 out of the database, kept, and counted anew when due."""

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlmodel import col, select

from mockhall.exam.analysis import Chosen
from mockhall.exam.findings import OptionRow
from mockhall.exam.spread import Quartiles
from mockhall.papers.models import Paper, PaperVersion
from mockhall.results import statistics, tallying
from mockhall.results.analysed import Statistics
from mockhall.results.models import ScoreRow
from tests.make import Site, queries, single
from tests.results.sitting import chose, paper, person, sit
from tests.results.six_people import sit_slowly, six_paper, six_people, version_of


def refreshed(site: Site, version: PaperVersion, chosen: Chosen = Chosen.FIRST) -> Statistics:
    """Counted now."""
    return statistics.refresh(site.app.state.database, version.id or 0, chosen, site.clock.at)


def shown(site: Site, version: PaperVersion, chosen: Chosen = Chosen.FIRST) -> statistics.Figures | None:
    """What a page gets."""
    with site.reading() as db:
        return statistics.current(db, version, chosen, site.clock.at)


def test_the_vector_comes_out_of_the_database_to_four_decimals(site: Site) -> None:
    made = six_paper(site)
    six_people(site, made)
    found = refreshed(site, version_of(site, made))
    rows = [
        (each.figures.facility, each.figures.sd, each.figures.discrimination, each.figures.efficiency,
         each.figures.effective_weight)
        for each in found.in_order
    ]  # fmt: skip
    assert [tuple(round(each or 0, 4) for each in row) for row in rows] == [
        (79.1667, 51.0310, 24.6321, 37.5000, 18.0784),
        (41.6667, 64.5497, 23.1699, 23.2877, 21.4261),
        (20.8333, 62.0819, 21.3469, 23.1156, 20.5201),
        (20.8333, 62.0819, 78.8025, 100.0000, 26.3571),
        (41.6667, 64.5497, -15.1292, -18.0556, 13.6182),
    ]
    whole = found.paper
    figures = (whole.mean, whole.median, whole.sd, whole.skewness, whole.kurtosis, whole.consistency)
    assert tuple(round(each or 0, 4) for each in figures) == (8.1667, 8, 6.7651, 0.0529, -2.4447, 43.5178)
    assert (round(whole.error_ratio or 0, 4), round(whole.standard_error or 0, 4)) == (75.1546, 5.0843)
    assert (found.people, found.max) == (6, Fraction(20))
    assert found.totals == [(1, 2), (5, 1), (11, 1), (15, 1), (16, 1)]


def test_options_times_and_outcomes_are_counted(site: Site) -> None:
    """The thirds are the first two people and the last two, who both have one mark."""
    made = six_paper(site)
    six_people(site, made)
    third = refreshed(site, version_of(site, made)).in_order[2]
    assert (third.right, third.partly, third.wrong, third.blank) == (2, 0, 3, 1)
    assert third.options == [
        OptionRow("o1", True, 2, 1, 0), OptionRow("o2", False, 3, 1, 1),
        OptionRow("o3", False, 0, 0, 0), OptionRow("o4", False, 0, 0, 0),
    ]  # fmt: skip
    assert (third.timed, third.seconds) == (6, Quartiles(Fraction(30), Fraction(30), Fraction(30)))
    assert (third.strongest_wrong or third.options[0]).option == "o2"
    assert third.findings == []  # six people are too few


def test_what_was_kept_is_what_was_counted(site: Site) -> None:
    made = six_paper(site)
    six_people(site, made)
    version = version_of(site, made)
    counted = refreshed(site, version)
    with site.reading() as db, queries(site) as sent:
        kept = statistics.latest(db, version.id or 0)
    assert kept == counted
    assert len(sent) == 1
    assert list(kept.questions) == [each.version for each in counted.in_order]


def test_pages_of_attempts_add_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    made = six_paper(site)
    six_people(site, made)
    version = version_of(site, made)
    at_once = refreshed(site, version)
    monkeypatch.setattr(tallying, "PAGE", 1)
    assert refreshed(site, version) == at_once


def thrice(site: Site) -> tuple[Paper, PaperVersion]:
    """Asha sits three times: 0, 8 and 4 marks; Ben once, 4; Tara looks at it as a preview."""
    questions = [single(), single()]
    made = paper(site, sections={"All": questions}, scheme={"full": "4", "wrong": "0"}, shuffle_options=False)
    asha, ben = person(site, "Asha"), person(site, "Ben")
    for right in ([], [1, 2], [1]):
        sit(site, made, asha, {number: chose("o1" if number in right else "o2") for number in (1, 2)})
    sit(site, made, ben, {1: chose("o1")})
    return made, version_of(site, made)


@pytest.mark.parametrize(
    ("chosen", "totals"),
    [
        (Chosen.FIRST, [(0, 1), (4, 1)]),
        (Chosen.HIGHEST, [(4, 1), (8, 1)]),
        (Chosen.LAST, [(4, 2)]),
        (Chosen.ALL, [(0, 1), (4, 2), (8, 1)]),
    ],
)
def test_which_attempts_are_analysed_can_be_chosen(site: Site, chosen: Chosen, totals: list[object]) -> None:
    _, version = thrice(site)
    assert refreshed(site, version, chosen).totals == totals


def test_a_paper_nobody_has_sat_has_figures_of_nobody(site: Site) -> None:
    found = refreshed(site, version_of(site, six_paper(site)))
    assert (found.people, found.in_order, found.paper.mean, found.max) == (0, [], None, None)


def test_few_attempts_are_counted_at_once_and_many_wait_for_the_next_round(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = six_paper(site)
    version = version_of(site, made)
    six_people(site, made)
    found = shown(site, version)
    assert found is not None
    assert (found.statistics.people, found.is_stale) == (6, False)
    monkeypatch.setattr(statistics, "FEW", 5)
    assert shown(site, version) is None
    site.clock.forward(minutes=5)
    refreshed(site, version)
    assert shown(site, version).is_stale is False  # type: ignore[union-attr]
    sit_slowly(site, made, person(site, "Ben"), {1: chose("o1")})
    found = shown(site, version)
    assert found is not None
    assert (found.statistics.people, found.is_stale) == (6, True)


def test_new_results_are_counted_in_the_next_round_and_no_others(site: Site) -> None:
    made, database = six_paper(site), site.app.state.database
    six_people(site, made)
    assert statistics.refresh_stale(database, site.clock.forward(minutes=1)) == 1
    assert statistics.refresh_stale(database, site.clock.forward(minutes=10)) == 0
    sit_slowly(site, made, person(site, "Ben"), {1: chose("o1")})
    assert statistics.refresh_stale(database, site.clock.forward(minutes=1)) == 1
    with site.reading() as db:
        kept = statistics.latest(db, version_of(site, made).id or 0)
    assert kept is not None
    assert kept.people == 7


def test_a_result_that_was_under_way_is_not_missed(site: Site) -> None:
    """Counted within ten seconds of the newest result: one with an earlier moment may have come after."""
    made, database = six_paper(site), site.app.state.database
    six_people(site, made)
    assert statistics.refresh_stale(database, site.clock.forward(seconds=5)) == 1
    with site.writing() as db:
        early = db.exec(select(ScoreRow).order_by(col(ScoreRow.id).desc())).first()
        assert early is not None
        early.scored_at -= timedelta(seconds=1)
        db.add(early)
    assert statistics.refresh_stale(database, site.clock.forward(seconds=30)) == 0  # not old enough
    assert statistics.refresh_stale(database, site.clock.forward(seconds=40)) == 1
    assert statistics.refresh_stale(database, site.clock.forward(minutes=2)) == 0


def test_what_no_longer_holds_is_counted_anew(site: Site) -> None:
    made, database = six_paper(site), site.app.state.database
    six_people(site, made)
    version = version_of(site, made)
    statistics.refresh_stale(database, site.clock.forward(minutes=1))
    with site.writing() as db:
        statistics.forget(db, version.paper_id)
    assert statistics.refresh_stale(database, site.clock.forward(minutes=2)) == 1
