"""Full-text search: the words kept of each question's newest version, and the one way to look for them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from mockhall.bank.models import Question, QuestionTag, QuestionVersion, Topic
from mockhall.bank.search_tables import QuestionText
from mockhall.exam.words import asked, words_of

LONGEST_TITLE = 80
LONGEST_TAG = 60


@dataclass(frozen=True)
class Findable:
    """What a question says today, as the search and the list need it; `contents` as `actions.CONTENTS`."""

    question_id: int
    code: str
    contents: Mapping[str, Any]
    subject: str = ""  # what its topic stands below; `keep` looks it up

    @classmethod
    def of(cls, question: Question, version: QuestionVersion) -> "Findable":
        """A stored version."""
        return cls(question.id or 0, question.code, version.model_dump())

    @property
    def words(self) -> str:
        return " ".join(words_of([self.subject, *_said(self.contents), self.code]))

    @property
    def title(self) -> str:
        """How its text begins: words alone, so that signs of Markdown put nothing in order."""
        return " ".join(words_of([self.contents["stem"][:400]]))[:LONGEST_TITLE]

    @property
    def tags(self) -> set[str]:
        return {tag.casefold()[:LONGEST_TAG] for tag in self.contents["tags"]}


def _said(contents: Mapping[str, Any]) -> Iterator[str]:
    """All texts of a question that somebody may remember, in each of its languages; what is right is not said."""
    yield from (contents[name] for name in ("topic", "stem", "solution"))
    yield from contents["tags"]
    yield contents.get("passage") or ""
    for name in ("options", "translations", "solution_translations", "option_solutions"):
        yield from _texts(contents.get(name) or [])


def _texts(value: Any, name: str = "text") -> Iterator[str]:
    """The texts of options and translations, at whatever depth; not their ids."""
    if isinstance(value, str):
        yield value if name not in {"id", "side", "type"} else ""
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _texts(each, key)
    elif isinstance(value, Sequence):
        for each in value:
            yield from _texts(each, name)


def keep(db: Session, rows: Sequence[Findable]) -> None:
    """Keep the words and tags of these questions, in the transaction that gives them their newest version."""
    subjects = _subjects(db, [each.question_id for each in rows])
    filed = [replace(each, subject=subjects.get(each.question_id, "")) for each in rows]
    texts = [{"question_id": each.question_id, "title": each.title, "words": each.words} for each in filed]
    insert = (postgresql if db.get_bind().dialect.name == "postgresql" else sqlite).insert(QuestionText)
    changed = {"title": insert.excluded.title, "words": insert.excluded.words}
    db.execute(insert.on_conflict_do_update(index_elements=["question_id"], set_=changed), texts)
    forget_tags(db, [each.question_id for each in rows])
    tags = [{"tag": tag, "question_id": each.question_id} for each in rows for tag in sorted(each.tags)]
    if tags:
        db.execute(sa.insert(QuestionTag), tags)


def _subjects(db: Session, ids: Sequence[int]) -> dict[int, str]:
    """The subject of each question whose topic stands below one."""
    topic, subject = aliased(Topic), aliased(Topic)
    query = sa.select(col(Question.id), col(subject.title)).join(topic, col(topic.id) == col(Question.topic_id))
    query = query.join(subject, col(subject.id) == col(topic.parent_id)).where(col(Question.id).in_(ids))
    return {row[0]: row[1] for row in db.execute(query)}


def forget_tags(db: Session, ids: Sequence[int]) -> None:
    """Questions have none of their tags any more, as far as the list goes."""
    db.execute(sa.delete(QuestionTag).where(col(QuestionTag.question_id).in_(ids)))


def forget(db: Session, ids: Sequence[int]) -> None:
    """Questions are found no more."""
    forget_tags(db, ids)
    db.execute(sa.delete(QuestionText).where(col(QuestionText.question_id).in_(ids)))


_ON_POSTGRESQL = sa.table("question_texts", sa.column("question_id"), sa.column("question_search"))
_ON_SQLITE = sa.table("question_search", sa.column("rowid"), sa.column("question_search"))


def found(db: Session, text: str) -> sa.Select[Any]:
    """The ids of the questions that hold all words of this text, the last one perhaps begun only."""
    words = asked(text)
    if not words:
        return sa.select(col(QuestionText.question_id)).where(sa.false())
    quoted = [f'"{word}"' for word in words]  # a word holds letters, digits and + # %, so there is nothing to escape
    if db.get_bind().dialect.name == "sqlite":
        match = _ON_SQLITE.c.question_search.op("MATCH")(" ".join(quoted) + "*")
        return sa.select(_ON_SQLITE.c.rowid).where(match)
    query = " & ".join(f"'{word}'" for word in words) + ":*"
    match = _ON_POSTGRESQL.c.question_search.op("@@")(sa.cast(sa.literal(query), postgresql.TSQUERY))
    return sa.select(_ON_POSTGRESQL.c.question_id).where(match)
