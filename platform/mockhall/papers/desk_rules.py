"""The form of a test's title and rules: as typed, as stored, and what it means."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

from mockhall.exam.entry import Ask
from mockhall.exam.exact import plain
from mockhall.exam.kinds import Difficulty
from mockhall.exam.reveal import PRESETS as REVEALS
from mockhall.exam.reveal import Matrix
from mockhall.exam.scheme import PRESETS
from mockhall.exam.time_up import TimeUp
from mockhall.formats.paper_rules import LANGUAGES, LONGEST_MINUTES, POLICIES
from mockhall.formats.values import PaperRules
from mockhall.papers.desk_access import Offered, chosen_codes, read_access
from mockhall.papers.desk_forms import text_of, title_trouble, whole
from mockhall.papers.desk_reveal import TABLE, boxes, read_reveal, table_context
from mockhall.papers.desk_schemes import read_scheme
from mockhall.papers.desk_times import instant, local_text
from mockhall.papers.desk_views import scheme_in_force
from mockhall.papers.models import PaperVersion
from mockhall.papers.queries import Shown

MOST_MINUTES = 1_440
FIELDS = (
    "title", "summary", "subject", "difficulty", "minutes", "preset", "full", "wrong", "partial", "reveal", "attempts",
    "opens", "closes", "save_policy", "time_up", "window_minutes", "ask_name", "ask_roll", "access",
    "access_code", "wait_minutes", "start",
)  # fmt: skip
TICKS = (
    "shuffle_options", "shuffle_questions", "shuffle_sections", "hard_close", "certainty", "calculator", "practice",
    "hindi",
)  # fmt: skip
WORDS = ("save_policy", "time_up", "ask_name", "ask_roll", "access")
USUAL = PaperRules()


@dataclass
class Rules:
    """The form of a paper's title and rules as typed; `values` is what it means once `errors` is empty."""

    typed: dict[str, str]
    version: int | None = None
    ticked: Collection[str] = ("shuffle_options",)
    then: str = ""
    zone: str = "UTC"
    errors: dict[str, str] = field(default_factory=dict)
    cohorts: Collection[str] = ()  # the codes of those ticked
    sure: bool = False  # it had been asked whether the test is to close at once
    shown: Collection[str] = ()  # the boxes ticked of what candidates see, as `desk_reveal.name` calls them

    def __getattr__(self, name: str) -> str:
        """`rules.title` in a template is what was typed."""
        if name not in FIELDS:
            raise AttributeError(name)
        return self.typed.get(name, "")

    @property
    def only_looks(self) -> bool:
        """Was a button pressed that fills the form or says what it means, and stores nothing?"""
        return self.then == "meaning" or self.then.startswith("reveal")

    @property
    def table(self) -> dict[str, Any]:
        """What candidates see and when, for the templates."""
        return table_context(self.shown, closes=bool(self.typed.get("closes")))


async def sent_rules(request: Request) -> Rules:
    """The form of a paper's rules as sent."""
    form = await request.form(max_fields=800, max_files=0)
    then, shown, cohorts = text_of(form, "then"), form.getlist("shown"), form.getlist("cohort")
    return Rules(
        {name: text_of(form, name) for name in FIELDS if name in form}, whole(text_of(form, "version")),
        {name for name in TICKS if form.get(name) == "1"}, then, request.app.state.settings.timezone,
        cohorts=frozenset(map(str, cohorts)), sure=text_of(form, "sure") == "1",
        shown=_preset(then.removeprefix("reveal:"), frozenset(map(str, shown))),
    )  # fmt: skip


def _preset(chosen: str, shown: Collection[str]) -> Collection[str]:
    """The boxes of a preset whose button was pressed, else those that were ticked."""
    return boxes(REVEALS[chosen]) if chosen in REVEALS else shown


SentRules = Annotated[Rules, Depends(sent_rules)]


def rules_of_paper(shown: Shown, zone: str, cohorts: Sequence[Offered] = ()) -> Rules:
    """The form of a stored test; `cohorts` are those offered, with what is chosen."""
    version, scheme = shown.version, scheme_in_force(shown.version)
    words = {name: str(getattr(version, name)) for name in WORDS}
    numbers = {name: str(getattr(version, name) or "") for name in ("minutes", "window_minutes", "wait_minutes")}
    typed = words | numbers | {
        "title": shown.paper.title, "summary": shown.paper.summary, "subject": shown.topic.title,
        "difficulty": shown.paper.difficulty, "access_code": version.access_code,
        "preset": next((name for name, preset in PRESETS.items() if preset == scheme), ""),
        "full": plain(scheme.full), "wrong": plain(scheme.wrong).replace("-", "−"), "partial": str(scheme.partial),
        "reveal": TABLE, "attempts": str(version.attempts_allowed or ""),
        "opens": local_text(version.opens_at, ZoneInfo(zone)), "closes": local_text(version.closes_at, ZoneInfo(zone)),
    }  # fmt: skip
    ticked = {name for name in TICKS if getattr(version, name, False)}
    ticked |= {"hindi"} if "hi" in version.languages else set()
    seen, codes = boxes(Matrix.from_json(version.reveal)), chosen_codes(cohorts)
    return Rules(typed, shown.paper.version, ticked, zone=zone, shown=seen, cohorts=codes)


def read_rules(
    rules: Rules, before: PaperVersion | None = None, cohorts: Sequence[Offered] = ()
) -> dict[str, Any]:  # fmt: skip
    """What the form means: title, summary, difficulty, and `rules` for the version. Errors go beside the fields.

    `cohorts` are those that may be chosen."""
    _check_words(rules)
    schedule = _schedule(rules, before)
    version_rules = {
        "minutes": _limit(rules, "minutes", MOST_MINUTES, "minutes", "no clock"),
        "attempts_allowed": _limit(rules, "attempts", 100, "a number", "no limit"),
        "scheme": read_scheme(rules.typed, rules.errors, before.scheme if before else None),
        "reveal": read_reveal(
            rules.typed.get("reveal", ""), rules.shown, before.reveal if before else None,
            closes=schedule["closes_at"] is not None, closed=bool(before and before.closes_at), errors=rules.errors,
        ),
        **{name: name in rules.ticked for name in TICKS if name != "hindi"},
        **schedule, **_policies(rules, before), **_entry(rules, before),
        **read_access(rules.typed.get("access"), rules.cohorts, cohorts, before, rules.errors),
    }  # fmt: skip
    return {
        "title": rules.title, "summary": rules.summary, "difficulty": rules.difficulty,
        "rules": version_rules if before else version_rules | {"instructions": ""},
    }  # fmt: skip


def _check_words(rules: Rules) -> None:
    title, subject, summary = rules.title, rules.subject, rules.summary
    if trouble := title_trouble(title):
        rules.errors["title"] = trouble
    if not subject or len(subject) > 120 or not subject.isprintable():
        rules.errors["subject"] = "Name the subject in at most 120 characters." if subject else "Write a subject."
    if rules.difficulty not in list(Difficulty):
        rules.errors["difficulty"] = "Choose one of the difficulties."
    if len(summary) > 1_000 or not summary.isprintable():
        rules.errors["summary"] = "Write one or two sentences, at most 1,000 characters."


def _limit(
    rules: Rules, name: str, most: int, what: str, nothing: str, before: PaperVersion | None = None
) -> int | None:  # fmt: skip
    """A number or none; a script that doesn't say it leaves it as it was."""
    if name not in rules.typed and before is not None:
        stored: int | None = getattr(before, name)
        return stored
    text = rules.typed.get(name, "")
    number = whole(text)
    if text and (number is None or not 1 <= number <= most):
        whole_ = "whole minutes" if what == "minutes" else what
        rules.errors[name] = f"Write {whole_} from 1 to {most:,}, or nothing for {nothing}."
    return number


def _word(rules: Rules, name: str, allowed: Collection[str], before: PaperVersion | None) -> str:
    """A choice among words; a script that doesn't say it leaves it as it was."""
    word = rules.typed.get(name) or str(getattr(before or USUAL, name))
    if word not in allowed:
        rules.errors[name] = "Choose one of those offered."
    return word


def _schedule(rules: Rules, before: PaperVersion | None) -> dict[str, datetime | None]:
    """When the test opens and closes, in the site's time zone."""
    found: dict[str, datetime | None] = {}
    for name in ("opens", "closes"):
        stored = getattr(before, f"{name}_at") if before else None
        found[f"{name}_at"] = instant(rules.typed.get(name), stored, ZoneInfo(rules.zone), name, rules.errors)
    opens, closes = found["opens_at"], found["closes_at"]
    if opens and closes and opens >= closes:
        rules.errors["closes"] = "The test closes before it opens. Change one of the two."
    return found


def _policies(rules: Rules, before: PaperVersion | None) -> dict[str, Any]:
    """How answers are saved, and what happens when time is up."""
    time_up = _word(rules, "time_up", list(TimeUp), before)
    window = _limit(rules, "window_minutes", LONGEST_MINUTES, "minutes", "no time to hand in", before)
    if time_up == TimeUp.WINDOW and window is None:
        rules.errors.setdefault("window_minutes", "Say how many minutes there are to hand in.")
    return {
        "save_policy": _word(rules, "save_policy", POLICIES, before), "time_up": time_up,
        "window_minutes": window if time_up == TimeUp.WINDOW else None,
    }  # fmt: skip


def _entry(rules: Rules, before: PaperVersion | None) -> dict[str, Any]:
    """What is asked of who comes, and in which languages the test can be taken."""
    code = rules.typed.get("access_code", before.access_code if before else "")
    if len(code) > 40 or not code.isprintable():
        rules.errors["access_code"] = "An access code has at most 40 characters, which can be typed."
    others = [each for each in (before.languages if before else []) if each not in LANGUAGES]
    return {
        "ask_name": _word(rules, "ask_name", list(Ask), before), "access_code": code,
        "ask_roll": _word(rules, "ask_roll", list(Ask), before),
        "wait_minutes": _limit(rules, "wait_minutes", 1_000_000, "minutes", "no wait", before),
        "languages": ["en", *(["hi"] if "hindi" in rules.ticked else []), *others],
    }  # fmt: skip
