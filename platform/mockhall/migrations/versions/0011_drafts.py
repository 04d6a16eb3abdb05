"""Drafts of questions, prints that similar questions are found by, and which pictures a version shows."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Pictures of today came with the questions that show them. Those a desk adds are swept unless one does.
    with op.batch_alter_table("images") as batch:
        batch.add_column(sa.Column("used", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("images") as batch:
        batch.alter_column("used", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
    op.create_table(
        "question_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("page", sa.String(length=20), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_question_drafts_person_id_people")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_drafts_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_drafts")),
        sa.UniqueConstraint("person_id", "about", name=op.f("uq_question_drafts_person_id_about")),
    )
    op.create_index("ix_question_drafts_question_id", "question_drafts", ["question_id"])
    # The server fills it while it runs (bank/similar.py): what is recognised by what may change with a release.
    op.create_table(
        "question_prints",
        sa.Column("question_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_prints_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("question_id", "place", name=op.f("pk_question_prints")),
    )
    op.create_index("ix_question_prints_value", "question_prints", ["value"])


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
