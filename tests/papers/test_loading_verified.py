"""Questions from files count as verified; what the desk did to one since stays as it is."""

from sqlmodel import select

from mockhall.bank.models import Question, QuestionStatus
from tests.bank.desk_of import edit, step, tara
from tests.make import START, Site
from tests.papers.files import paper_file, question_file
from tests.papers.test_loading import LATER, asked, load


def question(site: Site) -> Question:
    with site.reading() as db:
        found: Question = db.exec(select(Question)).one()
        return found


def test_a_file_and_its_next_edition_are_verified_when_they_are_loaded(site: Site) -> None:
    load(site, paper_file())
    first = question(site)
    assert (first.status, first.verified_version, first.verified_at) == (QuestionStatus.VERIFIED, 1, LATER)
    load(site, paper_file(questions=[question_file(stem="Which one, really?")]))
    assert (question(site).verified_version, question(site).verified_by_id) == (2, None)


def test_a_question_that_waits_in_review_is_loaded_in_the_version_that_was_verified(site: Site) -> None:
    load(site, paper_file())
    edit(tara(site), question(site).code, stem="Which one, Tara asks?")
    assert question(site).status == QuestionStatus.IN_REVIEW
    load(site, paper_file(title="Another title"))
    assert [(number, stem) for _, number, stem in asked(site)] == [(1, "Which one?")]


def test_what_was_taken_back_at_the_desk_is_not_verified_by_its_file(site: Site) -> None:
    load(site, paper_file())
    site.clock.at = START
    step(tara(site), question(site).code, "draft")
    load(site, paper_file(questions=[question_file(stem="Which one, really?")]))
    found = question(site)
    assert (found.status, found.version, found.verified_version) == (QuestionStatus.DRAFT, 2, 1)
