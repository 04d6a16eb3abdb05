"""The list of the bank: words to search by, tags, tests counted, orders; changes of many questions at once."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from mockhall.bank.search import Findable

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

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
BATCH = 500
WRITTEN = {"tags", "options", "translations", "solution_translations", "option_solutions"}
NEWEST = """
SELECT q.id, q.code, v.topic, v.stem, v.solution, v.tags, v.passage, v.options, v.translations,
  v.solution_translations, v.option_solutions, coalesce(s.title, '') AS subject
FROM questions AS q JOIN question_versions AS v ON v.question_id = q.id AND v.number = q.version
LEFT JOIN topics AS t ON t.id = q.topic_id LEFT JOIN topics AS s ON s.id = t.parent_id
WHERE q.id > :after ORDER BY q.id LIMIT :batch
"""
USED = """
UPDATE questions SET used = (
  SELECT count(DISTINCT p.id) FROM papers AS p
  JOIN paper_versions AS pv ON pv.paper_id = p.id AND pv.number = p.version
  JOIN paper_sections AS s ON s.paper_version_id = pv.id
  JOIN paper_questions AS pq ON pq.section_id = s.id
  JOIN question_versions AS qv ON qv.id = pq.question_version_id
  WHERE qv.question_id = questions.id AND p.status <> 'archived')
"""


def upgrade() -> None:
    _columns()
    _tables()
    op.execute(USED)
    for rows in _batches():
        _keep(rows)


def _columns() -> None:
    with op.batch_alter_table("questions") as batch:
        batch.add_column(sa.Column("used", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("questions") as batch:
        batch.alter_column("used", existing_type=sa.Integer(), server_default=None)
        batch.create_index("ix_questions_updated_at_id", ["updated_at", "id"])
        batch.create_index("ix_questions_verified_at_id", ["verified_at", "id"])
        batch.create_index("ix_questions_used_id", ["used", "id"])
        batch.create_index("ix_questions_created_by_id_id", ["created_by_id", "id"])
        batch.drop_index("ix_questions_topic_id")
        batch.create_index("ix_questions_topic_id_id", ["topic_id", "id"])
    with op.batch_alter_table("topics") as batch:
        batch.create_index("ix_topics_title_id", ["title", "id"])
    with op.batch_alter_table("question_figures") as batch:
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("paper_version_id", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("question_figures") as batch:
        batch.alter_column("version", existing_type=sa.Integer(), server_default=None)
        batch.alter_column("paper_version_id", existing_type=sa.Integer(), server_default=None)
        batch.create_index("ix_question_figures_facility_question_id", ["facility", "question_id"])


def _tables() -> None:
    op.create_table(
        "question_texts",
        sa.Column("question_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_texts_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_question_texts")),
    )
    with op.batch_alter_table("question_texts") as batch:
        batch.create_index("ix_question_texts_title_question_id", ["title", "question_id"])
    op.create_table(
        "question_tags",
        sa.Column("tag", sa.String(length=60), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_question_tags_question_id_questions")),
        sa.PrimaryKeyConstraint("tag", "question_id", name=op.f("pk_question_tags")),
    )
    with op.batch_alter_table("question_tags") as batch:
        batch.create_index("ix_question_tags_question_id", ["question_id"])
    op.create_table(
        "question_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(length=400), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_question_changes_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_changes")),
        sa.UniqueConstraint("code", name=op.f("uq_question_changes_code")),
    )
    with op.batch_alter_table("question_changes") as batch:
        batch.create_index("ix_question_changes_person_id", ["person_id"])
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SEARCH_ON_SQLITE if on_sqlite else SEARCH_ON_POSTGRESQL:
        op.execute(statement)


def _batches() -> Iterator[list[Any]]:
    """Every question with its newest version, a few hundred at a time."""
    after = 0
    while rows := op.get_bind().execute(sa.text(NEWEST), {"after": after, "batch": BATCH}).mappings().all():
        yield list(rows)
        after = rows[-1]["id"]


def _keep(rows: list[Any]) -> None:
    found = [
        Findable(row["id"], row["code"], {name: _read(name, row[name]) for name in row}, row["subject"]) for row in rows
    ]
    texts = sa.table("question_texts", *map(sa.column, ("question_id", "title", "words")))
    tags = sa.table("question_tags", *map(sa.column, ("tag", "question_id")))
    op.bulk_insert(texts, [{"question_id": e.question_id, "title": e.title, "words": e.words} for e in found])
    op.bulk_insert(tags, [{"tag": tag, "question_id": e.question_id} for e in found for tag in sorted(e.tags)])


def _read(name: str, value: Any) -> Any:
    """SQLite gives JSON as it is written."""
    return json.loads(value) if name in WRITTEN and isinstance(value, str) else value


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
