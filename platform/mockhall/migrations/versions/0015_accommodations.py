"""Own times and attempts of a person or cohort in one test, what an undo of the builder needs, medians of time."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("papers", sa.Column("front_before", sa.JSON(), nullable=True))
    op.add_column("question_figures", sa.Column("seconds", sa.Float(), nullable=True))
    op.create_table(
        "paper_accommodations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("cohort_id", sa.Integer(), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("more_attempts", sa.Integer(), nullable=False),
        sa.Column("no_wait", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohorts.id"], name=op.f("fk_paper_accommodations_cohort_id_cohorts")),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["people.id"], name=op.f("fk_paper_accommodations_given_by_id_people")
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_paper_accommodations_paper_id_papers")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_paper_accommodations_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_accommodations")),
        sa.UniqueConstraint("code", name=op.f("uq_paper_accommodations_code")),
        sa.UniqueConstraint("paper_id", "cohort_id", name=op.f("uq_paper_accommodations_paper_id_cohort_id")),
        sa.UniqueConstraint("paper_id", "person_id", name=op.f("uq_paper_accommodations_paper_id_person_id")),
    )
    with op.batch_alter_table("paper_accommodations") as batch:
        batch.create_index("ix_paper_accommodations_cohort_id", ["cohort_id"])
        batch.create_index("ix_paper_accommodations_person_id", ["person_id"])


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
