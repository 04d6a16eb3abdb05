"""Views of the bank that editors keep; which questions a change of many was for, and which it left as they were."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bank_views",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_bank_views_person_id_people")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_bank_views")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_bank_views_person_id_name")),
    )
    # A value for the changes that are there; what it was is then forgotten, as the tables say it.
    with op.batch_alter_table("question_changes") as batch:
        batch.add_column(sa.Column("picked", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("left_out", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("question_changes") as batch:
        batch.alter_column("picked", existing_type=sa.JSON(), server_default=None)
        batch.alter_column("left_out", existing_type=sa.JSON(), server_default=None)


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
