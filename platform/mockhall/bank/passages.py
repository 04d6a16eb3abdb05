"""Texts shared by several questions: who shares one, and changing it in all of them at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from mockhall.accounts import audit
from mockhall.accounts.models import Person
from mockhall.bank import actions
from mockhall.bank.checked import LONGEST_STEM, Checked, on_a_line, trimmed
from mockhall.bank.draft import Draft
from mockhall.bank.models import Question, QuestionVersion, Topic
from mockhall.web.headline import headline

LONGEST_CODE = 40
_CODE = re.compile(r"[^\s<>\"'\\]+")


@dataclass(frozen=True)
class Sharing:
    """A question that shares a passage, as it stands today."""

    question: Question
    version: QuestionVersion

    @property
    def headline(self) -> str:
        return headline(self.version.stem, 80)


def sharing(db: Session, code: str, but: Question | None = None, *, lock: bool = False) -> list[Sharing]:
    """The questions whose newest version has this passage, apart from one; locked on PostgreSQL where asked."""
    code = on_a_line(code)
    if not code or len(code) > LONGEST_CODE or "\0" in code:
        return []
    newest = (col(QuestionVersion.question_id) == Question.id) & (col(QuestionVersion.number) == Question.version)
    query = select(Question, QuestionVersion).join(QuestionVersion, newest)
    query = query.where(col(QuestionVersion.passage_code) == code, col(Question.deleted_at).is_(None))
    query = query.order_by(col(Question.id))
    if lock:
        query = query.with_for_update(of=Question)
    found = [Sharing(question, version) for question, version in db.exec(query)]
    return [each for each in found if but is None or each.question.id != but.id]


def check(draft: Draft, others: Sequence[Sharing], found: Checked) -> dict[str, str]:
    """The passage's name and text as they are kept. A name that is known brings its text along."""
    code = found.text("passage_code", on_a_line(draft.passage_code), LONGEST_CODE)
    text = found.text("passage", trimmed(draft.passage), LONGEST_STEM)
    if code and not _CODE.fullmatch(code):
        found.errors.setdefault("passage_code", "A passage's name has letters, digits and hyphens, and no spaces.")
    elif text.strip() and not code:
        found.errors.setdefault("passage_code", "Name the passage, such as river-2: other questions share it by that.")
    elif code and not text.strip():
        text = others[0].version.passage if others else ""
        if not text:
            found.errors.setdefault("passage", "No question has a passage of this name yet. Write its text.")
    elif _differs(text, others) and not draft.passage_everywhere:
        found.errors.setdefault("passage", _warning(code, others))
    return {"passage_code": code, "passage": text}


def _differs(text: str, others: Sequence[Sharing]) -> bool:
    return any(each.version.passage != text for each in others)


def _warning(code: str, others: Sequence[Sharing]) -> str:
    more = f"{len(others)} more question{'' if len(others) == 1 else 's'}"
    return (
        f"{more.capitalize()} share{'s' if len(others) == 1 else ''} the passage {code}, with another text. "
        "Tick the box below to change it there too, or give this one another name."
    )


def spread(
    db: Session, others: Sequence[Sharing], contents: dict[str, Any], author: Person, now: datetime
) -> list[Question]:
    """Give the others the passage of an edit, each in a version of its own; returns those that changed."""
    changed = []
    for each in others:
        topic = db.get(Topic, each.question.topic_id)
        assert topic is not None
        theirs = {name: getattr(each.version, name) for name in actions.CONTENTS}
        version = actions.new_version(db, each.question, topic, theirs | _passage(each, contents), now, author.id)
        if version is each.version:
            continue
        each.question.edited_at_desk = True
        actions.settle(db, each.question, each.version, version)
        audit.write(db, author.id, "question", f"question {each.question.code} version {version.number} passage", now)
        changed.append(each.question)
    return changed


def _passage(each: Sharing, contents: dict[str, Any]) -> dict[str, Any]:
    """The text, and its translation where the other question is translated too."""
    said = contents["translations"].get("hi", {}).get("passage", "")
    mine = {"passage": contents["passage"]}
    theirs = each.version.translations
    if not said or "hi" not in theirs:
        return mine
    return mine | {"translations": theirs | {"hi": theirs["hi"] | {"passage": said}}}


def as_shared(others: Sequence[Sharing], contents: dict[str, Any]) -> dict[str, Any]:
    """The contents with the passage as the questions that share it say it today."""
    if not others:
        return contents
    theirs, own = others[0].version, contents["translations"]
    said = theirs.translations.get("hi", {}).get("passage", "")
    translated = {"translations": own | {"hi": own["hi"] | {"passage": said}}} if said and "hi" in own else {}
    return contents | {"passage": theirs.passage} | translated


def said(changed: Sequence[Question]) -> str:
    """What is added to the message after saving."""
    if not changed:
        return ""
    return f" The passage changed in {len(changed)} more question{'' if len(changed) == 1 else 's'}."
