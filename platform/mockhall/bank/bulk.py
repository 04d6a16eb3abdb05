"""Verbs on many questions at once: tags, topic, state, deletion. Each is kept so that it can be taken back."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from mockhall.accounts import audit
from mockhall.accounts.models import Person
from mockhall.bank import search
from mockhall.bank.actions import CONTENTS
from mockhall.bank.bulk_forms import Sent
from mockhall.bank.checked import Checked
from mockhall.bank.checking import LONGEST_TAG, MOST_TAGS
from mockhall.bank.desk_models import QuestionChange
from mockhall.bank.models import QuestionStatus, QuestionVersion, Topic
from mockhall.bank.picked import CannotDoError, Left, Picked
from mockhall.bank.reviewable import parted
from mockhall.web.codes import new_code
from mockhall.web.filters import plural

STATES = {
    "draft": QuestionStatus.DRAFT, "in_review": QuestionStatus.IN_REVIEW, "retired": QuestionStatus.RETIRED,
}  # fmt: skip
STATE_WORDS = {"draft": "set to draft", "in_review": "sent to review", "retired": "retired"}
Held = Callable[[Session, Collection[int]], set[int]]
"""Which of these questions a test has or had, or an attempt may have drawn: papers know."""


# ---------------------------------------------------------------- what a version says


@dataclass(frozen=True)
class Rewrite:
    """A version to be: what it says other than the one before, and under which topic it is filed."""

    picked: Picked
    contents: dict[str, Any]
    topic_id: int


def rewrite(db: Session, rows: Sequence[Rewrite], person: Person, now: datetime) -> None:
    """A new version of each, in a few statements. Tags and topic are no part of what somebody verified: the state
    stays, and the newest version counts as verified where the one before did."""
    versions, findable = [], []
    for row in rows:
        question, before = row.picked.question, row.picked.version
        if question.verified_version == before.number:
            question.verified_version = before.number + 1
        question.version, question.topic_id = before.number + 1, row.topic_id
        question.updated_at, question.edited_at_desk = now, True
        contents = {name: getattr(before, name) for name in CONTENTS} | row.contents
        made = {"question_id": question.id, "number": question.version, "created_at": now, "created_by_id": person.id}
        db.add(question)
        versions.append(contents | made)
        findable.append(search.Findable(before.question_id, question.code, contents))
    db.flush()
    if versions:
        db.execute(sa.insert(QuestionVersion), versions)  # as objects each would take a statement of its own on SQLite
        search.keep(db, findable)


# ---------------------------------------------------------------- the verbs


def change(
    db: Session, sent: Sent, picked: Sequence[Picked], held: Held, person: Person, now: datetime
) -> QuestionChange:
    """Do what the button pressed says, and keep what it was for."""
    if sent.then in STATES:
        made = set_state(db, picked, sent.then, person, now)
    elif sent.then == "delete":
        made = delete(db, picked, held, person, now)
    elif sent.then == "move":
        made = move(db, picked, sent.to, person, now)
    else:
        made = (add_tag if sent.then == "tag" else remove_tag)(db, picked, sent.word, person, now)
    made.picked = [each.question.id or 0 for each in picked]
    return made


def add_tag(db: Session, picked: Sequence[Picked], word: str, person: Person, now: datetime) -> QuestionChange:
    """Every question gets the tag; those that have it stay as they are."""
    _check_tag(word)
    lacking = [each for each in picked if word.casefold() not in map(str.casefold, each.version.tags)]
    room = [each for each in lacking if len(each.version.tags) < MOST_TAGS]
    if not room:
        full = f"They have {MOST_TAGS} tags already, which is the most." if lacking else f"All have the tag {word}."
        raise CannotDoError("word", f"{full} Nothing was changed.")
    rows = [Rewrite(each, {"tags": [*each.version.tags, word]}, each.question.topic_id) for each in room]
    said = f"{plural(len(room), 'question')} tagged {word}."
    if len(room) < len(lacking):
        said += f" {len(lacking) - len(room)} have {MOST_TAGS} tags already and stay as they are."
    return _rewritten(db, rows, said, person, now)


def remove_tag(db: Session, picked: Sequence[Picked], word: str, person: Person, now: datetime) -> QuestionChange:
    """No question keeps the tag."""
    _check_tag(word)
    tagged = [each for each in picked if word.casefold() in map(str.casefold, each.version.tags)]
    if not tagged:
        raise CannotDoError("word", f"None of them has the tag {word}. Nothing was changed.")
    rows = [
        Rewrite(
            each, {"tags": [tag for tag in each.version.tags if tag.casefold() != word.casefold()]},
            each.question.topic_id,
        )
        for each in tagged
    ]  # fmt: skip
    return _rewritten(db, rows, f"Tag {word} taken from {plural(len(rows), 'question')}.", person, now)


def _check_tag(word: str) -> None:
    found = Checked()
    found.text("word", word, LONGEST_TAG, "Write the tag.")
    if "," in word:
        found.errors["word"] = "One tag at a time: a tag has no comma."
    if found.errors:
        raise CannotDoError("word", found.errors["word"])


def move(db: Session, picked: Sequence[Picked], slug: str, person: Person, now: datetime) -> QuestionChange:
    """Every question goes under this topic."""
    topic = db.exec(select(Topic).where(Topic.slug == slug)).first() if slug else None
    if topic is None or topic.id is None:
        raise CannotDoError("to", "That topic is not there any more. Choose another." if slug else "Choose a topic.")
    elsewhere = [each for each in picked if each.question.topic_id != topic.id]
    if not elsewhere:
        raise CannotDoError("to", f"They are under {topic.title} already. Nothing was changed.")
    rows = [Rewrite(each, {"topic": topic.title}, topic.id) for each in elsewhere]
    return _rewritten(db, rows, f"{plural(len(rows), 'question')} moved to {topic.title}.", person, now)


def _rewritten(db: Session, rows: Sequence[Rewrite], said: str, person: Person, now: datetime) -> QuestionChange:
    before = [was(row.picked) for row in rows]
    rewrite(db, rows, person, now)
    return _keep(db, [row.picked for row in rows], before, said, person, now)


def set_state(db: Session, picked: Sequence[Picked], name: str, person: Person, now: datetime) -> QuestionChange:
    """Draft, in review or retired. Verifying is a second person's, one question at a time."""
    others = [each for each in picked if each.question.status != STATES[name]]
    if not others:
        raise CannotDoError("ticked", f"They are {STATE_WORDS[name].removeprefix('set to ')} already.")
    others, left = parted(db, others) if STATES[name] == QuestionStatus.IN_REVIEW else (others, [])
    if not others:
        raise CannotDoError("ticked", "None of them can be sent to review as it stands. Nothing was changed.", left)
    before = [was(each) for each in others]
    for each in others:
        each.question.status, each.question.updated_at = STATES[name], now
        db.add(each.question)
    said = f"{plural(len(others), 'question')} {STATE_WORDS[name]}."
    if left:
        said += f" {plural(len(left), 'question stays as it is', 'questions stay as they are')}."
    return _keep(db, others, before, said, person, now, left)


def delete(db: Session, picked: Sequence[Picked], held: Held, person: Person, now: datetime) -> QuestionChange:
    """Questions that no test ever had are gone from everywhere; the others are retired. Rows stay, out of sight: what
    other tables say of them has to hold, and an undo brings them back."""
    kept = held(db, [each.question.id or 0 for each in picked])
    before, gone = [was(each) for each in picked], [each for each in picked if each.question.id not in kept]
    for each in picked:
        if each.question.id not in kept:
            each.question.deleted_at = now
        each.question.status, each.question.updated_at = QuestionStatus.RETIRED, now
        db.add(each.question)
    db.flush()
    search.forget(db, [each.question.id or 0 for each in gone])
    said = [f"{plural(len(gone), 'question')} deleted."] if gone else []
    stay = len(picked) - len(gone)
    said += (
        [f"{plural(stay, 'question')} retired instead: a test has or had {'it' if stay == 1 else 'them'}."]
        if stay
        else []
    )
    return _keep(db, picked, before, " ".join(said), person, now)


# ---------------------------------------------------------------- kept, so that it can be taken back


def was(picked: Picked) -> dict[str, Any]:
    """What an undo puts back."""
    return {
        "status": picked.question.status, "topic_id": picked.question.topic_id,
        "topic": picked.version.topic, "tags": list(picked.version.tags),
    }  # fmt: skip


def _keep(
    db: Session,
    picked: Sequence[Picked],
    before: Sequence[dict[str, Any]],
    said: str,
    person: Person,
    now: datetime,
    left: Sequence[Left] = (),
) -> QuestionChange:
    db.flush()
    kept = {
        str(each.question.id): was_before
        | {
            "left": each.question.version,
            "left_status": each.question.status,
            "left_verified": each.question.verified_version,
            "gone": bool(each.question.deleted_at),
        }
        for each, was_before in zip(picked, before, strict=True)
    }
    change = QuestionChange(code=new_code(), person_id=person.id or 0, said=said, before=kept, made_at=now)
    change.left_out = [asdict(each) for each in left]
    db.add(change)
    db.flush()
    audit.write(db, person.id, "questions", f"change {change.code}: {said}"[:120], now)
    return change
