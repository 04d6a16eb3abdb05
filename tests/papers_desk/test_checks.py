"""What stands beside a test before it is published: what is in the way, what to think about, what is well."""

import re
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from mockhall.accounts.models import Role
from mockhall.bank.models import Question, QuestionFigures
from mockhall.exam.draws import Draw
from mockhall.exam.terms import Accommodation
from mockhall.papers.accommodations import Whom, give
from mockhall.papers.models import Paper, PaperStatus
from tests.accounts.cohorts_of import cohort_of
from tests.bank.desk_of import tara
from tests.make import START, Site, make_paper, make_person, single
from tests.papers_desk.test_papers import paper_of

PAPER = "/desk/papers/mock-1"
PLAIN: dict[str, Any] = {"First": [single()], "Second": [single(1)]}


class Desk:
    """Tara before a draft `mock-1`, and what its page says beside it."""

    def __init__(self, site: Site, **given: Any) -> None:
        with site.writing() as db:
            make_paper(db, status=PaperStatus.DRAFT, **given)
        self.site, self.browser = site, tara(site)

    @property
    def text(self) -> str:
        page = self.browser.get(PAPER).text.split('id="check"')[1]
        return " ".join(re.sub(r"<[^>]*>", " ", page).split())

    def publish(self) -> Any:
        return self.browser.post(f"{PAPER}/status", data={"then": "publish", "version": "1"})

    def is_refused(self, words: str, anchor: str) -> None:
        """Publishing is refused with these words, which lead to their place."""
        reply = self.publish()
        assert reply.status_code == 422
        assert f'<li><a href="#{anchor}">{words}</a></li>' in reply.text
        assert f'id="{anchor}"' in reply.text
        assert paper_of(self.site, "mock-1")[0].status == "draft"


def test_a_sound_test_has_no_problem_and_says_what_is_well(site: Site) -> None:
    text = Desk(site, sections=PLAIN).text
    assert "Every question is verified. Every question has an explanation." in text
    assert "problem" not in text.lower()
    assert "2 easy" in text


def test_who_can_still_start_a_closed_test_is_a_notice_and_no_problem(site: Site) -> None:
    desk = Desk(site, sections=PLAIN, closes_at=START - timedelta(hours=1))
    with site.writing() as db:
        paper, staff = db.exec(select(Paper)).one(), make_person(db, "Sita", Role.STAFF)
        asha, cohort = make_person(db, "Asha"), cohort_of(db, name="Class 9B")
        for whom in (Whom(asha), Whom(cohort=cohort)):
            later = Accommodation(whom.person is not None, closes_at=START + timedelta(days=9))
            give(db, paper, whom, later, "Ill", staff, START)
    assert "Only 2 people or cohorts can still start it, by a later one." in desk.text
    assert "Asha" not in desk.text, "editors don’t read whose they are"
    assert desk.publish().status_code == 303
    with site.writing() as db:
        owner = make_person(db, "Olga", Role.ADMIN)
    page = site.signed_in(owner).get("/desk/papers/mock-1").text
    assert "Only Asha, Class 9B can still start it, by a later one." in page


def test_a_draw_that_asks_for_too_many_says_how_many_there_are(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, "bank", {"A": [single(difficulty="Easy"), single(difficulty="Easy")]})
    words = "FastAPI, Easy has 2 questions and the draw asks for 3."
    draws = {"First": [Draw(3, "FastAPI", "Easy")]}
    desk = Desk(site, sections={"First": [single(difficulty="Medium")]}, draws=draws)
    assert words in desk.text
    assert "One problem left. Publishing takes you to it." in desk.text
    desk.is_refused(words, "d-1-1")
    assert f'action="{PAPER}/status#d-1-1"' in desk.browser.get(PAPER).text


def test_times_of_sections_beyond_the_test_s_are_in_the_way(site: Site) -> None:
    desk = Desk(site, sections=PLAIN, minutes=30, sat={"First": {"minutes_max": 20}, "Second": {"minutes_max": 15}})
    desk.is_refused("The sections’ own times are 5 minutes more than the 30 the test has.", "change-1")


def test_times_of_sections_that_fit_are_not(sqlite_site: Site) -> None:
    assert "own times" not in Desk(sqlite_site, sections=PLAIN, sat={"First": {"minutes_max": 30}}).text


def test_answers_that_wait_for_a_close_that_never_comes_are_in_the_way(sqlite_site: Site) -> None:
    desk = Desk(sqlite_site, sections=PLAIN, reveal="contest")
    desk.is_refused("Answers are to open when the test has closed. Say when it closes.", "closes")


def test_a_closing_time_that_is_over_is_in_the_way(sqlite_site: Site) -> None:
    desk = Desk(sqlite_site, sections=PLAIN, closes_at=START - timedelta(days=1))
    desk.is_refused("Its closing time is over, so nobody could start it.", "closes")


def test_a_test_for_cohorts_without_one_is_in_the_way(sqlite_site: Site) -> None:
    desk = Desk(sqlite_site, sections=PLAIN, access="cohort", cohorts=[])
    desk.is_refused("It is for the people of cohorts, and none of its cohorts is left. Tick one.", "cohorts")


def test_an_empty_section_leads_to_its_place(sqlite_site: Site) -> None:
    desk = Desk(sqlite_site, sections={"First": [single()], "Second": []})
    desk.is_refused("“Second” has no questions. Put one in, or remove the section.", "s-2")


def test_what_to_think_about_does_not_stand_in_the_way(site: Site) -> None:
    desk = Desk(site, sections={"First": [single(solution=" "), single()]})
    with site.writing() as db:
        list(db.exec(select(Question).order_by(col(Question.id))))[1].due_at = START
    assert "Question 1 has no explanation." in desk.text
    assert "Question 2 is due to be verified again." in desk.text
    assert desk.publish().status_code == 303


def test_questions_that_another_open_test_asks_are_said(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, "bank", {"A": [single()]}, title="Mock two")
        code = db.exec(select(Question.code)).one()
    desk = Desk(site, sections={"First": [single()]})
    desk.browser.post(f"{PAPER}/questions", data={"question": code, "section": "1"})
    assert "1 question can be seen now in “Mock two” too." in desk.text


def test_guests_who_could_find_the_key_are_warned_of_where_marks_show_before_the_close(sqlite_site: Site) -> None:
    closes = START + timedelta(days=1)
    text = Desk(sqlite_site, sections=PLAIN, reveal="contest", closes_at=closes).text
    assert "Guests could find the right answers by trying" in text


def test_one_attempt_of_people_with_accounts_tells_nothing(sqlite_site: Site) -> None:
    rules: dict[str, Any] = {"access": "sign_in", "attempts_allowed": 1, "closes_at": START + timedelta(days=1)}
    assert "right answers by trying" not in Desk(sqlite_site, sections=PLAIN, reveal="contest", **rules).text


def test_after_a_refused_publish_its_address_leads_back_to_the_test(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    with sqlite_site.writing() as db:
        make_paper(db, sections={"Empty": []}, status=PaperStatus.DRAFT)
    at = "/desk/papers/mock-1"
    refused = browser.post(f"{at}/status", data={"then": "publish", "version": "1"})
    assert refused.status_code == 422
    assert browser.get(f"{at}/status").headers["location"] == at
    assert browser.get("/desk/questions/bulk").headers["location"] == "/desk/questions"


def test_more_work_than_time_is_a_notice_and_what_questions_took_is_known_better(site: Site) -> None:
    desk = Desk(site, sections={"First": [single(difficulty="Advanced")] * 2}, minutes=2)
    assert "Work about 3 min" in desk.text
    assert "About 3 minutes of work in 2 minutes." in desk.text
    with site.writing() as db:
        for question in db.exec(select(Question)):
            db.add(QuestionFigures(question_id=question.id or 0, answers=40, seconds=30.0, counted_at=START))
    assert "Work about 1 min" in desk.text
    assert "of work in" not in desk.text
    with site.writing() as db:
        for figures in db.exec(select(QuestionFigures)):
            figures.seconds = 400.0
            db.add(figures)
    assert "About 13 minutes of work in 2 minutes." in desk.text
    assert desk.publish().status_code == 303
