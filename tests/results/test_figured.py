"""A question's figures for the bank: written when its tests are counted, of the analysis that tells most."""

from dataclasses import replace
from fractions import Fraction

from sqlmodel import col, select

from mockhall.bank.models import Question, QuestionFigures, QuestionVersion
from mockhall.exam.analysis import Chosen, ItemFigures
from mockhall.exam.findings import Finding
from mockhall.exam.reliability import figures
from mockhall.exam.spread import counted_quartiles
from mockhall.results import figured
from mockhall.results.analysed import QuestionStatistics, Statistics
from tests.make import START, Site, make_paper, queries, single
from tests.results.six_people import six_paper, six_people, version_of
from tests.results.test_statistics import refreshed


def counted(version: int, people: int, facility: float, *findings: Finding) -> QuestionStatistics:
    """What an analysis says of one version of a question."""
    found = ItemFigures(facility, 10.0, 30.0, None, None, negative_covariance=False, people=people)
    return QuestionStatistics(version, people, Fraction(3), people, 0, 0, 0, found, 0, None, (), findings)


def analysis(paper_version: int, *questions: QuestionStatistics) -> Statistics:
    """An analysis of a paper with these questions."""
    return Statistics(paper_version, Chosen.FIRST, START, 50, Fraction(3), figures({}, []), [], questions)


def kept(site: Site) -> list[tuple[float | None, int, str]]:
    """Facility, answers and finding of each question that has figures."""
    with site.reading() as db:
        rows = db.exec(select(QuestionFigures).order_by(col(QuestionFigures.question_id)))
        return [(row.facility, row.answers, row.finding) for row in rows]


def test_counting_a_test_gives_each_of_its_questions_its_figures(site: Site) -> None:
    made = six_paper(site)
    six_people(site, made)
    refreshed(site, version_of(site, made))
    assert [(round(facility or 0, 1), answers) for facility, answers, _ in kept(site)] == [
        (79.2, 6), (41.7, 6), (20.8, 6), (20.8, 6), (41.7, 6),
    ]  # fmt: skip


def test_another_analysis_takes_the_place_when_it_tells_more(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, sections={"One": [single()]})
        question = db.exec(select(Question)).one()
        first = db.exec(select(QuestionVersion)).one()
        second = QuestionVersion(**first.model_dump(exclude={"id", "number"}), number=2)
        db.add(second)
        db.flush()
        one, two = first.id or 0, second.id or 0
        assert question.id

    def after(*parts: Statistics) -> tuple[float | None, int, str]:
        with site.writing() as db:
            for each in parts:
                figured.keep(db, each)
        return kept(site)[0]

    assert after(analysis(1, counted(one, 40, 10, Finding.HARD, Finding.WEAK))) == (10, 40, "Hard")
    assert after(analysis(2, counted(one, 20, 90))) == (10, 40, "Hard")  # fewer answers of the same version
    assert after(analysis(1, counted(one, 35, 15))) == (15, 35, "")  # the same analysis counted anew
    assert after(analysis(2, counted(one, 60, 50))) == (50, 60, "")
    assert after(analysis(3, counted(two, 5, 99))) == (50, 60, "")  # a newer version that few have answered
    assert after(analysis(3, counted(two, 30, 70))) == (70, 30, "")
    assert after(analysis(2, counted(one, 900, 51))) == (70, 30, "")  # what an older version did is history
    assert after(analysis(4, counted(one, 50, 1), counted(two, 45, 72))) == (72, 45, "")  # both, from draws


def test_it_takes_the_same_few_statements_for_one_question_or_many(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, sections={"One": [single(stem=f"Question {n}") for n in range(40)]})
        versions = list(db.exec(select(QuestionVersion.id)))
    many = analysis(1, *(counted(each, 40, 50) for each in versions))
    with site.writing() as db, queries(site) as seen:
        figured.keep(db, many)
        figured.keep(db, replace(many, in_order=many.in_order[:1]))
    assert len(kept(site)) == 40
    assert len(seen) <= 6


def test_the_median_time_is_kept_once_thirty_were_timed(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, sections={"One": [single()]})
        version = db.exec(select(QuestionVersion)).one().id or 0
        for timed, kept_as in ((29, None), (30, 45.0)):
            one = replace(counted(version, timed, 50.0), timed=timed, seconds=counted_quartiles({45: timed}))
            figured.keep(db, analysis(1, one))
            db.expire_all()
            assert db.exec(select(QuestionFigures.seconds)).one() == kept_as
