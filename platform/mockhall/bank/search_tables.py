"""The table that searches look into, and the full-text index beside it, which each database has its own way to keep."""

from typing import Any

from sqlalchemy import DDL, Index, Text, event
from sqlmodel import Field, SQLModel


class QuestionText(SQLModel, table=True):
    """What a search finds a question by, of its newest version; each database has an index of its own over it."""

    __tablename__ = "question_texts"
    __table_args__ = (Index("ix_question_texts_title_question_id", "title", "question_id"),)

    question_id: int = Field(foreign_key="questions.id", primary_key=True, sa_column_kwargs={"autoincrement": False})
    title: str = Field(max_length=80)  # how its text begins, for putting in order
    words: str = Field(sa_type=Text)


# The words are made in `exam.words`: PostgreSQL need not take texts apart again in ways of its own. The column is kept,
# for of a word that is nearly everywhere it rather looks at all rows than at the index.
SEARCH_ON_POSTGRESQL = (
    """ALTER TABLE question_texts ADD COLUMN question_search tsvector
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED""",
    "CREATE INDEX question_search_words ON question_texts USING gin (question_search)",
)
# On SQLite the index is a table of its own, which triggers keep in step whoever writes.
_DELETED = "INSERT INTO question_search(question_search, rowid, words) VALUES ('delete', old.question_id, old.words); "
_ADDED = "INSERT INTO question_search(rowid, words) VALUES (new.question_id, new.words); "
SEARCH_ON_SQLITE = (
    """CREATE VIRTUAL TABLE question_search USING fts5(words, content='question_texts', content_rowid='question_id',
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* P* S* Co'", prefix='1 2 3')""",
    f"CREATE TRIGGER question_texts_added AFTER INSERT ON question_texts BEGIN {_ADDED}END",
    f"CREATE TRIGGER question_texts_gone AFTER DELETE ON question_texts BEGIN {_DELETED}END",
    f"CREATE TRIGGER question_texts_changed AFTER UPDATE ON question_texts BEGIN {_DELETED}{_ADDED}END",
)
_TEXTS = QuestionText.__table__  # type: ignore[attr-defined]  # sqlmodel's stubs don't know it
for _dialect, _statements in (("sqlite", SEARCH_ON_SQLITE), ("postgresql", SEARCH_ON_POSTGRESQL)):
    for _statement in _statements:
        _made: Any = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(_TEXTS, "after_create", _made.execute_if(dialect=_dialect))
_dropped: Any = DDL("DROP TABLE question_search")  # type: ignore[no-untyped-call]
event.listen(_TEXTS, "before_drop", _dropped.execute_if(dialect="sqlite"))
