"""Loading content files: what changes, what stays, what happens twice."""

import threading
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, func, select

from mockhall.bank.models import Question, QuestionVersion, Topic
from mockhall.exam.kinds import Difficulty
from mockhall.formats.values import PaperValue, SectionValue
from mockhall.papers.loading import Loaded, load_paper
from mockhall.papers.models import Paper, PaperQuestion, PaperSection, PaperStatus, PaperVersion
from tests.make import START, Site
from tests.papers.files import marking, paper_file, question_file

LATER = START + timedelta(days=1)


def load(site: Site, value: PaperValue) -> Loaded:
    with site.writing() as db:
        return load_paper(db, value, LATER)


def counts(site: Site) -> dict[str, int]:
    tables = {"papers": Paper, "versions": PaperVersion, "questions": Question, "question_versions": QuestionVersion}
    with site.reading() as db:
        return {name: db.exec(select(func.count()).select_from(table)).one() for name, table in tables.items()}


def asked(site: Site, slug: str = "mock-1", number: int | None = None) -> list[tuple[int, int, str]]:
    """(question id, number of its version, stem) of each place in a version, the newest unless told."""
    query = (
        select(QuestionVersion.question_id, QuestionVersion.number, QuestionVersion.stem)
        .join(PaperQuestion, col(PaperQuestion.question_version_id) == col(QuestionVersion.id))
        .join(PaperSection, col(PaperSection.id) == col(PaperQuestion.section_id))
        .join(PaperVersion, col(PaperVersion.id) == col(PaperSection.paper_version_id))
        .join(Paper, col(Paper.id) == col(PaperVersion.paper_id))
        .where(col(Paper.slug) == slug, col(PaperVersion.number) == (number or col(Paper.version)))
        .order_by(col(PaperSection.position), col(PaperQuestion.position))
    )
    with site.reading() as db:
        return [tuple(row) for row in db.exec(query)]


def change(site: Site, table: type[Paper] | type[Question], **values: object) -> None:
    """As if somebody at the desk had set this on every row."""
    with site.writing() as db:
        for row in db.exec(select(table)):
            for name, value in values.items():
                setattr(row, name, value)
            db.add(row)


def test_a_new_file_becomes_a_published_paper_as_it_says(site: Site) -> None:
    section = SectionValue("Hard", "All of it", marking("4"), (question_file("02-b", "B?"),))
    first = SectionValue("First", "", None, (question_file(marking=marking("5")),))
    value = paper_file(sections=(first, section), minutes=None, attempts=2, reveal="contest", shuffle_questions=True)
    assert load(site, value) == Loaded("mock-1", "added")
    page = site.browser().get("/papers/mock-1", headers={"Accept": "application/json"}).json()
    assert (page["title"], page["minutes"], page["max"], page["attempts_left"]) == ("Mock one", None, "9", 2)
    assert [each["title"] for each in page["sections"]] == ["First", "Hard"]
    with site.reading() as db:
        version = db.exec(select(PaperVersion)).one()
    assert (version.shuffle_questions, version.reveal["immediately"]) == (True, ["attempt", "max_marks"])


def test_opening_and_closing_come_from_the_file(site: Site) -> None:
    load(site, paper_file(opens_at=START + timedelta(hours=1), closes_at=START + timedelta(hours=2)))
    page = site.browser().get("/papers/mock-1", headers={"Accept": "application/json"}).json()
    assert (page["opens_at"], page["closes_at"]) == ("2026-11-22T10:00:00.000Z", "2026-11-22T11:00:00.000Z")


def test_the_same_files_twice_change_nothing(site: Site) -> None:
    load(site, paper_file())
    before = counts(site)
    assert load(site, paper_file()).outcome == "unchanged"
    assert counts(site) == before == {"papers": 1, "versions": 1, "questions": 1, "question_versions": 1}


def test_a_changed_question_makes_one_new_version_of_it_and_one_of_the_paper(site: Site) -> None:
    load(site, paper_file(questions=[question_file(), question_file("02-second", "And two?")]))
    old = asked(site)
    edited = question_file(stem="Which one, really?")
    assert load(site, paper_file(questions=[edited, question_file("02-second", "And two?")])).outcome == "updated"
    assert counts(site) == {"papers": 1, "versions": 2, "questions": 2, "question_versions": 3}
    assert asked(site) == [(old[0][0], 2, "Which one, really?"), old[1]]
    assert asked(site, number=1) == old


def test_a_change_of_the_paper_alone_keeps_the_question_versions(site: Site) -> None:
    load(site, paper_file())
    load(site, paper_file(title="Mock one, second edition", minutes=45, difficulty=Difficulty.ADVANCED))
    assert counts(site) == {"papers": 1, "versions": 2, "questions": 1, "question_versions": 1}
    with site.reading() as db:
        paper = db.exec(select(Paper)).one()
    assert (paper.title, paper.minutes, paper.difficulty) == ("Mock one, second edition", 45, "Advanced")
    page = site.browser().get("/papers/mock-1", headers={"Accept": "application/json"}).json()
    assert (page["version"], page["your_seconds"]) == (2, 2700)


def test_a_running_attempt_keeps_its_version(site: Site) -> None:
    load(site, paper_file())
    browser: TestClient = site.browser()
    url = browser.post("/papers/mock-1/attempts").headers["location"]
    load(site, paper_file(questions=[question_file(stem="Quite another?")], minutes=5))
    assert "Which one?" in browser.get(url).text
    assert "Quite another?" not in browser.get(url).text
    other = site.browser()
    assert "Quite another?" in other.get(other.post("/papers/mock-1/attempts").headers["location"]).text


def test_a_withdrawn_test_stays_withdrawn_although_its_file_changed(site: Site) -> None:
    load(site, paper_file())
    change(site, Paper, status=PaperStatus.WITHDRAWN)
    assert load(site, paper_file(title="Again")).outcome == "updated"
    assert site.browser().get("/papers/mock-1").status_code == 404
    assert site.browser().get("/papers", headers={"Accept": "application/json"}).json()["papers"] == []


def test_a_test_edited_at_the_desk_stays_and_a_notice_says_so(site: Site) -> None:
    load(site, paper_file())
    change(site, Paper, edited_at_desk=True, title="Tara's title")
    assert load(site, paper_file()).outcome == "unchanged"  # the file did not change: nothing to say
    before = counts(site)
    kept = load(site, paper_file(title="The file's title"))
    assert kept.outcome == "kept"
    assert kept.notices == ("mock-1: edited at the desk, so its changed files were not loaded.",)
    assert counts(site) == before
    assert "Tara&#39;s title" in site.browser().get("/papers/mock-1").text


def test_a_question_edited_at_the_desk_stays_and_a_notice_names_its_file(site: Site) -> None:
    load(site, paper_file(questions=[question_file(), question_file("02-second", "And two?")]))
    change(site, Question, edited_at_desk=True)
    edited = [question_file(stem="The file's words"), question_file("02-second", "And two?")]
    done = load(site, paper_file(questions=edited))
    assert done.outcome == "updated"
    assert done.notices == ("mock-1/01-first: edited at the desk, so its file was not loaded.",)
    assert [stem for _, _, stem in asked(site)] == ["Which one?", "And two?"]


def test_a_removed_file_leaves_its_question_in_the_bank(site: Site) -> None:
    load(site, paper_file(questions=[question_file(), question_file("02-second", "And two?")]))
    load(site, paper_file(questions=[question_file()]))
    assert counts(site)["questions"] == 2
    assert [stem for _, _, stem in asked(site)] == ["Which one?"]
    load(site, paper_file(questions=[question_file(), question_file("02-second", "And two?")]))
    assert counts(site) == {"papers": 1, "versions": 3, "questions": 2, "question_versions": 2}


def test_a_renamed_file_is_still_the_same_question(site: Site) -> None:
    load(site, paper_file())
    (old,) = asked(site)
    load(site, paper_file(questions=[question_file("07-renamed")]))
    assert asked(site) == [old]
    with site.reading() as db:
        assert db.exec(select(Question.source)).all() == ["mock-1/07-renamed"]


def test_a_question_moved_to_another_paper_is_still_the_same_question_under_its_new_subject(site: Site) -> None:
    moving, staying = question_file("02-moving", "Moving?"), question_file()
    load(site, paper_file("a", [staying, moving]))
    old = asked(site, "a")[1]
    load(site, paper_file("a", [staying]))
    load(site, paper_file("b", [moving], topic="SQL"))
    assert asked(site, "b") == [old]
    with site.reading() as db:
        query = select(Topic.slug).join(Question).where(col(Question.source) == "b/02-moving")
        assert db.exec(query).one() == "sql-basics"


def test_a_copy_of_a_question_that_another_paper_still_asks_is_a_question_of_its_own(site: Site) -> None:
    load(site, paper_file("a"))
    load(site, paper_file("b"))
    assert asked(site, "a") != asked(site, "b")
    load(site, paper_file("b", [question_file(stem="Only here?")]))
    assert [stem for *_, stem in asked(site, "a")] == ["Which one?"]


def test_two_files_of_one_text_are_two_questions(site: Site) -> None:
    load(site, paper_file(questions=[question_file("01-a"), question_file("02-b")]))
    assert len({question for question, *_ in asked(site)}) == 2


def test_files_that_swap_their_names_keep_the_names(site: Site) -> None:
    load(site, paper_file(questions=[question_file("01-a", "A?"), question_file("02-b", "B?")]))
    (a, *_), (b, *_) = asked(site)
    load(site, paper_file(questions=[question_file("01-a", "B?"), question_file("02-b", "A?")]))
    assert asked(site) == [(a, 2, "B?"), (b, 2, "A?")]


def test_a_paper_that_fails_half_way_leaves_nothing(site: Site) -> None:
    broken = paper_file(questions=[question_file(), question_file("02-b", difficulty=None)])
    with pytest.raises(Exception, match=r"(?i)null"):
        load(site, broken)
    assert counts(site) == {"papers": 0, "versions": 0, "questions": 0, "question_versions": 0}


def test_processes_that_load_the_same_files_at_once_make_one_paper(site: Site) -> None:
    outcomes: list[str] = []
    together = threading.Barrier(4)

    def loads() -> None:
        together.wait()
        outcomes.extend(load(site, paper_file(slug)).outcome for slug in ("a", "b", "c"))

    threads = [threading.Thread(target=loads) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["added"] * 3 + ["unchanged"] * 9
    assert counts(site) == {"papers": 3, "versions": 3, "questions": 3, "question_versions": 3}
