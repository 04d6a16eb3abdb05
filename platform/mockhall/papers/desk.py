"""Verbs of the desk of papers. Each change makes a new version: attempts that run keep the one they began with."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from typing import Any

from sqlalchemy import and_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mockhall.accounts import audit
from mockhall.accounts.models import Person
from mockhall.bank import actions as bank
from mockhall.bank.models import Question, QuestionStatus, QuestionVersion
from mockhall.papers.models import Paper, PaperQuestion, PaperSection, PaperStatus, PaperVersion
from mockhall.papers.queries import Shown
from mockhall.papers.versions import SectionPlan, add_version, change_front, plan_of, rules_of, stands

MOST_QUESTIONS = 1_000
STALE = """Someone changed this test while you looked at version {began_from}. Nothing of yours was done. This is \
version {now}: if the change is still wanted, make it again."""
RESERVED = {"new", "uses", "put"}  # addresses of the desk itself


class CannotDoError(Exception):
    """A change the desk refuses; the text says why and what to do."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def check_version(shown: Shown, began_from: int | None, stale: str = STALE) -> None:
    """Refuse a change that was decided on an older version; None is a script that doesn't ask."""
    if began_from is not None and began_from != shown.paper.version:
        raise CannotDoError(stale.format(began_from=began_from, now=shown.paper.version))


def create(db: Session, subject: str, values: dict[str, Any], author: Person, now: datetime) -> Paper:
    """A draft with one empty section; `values` are what papers and versions say, as `desk_forms` reads them."""
    topic = bank.topic_named(db, subject)
    assert topic.id is not None
    paper = Paper(
        slug=free_slug(db, values["title"]), topic_id=topic.id, title=values["title"], summary=values["summary"],
        difficulty=values["difficulty"], edited_at_desk=True, created_at=now, updated_at=now,
    )  # fmt: skip
    db.add(paper)
    db.flush()
    add_version(db, paper, values["rules"], [SectionPlan("Questions")], now)
    _log(db, "paper", paper, author, now)
    return paper


def free_slug(db: Session, title: str) -> str:
    """The title as an address, with a number behind it where another test has it."""
    base = bank.slug_of(title)
    taken = set(db.exec(select(Paper.slug).where(col(Paper.slug).startswith(base, autoescape=True)))) | RESERVED
    return next(slug for n in range(1, len(taken) + 2) if (slug := base if n == 1 else f"{base}-{n}") not in taken)


def edit_rules(db: Session, shown: Shown, subject: str, values: dict[str, Any], author: Person, now: datetime) -> None:
    """Title, time, marking and the like, for those who start from now on."""
    paper, plan = shown.paper, plan_of(db, shown.version)
    _check_sections(paper, plan)
    topic = bank.topic_named(db, subject)
    assert topic.id is not None
    change_front(paper, values | {"topic_id": topic.id})
    paper.title = values["title"]
    store(db, shown, plan, author, now, rules_of(shown.version) | values["rules"])


# ---------------------------------------------------------------- questions


def put(db: Session, shown: Shown, question: Question, section: int, author: Person, now: datetime) -> str:
    """Put a question at the end of a section; returns the section's title. A published test gets the newest version
    somebody verified, another one the newest."""
    plan = plan_of(db, shown.version)
    place = _place(db, shown.version, question.code)
    if place is not None:
        raise CannotDoError(f"This question is already in the test, in “{plan[place[0]].title}”. Nothing was changed.")
    if not 1 <= section <= len(plan):
        raise CannotDoError("That section is no longer in the test. Choose one of those it has.")
    if sum(each.count for each in plan) >= MOST_QUESTIONS:
        raise CannotDoError(f"A test has at most {MOST_QUESTIONS:,} questions.")
    check_fit(shown.paper, question)
    plan[section - 1].question_versions.append(_newest_id(db, shown.paper, question))
    store(db, shown, plan, author, now)
    return plan[section - 1].title


def check_fit(paper: Paper, question: Question, which: str = "") -> None:
    """Candidates of a published test get only what somebody verified; a retired question goes into none. `which` goes
    before the sentence where it is one of many."""
    if question.status == QuestionStatus.RETIRED:
        raise CannotDoError(f"{which}This question is retired. Bring it back first, on its own page.")
    if paper.status == PaperStatus.PUBLISHED and question.verified_version is None:
        raise CannotDoError(f"{which}The test is published and this question isn't verified. Send it to review first.")


def change_question(db: Session, shown: Shown, code: str, verb: str, author: Person, now: datetime) -> str:
    """`up`, `down`, `remove` or `newest` on one question of the test; returns what to say."""
    plan, place = plan_of(db, shown.version), _place(db, shown.version, code)
    if place is None:
        raise CannotDoError("This question is no longer in the test.")
    before = deepcopy(plan)
    if verb == "newest":
        _renew(db, shown.paper, plan, [place])
    else:
        _QUESTION_VERBS[verb](plan, *place)
    if plan == before:
        return "It stands as far as it can go." if verb != "newest" else "It was the newest it can use already."
    store(db, shown, plan, author, now)
    said = {"remove": "Taken out of the test.", "newest": "The test uses the newest version."}
    return said.get(verb) or stands(plan, before[place[0]].question_versions[place[1]])


def use_newest(db: Session, shown: Shown, author: Person, now: datetime) -> int:
    """Take the newest version of every question; returns how many were behind."""
    plan = plan_of(db, shown.version)
    places = [(s, q) for s, section in enumerate(plan) for q in range(len(section.question_versions))]
    changed = _renew(db, shown.paper, plan, places)
    if changed:
        store(db, shown, plan, author, now)
    return changed


def _renew(db: Session, paper: Paper, plan: list[SectionPlan], places: list[tuple[int, int]]) -> int:
    """Put the newest version at each of these places of the plan; returns how many were behind."""
    held = [plan[s].question_versions[q] for s, q in places]
    newest = _newest_of(db, paper, held)
    changed = 0
    for (s, q), old in zip(places, held, strict=True):
        question, new = newest[old]
        if new != old:
            check_fit(paper, question)
            plan[s].question_versions[q] = new
            changed += 1
    return changed


def _newest_of(db: Session, paper: Paper, version_ids: list[int]) -> dict[int, tuple[Question, int]]:
    """For each version its question and that question's newest version, in one query; for a published test the newest
    somebody verified, 0 where nobody did."""
    newest = aliased(QuestionVersion)
    number = col(Question.verified_version if paper.status == PaperStatus.PUBLISHED else Question.version)
    query = (
        select(QuestionVersion.id, Question, newest.id)
        .join(Question, col(Question.id) == col(QuestionVersion.question_id))
        .outerjoin(newest, and_(col(newest.question_id) == Question.id, col(newest.number) == number))
        .where(col(QuestionVersion.id).in_(version_ids))
    )
    return {held or 0: (question, new or 0) for held, question, new in db.exec(query)}


def _up(plan: list[SectionPlan], section: int, at: int) -> None:
    """One place up; from the top of a section to the end of the one before."""
    rows = plan[section].question_versions
    if at > 0:
        rows[at - 1], rows[at] = rows[at], rows[at - 1]
    elif section > 0:
        plan[section - 1].question_versions.append(rows.pop(at))


def _down(plan: list[SectionPlan], section: int, at: int) -> None:
    rows = plan[section].question_versions
    if at < len(rows) - 1:
        rows[at + 1], rows[at] = rows[at], rows[at + 1]
    elif section < len(plan) - 1:
        plan[section + 1].question_versions.insert(0, rows.pop(at))


def _remove(plan: list[SectionPlan], section: int, at: int) -> None:
    plan[section].question_versions.pop(at)


_QUESTION_VERBS: dict[str, Callable[[list[SectionPlan], int, int], None]] = {
    "up": _up, "down": _down, "remove": _remove,
}  # fmt: skip
QUESTION_VERBS = {*_QUESTION_VERBS, "newest"}


# ---------------------------------------------------------------- publishing


def set_status(db: Session, shown: Shown, status: PaperStatus, author: Person, now: datetime) -> None:
    """Publish or withdraw. Before publishing, `desk_checks` says what is in the way."""
    paper = shown.paper
    if paper.status == PaperStatus.ARCHIVED:
        raise CannotDoError("The test is in the archive. Bring it back first.")
    paper.status, paper.updated_at = status, now
    db.add(paper)
    _log(db, "publish" if status == PaperStatus.PUBLISHED else "withdraw", paper, author, now)


# ---------------------------------------------------------------- shared


def store(
    db: Session, shown: Shown, plan: list[SectionPlan], author: Person, now: datetime,
    rules: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """The next version of the paper. Nothing was changed before: what is refused here leaves no trace."""
    paper = shown.paper
    _check_sections(paper, plan)
    paper.version += 1
    paper.edited_at_desk = True
    add_version(db, paper, rules or rules_of(shown.version), plan, now)
    _log(db, "paper", paper, author, now)


def _check_sections(paper: Paper, plan: list[SectionPlan]) -> None:
    empty = [each.title for each in plan if not each.count]
    if paper.status == PaperStatus.PUBLISHED and empty:
        raise CannotDoError(
            f"The test is published, and “{empty[0]}” would be a section without questions. Withdraw the test first."
        )
    short = [each for each in plan if each.count < (each.rules.choose_k or 0)]
    if paper.status == PaperStatus.PUBLISHED and short:
        k, title = short[0].rules.choose_k, short[0].title
        raise CannotDoError(
            f"The test is published, and “{title}” asks for {k} questions and would have {short[0].count}. "
            "Change that section's rules first."
        )


def _place(db: Session, version: PaperVersion, code: str) -> tuple[int, int] | None:
    """Where a question stands, section and place counted from 0; whichever of its versions it is."""
    query = (
        select(PaperSection.position, PaperQuestion.position)
        .join(PaperQuestion, col(PaperQuestion.section_id) == col(PaperSection.id))
        .join(QuestionVersion, col(QuestionVersion.id) == col(PaperQuestion.question_version_id))
        .join(Question, col(Question.id) == col(QuestionVersion.question_id))
        .where(col(PaperSection.paper_version_id) == version.id, col(Question.code) == code)
    )
    found = db.exec(query).first()
    return (found[0] - 1, found[1] - 1) if found else None


def _newest_id(db: Session, paper: Paper, question: Question) -> int:
    number = (paper.status == PaperStatus.PUBLISHED and question.verified_version) or question.version
    version = bank.version_numbered(db, question, number)
    assert version.id is not None
    return version.id


def _log(db: Session, verb: str, paper: Paper, author: Person, now: datetime) -> None:
    audit.write(db, author.id, verb, f"paper {paper.slug[:80]} version {paper.version}", now)
