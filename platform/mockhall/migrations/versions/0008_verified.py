"""Which version of a question was verified, by whom, until when; the figures of a question over all its tests."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("questions") as batch:
        batch.add_column(sa.Column("verified_version", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("verified_by_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(batch.f("fk_questions_verified_by_id_people"), "people", ["verified_by_id"], ["id"])
    # What counts as verified today was so in its newest version, since it was last touched.
    op.execute("UPDATE questions SET verified_version = version, verified_at = updated_at WHERE status = 'verified'")
    op.create_table(
        "question_figures",
        sa.Column("question_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("facility", sa.Float(), nullable=True),
        sa.Column("discrimination", sa.Float(), nullable=True),
        sa.Column("finding", sa.String(length=20), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_figures_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_question_figures")),
    )
    with op.batch_alter_table("question_figures") as batch:
        batch.create_index("ix_question_figures_finding", ["finding"])


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
