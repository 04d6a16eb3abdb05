"""Parsing what the desk of papers sends, and which paper an editor may change."""

from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlmodel import Session, select
from starlette.datastructures import FormData

from mockhall.accounts.access import Editor, EditorForUpdate
from mockhall.db import Reading, Writing
from mockhall.exam.errors import RuleError
from mockhall.exam.exact import plain
from mockhall.exam.kinds import Difficulty
from mockhall.exam.reveal import PRESETS as REVEALS
from mockhall.exam.scheme import PRESETS, Scheme
from mockhall.papers.desk_views import scheme_in_force
from mockhall.papers.models import Paper, PaperVersion
from mockhall.papers.queries import Shown, find
from mockhall.web.errors import NotYours

MOST_MINUTES = 1_440
FIELDS = (
    "title", "summary", "subject", "difficulty", "minutes", "preset", "full", "wrong", "partial", "reveal", "attempts",
)  # fmt: skip


# ---------------------------------------------------------------- which paper


def _editable(db: Session, slug: str, *, lock: bool) -> Shown:
    if "\0" not in slug:  # PostgreSQL refuses to look for one
        if lock:
            db.exec(select(Paper.id).where(Paper.slug == slug).with_for_update()).first()
        found = find(db, slug)
        if found is not None:
            return found
    raise NotYours


def editable_paper(db: Reading, _person: Editor, slug: str) -> Shown:
    """The paper at this address, for editors."""
    return _editable(db, slug, lock=False)


def editable_paper_for_update(db: Writing, _person: EditorForUpdate, slug: str) -> Shown:
    """The same, on the session that writes; on PostgreSQL the row is locked, so that of two changes one is stale."""
    return _editable(db, slug, lock=True)


EditablePaper = Annotated[Shown, Depends(editable_paper)]
EditablePaperForUpdate = Annotated[Shown, Depends(editable_paper_for_update)]


# ---------------------------------------------------------------- one small form: a button beside a row


@dataclass(frozen=True)
class Press:
    """A button of the desk: what it does, on which version of the paper it was decided, and a field or two."""

    then: str = ""
    version: int | None = None
    question: str = ""
    section: int = 0
    title: str = ""


async def press(request: Request) -> Press:
    """The small forms around a paper."""
    form = await request.form(max_fields=20, max_files=0)
    return Press(
        then=_text(form, "then"), version=_whole(_text(form, "version")), question=_text(form, "question").casefold(),
        section=_whole(_text(form, "section")) or 0, title=_text(form, "title"),
    )  # fmt: skip


Pressed = Annotated[Press, Depends(press)]


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _whole(text: str) -> int | None:
    """A whole number of at most eight digits; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 8 else None


def title_trouble(title: str) -> str:
    """What is wrong with a title of a paper or section; nothing when it is fine."""
    if not title:
        return "Write a title."
    if len(title) > 160:
        return f"A title has at most 160 characters. This has {len(title)}."
    return "" if title.isprintable() else "The title holds a character that can't be kept. Type it again."


# ---------------------------------------------------------------- the rules of a paper


@dataclass
class Rules:
    """The form of a paper's title and rules as typed; `values` is what it means once `errors` is empty."""

    typed: dict[str, str]
    version: int | None = None
    shuffle_options: bool = True
    shuffle_questions: bool = False
    errors: dict[str, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> str:
        """`rules.title` in a template is what was typed."""
        if name not in FIELDS:
            raise AttributeError(name)
        return self.typed.get(name, "")


async def sent_rules(request: Request) -> Rules:
    """The form of a paper's rules as sent."""
    form = await request.form(max_fields=40, max_files=0)
    return Rules(
        {name: _text(form, name) for name in FIELDS}, _whole(_text(form, "version")),
        _text(form, "shuffle_options") == "1", _text(form, "shuffle_questions") == "1",
    )  # fmt: skip


SentRules = Annotated[Rules, Depends(sent_rules)]


def blank_rules() -> Rules:
    """The form of a new test."""
    return Rules({"difficulty": Difficulty.MEDIUM, "minutes": "30", "preset": "placement", "reveal": "mock"})


def rules_of_paper(shown: Shown) -> Rules:
    """The form of a stored test."""
    version, scheme = shown.version, scheme_in_force(shown.version)
    reveal = next((name for name, matrix in REVEALS.items() if matrix.to_json() == version.reveal), "")
    typed = {
        "title": shown.paper.title, "summary": shown.paper.summary, "subject": shown.topic.title,
        "difficulty": shown.paper.difficulty, "minutes": str(version.minutes or ""),
        "preset": next((name for name, preset in PRESETS.items() if preset == scheme), ""),
        "full": plain(scheme.full), "wrong": plain(scheme.wrong).replace("-", "−"), "partial": str(scheme.partial),
        "reveal": reveal, "attempts": str(version.attempts_allowed or ""),
    }  # fmt: skip
    return Rules(typed, shown.paper.version, version.shuffle_options, version.shuffle_questions)


def read_rules(rules: Rules, before: PaperVersion | None = None) -> dict[str, Any]:
    """What the form means: title, summary, difficulty, and `rules` for the version. Errors go beside the fields."""
    _check_words(rules)
    minutes = _limit(rules, "minutes", MOST_MINUTES, "Write whole minutes from 1 to 1440, or nothing for no clock.")
    attempts = _limit(rules, "attempts", 100, "Write a number from 1 to 100, or nothing for no limit.")
    version_rules = {
        "minutes": minutes, "attempts_allowed": attempts, "scheme": _scheme(rules, before),
        "reveal": _reveal(rules, before), "shuffle_options": rules.shuffle_options,
        "shuffle_questions": rules.shuffle_questions,
    }  # fmt: skip
    return {
        "title": rules.title, "summary": rules.summary, "difficulty": rules.difficulty,
        "rules": version_rules if before else version_rules | {"instructions": ""},
    }  # fmt: skip


def _check_words(rules: Rules) -> None:
    if trouble := title_trouble(rules.title):
        rules.errors["title"] = trouble
    if not rules.subject or len(rules.subject) > 120 or not rules.subject.isprintable():
        rules.errors["subject"] = "Name the subject in at most 120 characters."
    if rules.difficulty not in list(Difficulty):
        rules.errors["difficulty"] = "Choose one of the difficulties."
    if len(rules.summary) > 1_000 or not rules.summary.isprintable():
        rules.errors["summary"] = "Write one or two sentences, at most 1,000 characters."


def _limit(rules: Rules, name: str, most: int, said: str) -> int | None:
    text = rules.typed.get(name, "")
    number = _whole(text)
    if text and (number is None or not 1 <= number <= most):
        rules.errors[name] = said
    return number


def _scheme(rules: Rules, before: PaperVersion | None) -> dict[str, Any]:
    """A preset's marking, or the marks as written; a floor the form doesn't show stays."""
    if rules.preset in PRESETS:
        return PRESETS[rules.preset].to_json()
    kept = ("preset", "floor", "no_negative")
    hidden: dict[str, Any] = {name: before.scheme[name] for name in kept if name in before.scheme} if before else {}
    shown: dict[str, Any] = {"full": rules.full, "wrong": rules.wrong or "0", "partial": rules.partial or "none"}
    try:
        return Scheme.from_json(hidden | shown).to_json()
    except RuleError as error:
        rules.errors[error.field] = error.text
        return {}


def _reveal(rules: Rules, before: PaperVersion | None) -> dict[str, Any]:
    """When answers open: one of the presets, or as it was where an editor's file says it finer."""
    if rules.reveal in {"practice", "mock"}:
        return dict(REVEALS[rules.reveal].to_json())
    if before is None or rules.reveal not in {"", "contest"}:
        rules.errors["reveal"] = "Choose when answers open."
        return {}
    return before.reveal
