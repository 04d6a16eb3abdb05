"""The exam room: sections, timers, strict papers, late answers, codes for another device, receipts."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _add(table: str, *columns: sa.Column[Any]) -> None:
    """Columns with a value for the rows that are there; what the value was is then forgotten, as the tables say it."""
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.add_column(column)
    with op.batch_alter_table(table) as batch:
        for column in columns:
            if column.server_default is not None:
                batch.alter_column(column.name, existing_type=column.type, server_default=None)


def upgrade() -> None:
    _create()
    _add(
        "attempts",
        sa.Column("roll", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("language", sa.String(length=8), nullable=False, server_default="en"),
        sa.Column("strict", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("section", sa.Integer(), nullable=True),
        sa.Column("extra_seconds", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_seconds", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("cut_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scratch", sa.Text(), nullable=False, server_default=""),
        sa.Column("receipt", sa.String(length=24), nullable=True),
        sa.Column("receipt_hash", sa.String(length=64), nullable=True),
    )
    _add(
        "paper_sections",
        sa.Column("one_way", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("minutes_min", sa.Integer(), nullable=True),
        sa.Column("minutes_max", sa.Integer(), nullable=True),
        sa.Column("question_seconds", sa.Integer(), nullable=True),
        sa.Column("choose", sa.String(length=8), nullable=False, server_default=""),
        sa.Column("choose_k", sa.Integer(), nullable=True),
        sa.Column("floor", sa.String(length=80), nullable=True),
    )
    _add(
        "paper_versions",
        sa.Column("shuffle_sections", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("save_policy", sa.String(length=12), nullable=False, server_default="auto"),
        sa.Column("time_up", sa.String(length=8), nullable=False, server_default="submit"),
        sa.Column("window_minutes", sa.Integer(), nullable=True),
        sa.Column("hard_close", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("certainty", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("calculator", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("practice", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("ask_name", sa.String(length=8), nullable=False, server_default="optional"),
        sa.Column("ask_roll", sa.String(length=8), nullable=False, server_default="no"),
        sa.Column("floor", sa.String(length=80), nullable=True),
        sa.Column("access_code", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("wait_minutes", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False, server_default='["en"]'),
    )
    _add("marks", sa.Column("counted", sa.Boolean(), nullable=False, server_default=sa.true()))
    _add(
        "question_versions",
        sa.Column("passage_code", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("passage", sa.Text(), nullable=False, server_default=""),
        sa.Column("translations", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("solution_translations", sa.JSON(), nullable=False, server_default="{}"),
    )
    _add(
        "responses",
        sa.Column("parts", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("locked", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unsaved", sa.JSON(), nullable=True),
        sa.Column("unsaved_at", sa.DateTime(timezone=True), nullable=True),
    )
    _add(
        "scores",
        sa.Column("unsaved", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("unsaved_marks", sa.String(length=80), nullable=False, server_default="0"),
    )
    with op.batch_alter_table("attempts") as batch:
        batch.create_unique_constraint(batch.f("uq_attempts_receipt"), ["receipt"])
        batch.create_index(batch.f("ix_attempts_receipt_hash"), ["receipt_hash"], unique=False)
    _key_of_responses()


def _key_of_responses() -> None:
    """A response is known by its attempt and number: the id and two indexes were more to write at each start."""
    with op.batch_alter_table("responses", table_kwargs={"sqlite_with_rowid": False}) as batch:
        batch.drop_index(batch.f("ix_responses_attempt_id"))
        batch.drop_constraint(batch.f("uq_responses_attempt_id_number"), type_="unique")
        batch.drop_constraint(batch.f("pk_responses"), type_="primary")
        batch.drop_column("id")
        batch.create_primary_key(batch.f("pk_responses"), ["attempt_id", "number"])


def _create() -> None:
    op.create_table(
        "attempt_sections",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_attempt_sections_attempt_id_attempts")),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_attempt_sections")),
    )
    op.create_table(
        "device_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_device_codes_attempt_id_attempts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_device_codes_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_device_codes_code_hash")),
    )
    with op.batch_alter_table("device_codes") as batch:
        batch.create_index(batch.f("ix_device_codes_attempt_id"), ["attempt_id"], unique=False)
        batch.create_index(batch.f("ix_device_codes_person_id"), ["person_id"], unique=False)

    op.create_table(
        "heartbeats",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "late_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("choice", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("marked", sa.Boolean(), nullable=False),
        sa.Column("certainty", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("tab", sa.String(length=40), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("replaced", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["people.id"], name=op.f("fk_late_answers_accepted_by_id_people")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_late_answers_attempt_id_attempts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_answers")),
    )
    with op.batch_alter_table("late_answers") as batch:
        batch.create_index(batch.f("ix_late_answers_attempt_id"), ["attempt_id"], unique=False)

    op.create_table(
        "images",
        sa.Column("address", sa.String(length=40), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_images")),
    )

    op.create_table(
        "paper_draws",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=120), nullable=False),
        sa.Column("difficulty", sa.String(length=10), nullable=False),
        sa.Column("tag", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"], ["paper_sections.id"], name=op.f("fk_paper_draws_section_id_paper_sections")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_draws")),
        sa.UniqueConstraint("section_id", "position", name=op.f("uq_paper_draws_section_id_position")),
    )
    with op.batch_alter_table("paper_draws") as batch:
        batch.create_index(batch.f("ix_paper_draws_section_id"), ["section_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
