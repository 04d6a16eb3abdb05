"""Who may sit a test: everybody, whoever signs in, or the people of chosen cohorts."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A value for the versions that are there; what it was is then forgotten, as the tables say it.
    with op.batch_alter_table("paper_versions") as batch:
        batch.add_column(sa.Column("access", sa.String(length=8), nullable=False, server_default="public"))
    with op.batch_alter_table("paper_versions") as batch:
        batch.alter_column("access", existing_type=sa.String(length=8), server_default=None)
    op.create_table(
        "paper_cohorts",
        sa.Column("paper_version_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cohort_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohorts.id"], name=op.f("fk_paper_cohorts_cohort_id_cohorts")),
        sa.ForeignKeyConstraint(
            ["paper_version_id"], ["paper_versions.id"], name=op.f("fk_paper_cohorts_paper_version_id_paper_versions")
        ),
        sa.PrimaryKeyConstraint("paper_version_id", "cohort_id", name=op.f("pk_paper_cohorts")),
    )


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
