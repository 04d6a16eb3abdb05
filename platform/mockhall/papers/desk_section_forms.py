"""The form of a section: its title, rules and own marks as typed, and what they mean; and the form of a draw."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

from fastapi import Depends, Request

from mockhall.exam.draws import Draw, check_count
from mockhall.exam.errors import RuleError
from mockhall.exam.kinds import Difficulty
from mockhall.exam.optional import Choose
from mockhall.exam.scheme import PRESETS, scheme_of
from mockhall.formats.paper_rules import LONGEST_MINUTES, LONGEST_SECONDS
from mockhall.formats.values import SectionRules
from mockhall.papers.desk_forms import text_of, title_trouble, whole
from mockhall.papers.desk_schemes import HIDDEN, are_written, kept_short
from mockhall.papers.models import PaperSection
from mockhall.papers.versions import SectionPlan

OWN = "own"
"""The marking of a section that is written by hand, as the form calls it; empty is the test's."""
FIELDS = (
    "title", "covers", "minutes_min", "minutes_max", "question_seconds", "choose", "choose_k", "marking", "full",
    "wrong", "partial", "draw_count", "draw_topic", "draw_difficulty", "draw_tag",
)  # fmt: skip


@dataclass
class SectionForm:
    """A section's form as typed. Errors are by control: a field's name, `-` and the section's position."""

    position: int = 0
    then: str = ""
    version: int | None = None
    typed: dict[str, str] = field(default_factory=dict)
    one_way: bool = False
    errors: dict[str, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> str:
        """`form.minutes_max` in a template is what was typed."""
        if name not in FIELDS:
            raise AttributeError(name)
        return self.typed.get(name, "")

    @property
    def is_open(self) -> bool:
        return bool(self.errors)

    @property
    def draw(self) -> int:
        """The draw that a button names behind its colon, counted from 1; 0 for none."""
        return whole(self.then.partition(":")[2]) or 0

    def error(self, name: str, said: str) -> None:
        """Say it beside the control, which for a draw in the list has its place in its id too."""
        of_draw = f"-{self.draw}" if self.then.startswith("save_draw:") else ""
        self.errors.setdefault(f"{name}-{self.position}{of_draw}", said)


async def sent_section(request: Request, position: int) -> SectionForm:
    """The form of a section as sent."""
    form = await request.form(max_fields=40, max_files=0)
    typed = {name: text_of(form, name) for name in FIELDS if name in form}
    version = whole(text_of(form, "version"))
    return SectionForm(position, text_of(form, "then"), version, typed, form.get("one_way") == "1")


SentSection = Annotated[SectionForm, Depends(sent_section)]


def form_of(section: PaperSection) -> SectionForm:
    """The form of a stored section."""
    numbers = ("minutes_min", "minutes_max", "question_seconds", "choose_k")
    typed = {name: str(getattr(section, name) or "") for name in numbers}
    scheme = section.scheme or {}
    typed |= {"title": section.title, "covers": section.covers, "choose": section.choose, "marking": _marking(scheme)}
    typed |= {name: str(scheme.get(name, "")).replace("-", "−") for name in ("full", "wrong", "partial")}
    return SectionForm(section.position, typed=typed, one_way=section.one_way)


def _marking(scheme: Mapping[str, Any]) -> str:
    """Which of the offered markings a stored one is."""
    if not scheme:
        return ""
    return next((name for name, preset in PRESETS.items() if preset.to_json() == scheme), OWN)


def read_section(form: SectionForm, plan: SectionPlan, paper: Mapping[str, Any]) -> SectionPlan:
    """The section as the form says it; what doesn't fit is said in `form.errors`. `paper` is the test's marking."""
    if trouble := title_trouble(form.title):
        form.error("title", trouble)
    if len(form.covers) > 400 or not form.covers.isprintable():
        form.error("covers", "Write at most 400 characters.")
    # The floor is set in content files only: an edit here keeps it.
    rules, scheme = replace(_rules(form, plan.count), floor=plan.rules.floor), _scheme(form, plan.scheme or {}, paper)
    return SectionPlan(form.title, form.covers, scheme, plan.question_versions, rules, plan.draws)


def _rules(form: SectionForm, questions: int) -> SectionRules:
    shortest, longest = (_limit(form, name, LONGEST_MINUTES, "minutes") for name in ("minutes_min", "minutes_max"))
    if shortest and longest and shortest > longest:
        form.error("minutes_min", f"This is more than the {longest} minutes the section has. Change one of the two.")
    seconds = _limit(form, "question_seconds", LONGEST_SECONDS, "seconds")
    return SectionRules(form.one_way, shortest, longest, seconds, *_choose(form, questions))


def _limit(form: SectionForm, name: str, most: int, unit: str) -> int | None:
    text = form.typed.get(name, "")
    number = whole(text)
    if text and (number is None or not 1 <= number <= most):
        form.error(name, f"Write whole {unit} from 1 to {most:,}, or nothing.")
    return number


def _choose(form: SectionForm, questions: int) -> tuple[str, int | None]:
    rule = form.typed.get("choose", "")
    if not rule:
        return "", None
    if rule not in list(Choose):
        form.error("choose", "Choose one of those offered.")
    k = whole(form.typed.get("choose_k", ""))
    if not k or k > questions:
        form.error("choose_k", f"Write how many of the {questions} questions count.")
    return rule, k


def _scheme(form: SectionForm, before: Mapping[str, Any], paper: Mapping[str, Any]) -> dict[str, Any] | None:
    """None where the test's marking holds, a preset spelt out, or the marks written; what is empty is the test's."""
    marking = form.typed.get("marking", "")
    if marking in {"", *PRESETS} and are_written(form.typed, before, PRESETS.get(marking)):
        marking = OWN  # marks that were changed beside it hold
    if not marking:
        return None
    if marking in PRESETS:
        return PRESETS[marking].to_json()
    if marking != OWN:
        form.error("marking", "Choose one of those offered.")
        return None
    typed = {name: form.typed.get(name, "").replace("−", "-") for name in ("full", "wrong", "partial")}
    written = {name: text for name, text in typed.items() if text}
    if not written:
        form.error("full", "Write the marks of this section, or choose “As in the test”.")
    found = {name: before[name] for name in HIDDEN if name in before} | written
    try:
        kept_short(scheme_of(paper, found).to_json())
    except RuleError as error:
        form.error(error.field, error.text)
    return found


def read_draw(form: SectionForm) -> Draw:
    """The draw in the form; what doesn't fit is said in `form.errors`."""
    count, topic, tag = whole(form.draw_count), form.draw_topic, form.draw_tag
    try:
        check_count(count or 0)
    except RuleError as error:
        form.error("draw_count", error.text)
    if len(topic) > 120 or not topic.isprintable():
        form.error("draw_topic", "A topic has at most 120 characters.")
    if len(tag) > 60 or not tag.isprintable():
        form.error("draw_tag", "A tag has at most 60 characters.")
    if form.draw_difficulty and form.draw_difficulty not in list(Difficulty):
        form.error("draw_difficulty", "Choose one of the difficulties.")
    return Draw(count or 1, topic, form.draw_difficulty, tag)
