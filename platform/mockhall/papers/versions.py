"""Making paper versions: from a loaded file, or the newest one with a change."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from mockhall.exam.draws import Draw
from mockhall.formats.values import SectionRules
from mockhall.papers import uses
from mockhall.papers.models import Paper, PaperCohort, PaperDraw, PaperQuestion, PaperSection, PaperVersion


@dataclass
class SectionPlan:
    """A section of a version to be: its title, rules, and question version ids in their order."""

    title: str
    covers: str = ""
    scheme: dict[str, Any] | None = None
    question_versions: list[int] = field(default_factory=list)
    rules: SectionRules = field(default_factory=SectionRules)
    draws: list[Draw] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many questions a candidate gets here, those drawn among them."""
        return len(self.question_versions) + sum(draw.count for draw in self.draws)


def newest_version(db: Session, paper: Paper) -> PaperVersion:
    """The version candidates who start now get."""
    query = select(PaperVersion).where(
        col(PaperVersion.paper_id) == paper.id, col(PaperVersion.number) == paper.version
    )
    return db.exec(query).one()


def add_version(
    db: Session, paper: Paper, rules: dict[str, Any], plan: list[SectionPlan], now: datetime
) -> PaperVersion:
    """Store a version with its sections; `paper.version` and what the catalogue shows must already say so.

    `rules` may name `cohorts` by their ids; without them they are those of the version before."""
    assert paper.id is not None
    said = {name: value for name, value in rules.items() if name != "cohorts"}
    version = PaperVersion(paper_id=paper.id, number=paper.version, title=paper.title, created_at=now, **said)
    db.add(version)
    db.flush()
    _add_cohorts(db, version, rules.get("cohorts"))
    for position, section in enumerate(plan, 1):
        _add_section(db, version, position, section)
    paper.question_count = sum(section.count for section in plan)
    paper.minutes, paper.updated_at = version.minutes, now
    db.add(paper)
    db.flush()
    uses.recount(db, paper)
    return version


def _add_cohorts(db: Session, version: PaperVersion, chosen: list[int] | None) -> None:
    assert version.id is not None
    if chosen is not None:
        db.add_all(PaperCohort(paper_version_id=version.id, cohort_id=each) for each in chosen)
        return
    before = sa.select(sa.literal(version.id), col(PaperCohort.cohort_id)).join(
        PaperVersion, col(PaperVersion.id) == col(PaperCohort.paper_version_id)
    )
    of_before = col(PaperVersion.number) == version.number - 1
    before = before.where(col(PaperVersion.paper_id) == version.paper_id, of_before)
    db.execute(sa.insert(PaperCohort).from_select(["paper_version_id", "cohort_id"], before))


def _add_section(db: Session, version: PaperVersion, position: int, plan: SectionPlan) -> None:
    assert version.id is not None
    section = PaperSection(
        paper_version_id=version.id, position=position, title=plan.title, covers=plan.covers, scheme=plan.scheme,
        **asdict(plan.rules),
    )  # fmt: skip
    db.add(section)
    db.flush()
    assert section.id is not None
    db.add_all(
        PaperQuestion(section_id=section.id, position=place, question_version_id=question_version)
        for place, question_version in enumerate(plan.question_versions, 1)
    )
    db.add_all(
        PaperDraw(section_id=section.id, position=place, **asdict(draw)) for place, draw in enumerate(plan.draws, 1)
    )


def change_front(paper: Paper, said: Mapping[str, Any]) -> None:
    """Set what stands on the paper and in no version, for the next version; what stood there before is kept."""
    before = _front(paper)
    if any(before[name] != said[name] for name in FRONT):
        paper.front_before = before | {"version": paper.version + 1}
    for name in FRONT:
        setattr(paper, name, said[name])


def front_at(paper: Paper, number: int) -> dict[str, Any] | None:
    """What stood on the paper at an earlier version; None where it changed more than once since, for one is kept."""
    kept = paper.front_before
    if kept is None or kept["version"] <= number:
        return _front(paper)
    return {name: kept[name] for name in FRONT} if kept["version"] == number + 1 else None


def _front(paper: Paper) -> dict[str, Any]:
    return {name: getattr(paper, name) for name in FRONT}


FRONT = ("summary", "difficulty", "topic_id")
RULES = (
    "instructions", "minutes", "opens_at", "closes_at", "scheme", "reveal", "attempts_allowed", "shuffle_options",
    "shuffle_questions", "shuffle_sections", "save_policy", "time_up", "window_minutes", "hard_close", "certainty",
    "calculator", "practice", "ask_name", "ask_roll", "floor", "access", "access_code", "wait_minutes", "languages",
)  # fmt: skip


def rules_of(version: PaperVersion) -> dict[str, Any]:
    """The rules of a version, to make the next one from."""
    return {name: getattr(version, name) for name in RULES}


def plan_of(db: Session, version: PaperVersion) -> list[SectionPlan]:
    """The sections of a version with their question version ids, to make the next one from."""
    query = (
        select(PaperSection, PaperQuestion.question_version_id)
        .join(PaperQuestion, col(PaperQuestion.section_id) == col(PaperSection.id), isouter=True)
        .where(col(PaperSection.paper_version_id) == version.id)
        .order_by(col(PaperSection.position), col(PaperQuestion.position))
    )
    plans: dict[int, SectionPlan] = {}
    for section, question_version_id in db.exec(query):
        plan = plans.setdefault(section.position, _plan_of(section))
        if question_version_id is not None:
            plan.question_versions.append(question_version_id)
    for position, found in draws_of(db, version).items():
        plans[position].draws = found
    return list(plans.values())


def _plan_of(section: PaperSection) -> SectionPlan:
    return SectionPlan(section.title, section.covers, section.scheme, rules=rules_of_section(section))


def rules_of_section(section: PaperSection) -> SectionRules:
    """How a stored section is sat."""
    return SectionRules(**{each.name: getattr(section, each.name) for each in fields(SectionRules)})


def draws_of(db: Session, version: PaperVersion) -> dict[int, list[Draw]]:
    """The draws of a version, by the position of their section."""
    query = (
        select(PaperSection.position, PaperDraw)
        .join(PaperSection, col(PaperSection.id) == col(PaperDraw.section_id))
        .where(col(PaperSection.paper_version_id) == version.id)
        .order_by(col(PaperSection.position), col(PaperDraw.position))
    )
    found: dict[int, list[Draw]] = {}
    for position, row in db.exec(query):
        found.setdefault(position, []).append(Draw(row.count, row.topic, row.difficulty, row.tag))
    return found


def stands(plan: list[SectionPlan], version: int) -> str:
    """Where the question with this version stands, in words."""
    section = next(each for each in plan if version in each.question_versions)
    rows = section.question_versions
    return f"The question, now {rows.index(version) + 1} of {len(rows)} in “{section.title}”."
