"""Questions are remembered as they are marked: by the version of the paper too, whose marks may be others."""

from sqlmodel import select

from mockhall.papers.models import Paper
from mockhall.papers.versions import add_version, newest_version, plan_of, rules_of
from mockhall.results.models import MarkRow, ScoreRow
from tests.make import Site, make_paper, queries, single
from tests.results.sitting import begin, chose, hand_in, person, sit


def totals(site: Site) -> list[str]:
    with site.reading() as db:
        return [str(row.score) for row in db.exec(select(ScoreRow).order_by(ScoreRow.id))]  # type: ignore[arg-type]


def test_the_same_questions_in_a_newer_version_are_marked_by_its_scheme(site: Site) -> None:
    asha = person(site, "Asha")
    with site.writing() as db:
        made = make_paper(db, sections={"One": [single(), single(1)]}, scheme={"full": "3", "wrong": "-1"})
    answers = {1: chose("o1"), 2: chose("o1")}
    sit(site, made, asha, answers)
    with site.writing() as db:
        paper = db.get_one(Paper, made.id)
        older = newest_version(db, paper)
        paper.version += 1
        rules = rules_of(older) | {"scheme": {"full": "5", "wrong": "-1/3"}}
        add_version(db, paper, rules, plan_of(db, older), site.clock.at)
    sit(site, paper, asha, answers)
    assert totals(site) == ["2", "14/3"]


def test_marking_the_second_attempt_reads_no_question_again_and_writes_all_marks(site: Site) -> None:
    asha, ben = person(site, "Asha"), person(site, "Ben")
    with site.writing() as db:
        made = make_paper(db, sections={"One": [single() for _ in range(12)]})
    sit(site, made, asha, {1: chose("o1")})
    with site.writing() as db:
        attempt = begin(db, site, made, ben, {1: chose("o2"), 12: chose("o1")})
        with queries(site) as seen:
            hand_in(db, site, attempt)
    assert not [each for each in seen if "question_versions" in each]
    assert len(seen) < 14
    with site.reading() as db:
        marks = db.exec(select(MarkRow)).all()
    assert len(marks) == 24
    assert sorted({str(each.marks) for each in marks}) == ["-1", "0", "3"]
