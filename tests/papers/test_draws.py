"""Papers that draw from the bank: what is stored, what the bank offers, what is said when it has too few."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from mockhall import startup
from mockhall.accounts.models import Role
from mockhall.bank.models import Question, QuestionStatus, QuestionVersion
from mockhall.bank.pool import pool
from mockhall.exam.draws import Draw
from mockhall.formats.values import DrawValue, PaperRules, SectionRules, SectionValue
from mockhall.papers.drawing import drawn_for
from mockhall.papers.loading import load_paper
from mockhall.papers.models import Paper
from mockhall.papers.queries import layout, outline
from mockhall.papers.versions import SectionPlan, add_version, newest_version, plan_of, rules_of
from tests.formats.texts import PAPER, write_paper
from tests.make import START, Site, make_paper, make_person, single
from tests.papers.files import paper_file, question_file


def the_pool(site: Site) -> dict[str, Any]:
    """What may be drawn, by stem."""
    with site.reading() as db:
        stems = {each.id: each.stem for each in db.exec(select(QuestionVersion))}
        return {stems[each.version]: each for each in pool(db)}


def test_all_rules_of_a_file_are_stored_and_taken_over_by_the_next_version(site: Site) -> None:
    rules = PaperRules(True, "strict_cbt", "window", 5, True, True, True, True, "required", "optional", "Sesame", 60,
                       ("en", "hi"))  # fmt: skip
    sat = SectionRules(True, 5, 20, 45, "first", 2)
    section = SectionValue("First", "", None, (question_file(),), sat, (DrawValue(Draw(2, "Basics", "Easy", "t")),))
    with site.writing() as db:
        load_paper(db, paper_file(sections=(section,), rules=rules), START)
    with site.writing() as db:
        paper = db.exec(select(Paper)).one()
        assert paper.question_count == 3
        first = newest_version(db, paper)
        assert {name: getattr(first, name) for name in vars(rules)} == vars(rules) | {"languages": ["en", "hi"]}
        plan = plan_of(db, first)
        assert (plan[0].rules, plan[0].draws) == (sat, [Draw(2, "Basics", "Easy", "t")])
        paper.version += 1
        second = add_version(db, paper, rules_of(first), plan, START)
        assert plan_of(db, second) == plan
        assert rules_of(second) == rules_of(first)


def test_the_pool_is_each_question_in_its_newest_verified_version_and_none_with_its_own_marking(site: Site) -> None:
    stems = ("tagged", "own", "draft", "mended", "retired")
    questions = [single(stem=stem, tags=["Outer Joins"], difficulty="Medium") for stem in stems]
    questions[1]["scheme"] = {"full": "9"}
    with site.writing() as db:
        make_paper(db, sections={"A": questions})
        query = select(Question, QuestionVersion).join(QuestionVersion, col(QuestionVersion.question_id) == Question.id)
        for question, version in db.exec(query).all():
            if version.stem == "draft":
                question.status, question.verified_version = QuestionStatus.DRAFT, None
            if version.stem == "retired":
                question.status = QuestionStatus.RETIRED
            if version.stem in {"tagged", "mended"}:
                rest = version.model_dump(exclude={"id", "number", "stem"})
                db.add(QuestionVersion(**rest, number=2, stem=f"{version.stem} anew"))
                question.version = 2
            if version.stem == "tagged":
                question.verified_version = 2
            if version.stem == "mended":
                question.status = QuestionStatus.IN_REVIEW
    found = the_pool(site)
    assert set(found) == {"tagged anew", "mended"}
    assert found["tagged anew"].topics == {"basics", "fastapi"}
    assert found["tagged anew"].tags == {"outer joins"}
    assert found["tagged anew"].difficulty == "Medium"


def test_what_is_drawn_differs_by_candidate_and_is_never_a_question_the_test_lists(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, "bank", {"A": [single(stem=f"q{n}") for n in range(12)]})
        paper = make_paper(db, sections={"A": [single(stem="fixed")]})
        version = newest_version(db, paper)
        paper.version += 1
        plan = [*plan_of(db, version), SectionPlan("B", draws=[Draw(3), Draw(2)])]
        add_version(db, paper, rules_of(version), plan, START)
    with site.reading() as db:
        found = layout(db, newest_version(db, db.exec(select(Paper).where(Paper.slug == "mock-1")).one()))
        fixed = found.placed[0].question.id
        seen = set()
        for seed in map(str, range(20)):
            drawn = drawn_for(db, found, seed)
            assert list(drawn) == [2]
            assert len(set(drawn[2])) == 5
            assert fixed not in drawn[2]
            seen.add(tuple(sorted(drawn[2])))
        assert len(seen) > 15
        shown = outline(db, found.version)
        assert [(each.questions, each.drawn, str(each.max)) for each in shown.sections] == [(1, 0, "3"), (5, 5, "15")]


def test_optional_questions_make_a_section_worth_its_dearest_k(site: Site) -> None:
    with site.writing() as db:
        paper = make_paper(db, sections={"A": [single(), single(scheme={"full": "5"}), single(), single()]})
        version = newest_version(db, paper)
        paper.version += 1
        plan = plan_of(db, version)
        plan[0].rules = SectionRules(choose="best", choose_k=2)
        add_version(db, paper, rules_of(version), plan, START)
    with site.reading() as db:
        shown = outline(db, newest_version(db, db.exec(select(Paper)).one()))
        assert (shown.questions, str(shown.max)) == (4, "8")


def test_loading_a_test_the_bank_cannot_serve_says_so_with_file_and_line(site: Site, tmp_path: Path) -> None:
    write_paper(tmp_path / "papers" / "one", {"paper.yaml": PAPER + "    draws: [{count: 2}]\n"})
    _, problems = startup.load(site.app.state.database, tmp_path, START)
    said = [str(each) for each in problems]
    assert len(said) == 1
    assert said[0].startswith(f"{tmp_path}/papers/one/paper.yaml:20: notice: 2 questions can't be drawn. The bank has")
    write_paper(tmp_path / "papers" / "two")
    assert startup.load(site.app.state.database, tmp_path, START)[1] == []


def test_an_edit_of_a_section_at_the_desk_keeps_its_floor(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, sat={"First": {"floor": Fraction(-2)}})
        tara = make_person(db, "Tara", Role.EDITOR)
    browser = site.signed_in(tara)
    fields = {"version": "1", "title": "First", "minutes_max": "20", "then": "save"}
    reply = browser.post("/desk/papers/mock-1/sections/1", data=fields)
    assert reply.status_code == 303, reply.text
    with site.reading() as db:
        paper = db.exec(select(Paper)).one()
        rules = plan_of(db, newest_version(db, paper))[0].rules
        assert (rules.minutes_max, rules.floor) == (20, Fraction(-2))
