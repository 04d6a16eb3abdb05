"""The review: notes and bookmarks on questions, reported errors, an explanation beside each option."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_notes",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bookmarked", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_review_notes_attempt_id_attempts")),
        sa.PrimaryKeyConstraint("attempt_id", "number", name=op.f("pk_review_notes")),
    )
    op.create_table(
        "question_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("question_version_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_question_reports_attempt_id_attempts")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["people.id"], name=op.f("fk_question_reports_closed_by_id_people")),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_versions.id"],
            name=op.f("fk_question_reports_question_version_id_question_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_reports")),
        sa.UniqueConstraint("code", name=op.f("uq_question_reports_code")),
    )
    with op.batch_alter_table("question_reports") as batch:
        batch.create_index("ix_question_reports_attempt_id", ["attempt_id"])
        batch.create_index("ix_question_reports_question_version_id", ["question_version_id"])
        batch.create_index("ix_question_reports_status_id", ["status", "id"])
    # A value for the versions that are there; what it was is then forgotten, as the tables say it.
    with op.batch_alter_table("question_versions") as batch:
        batch.add_column(sa.Column("option_solutions", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("question_versions") as batch:
        batch.alter_column("option_solutions", existing_type=sa.JSON(), server_default=None)


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
