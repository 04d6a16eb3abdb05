"""Key rulings: key versions, which of them holds for a version of a question, and the regrade that carries one out."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COUNTS = ("scored", "gains", "losses")
SUMS = ("before_sum", "after_sum")


def upgrade() -> None:
    op.create_table(
        "key_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ruling", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_key_versions_created_by_id_people")),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_key_versions_question_id_questions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_versions")),
        sa.UniqueConstraint("code", name=op.f("uq_key_versions_code")),
    )
    op.create_table(
        "held_keys",
        sa.Column("question_version_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key_version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_version_id"], ["key_versions.id"], name=op.f("fk_held_keys_key_version_id_key_versions")
        ),
        sa.ForeignKeyConstraint(
            ["question_version_id"],
            ["question_versions.id"],
            name=op.f("fk_held_keys_question_version_id_question_versions"),
        ),
        sa.PrimaryKeyConstraint("question_version_id", name=op.f("pk_held_keys")),
    )
    with op.batch_alter_table("key_versions") as batch:
        batch.create_index("ix_key_versions_question_id", ["question_id"])
        batch.create_index("ix_key_versions_applied_at", ["applied_at"])
    with op.batch_alter_table("held_keys") as batch:
        batch.create_index("ix_held_keys_key_version_id", ["key_version_id"])
    with op.batch_alter_table("regrades") as batch:
        batch.alter_column("paper_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("key_version_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_regrades_key_version_id_key_versions"), "key_versions", ["key_version_id"], ["id"]
        )
        batch.create_index("ix_regrades_key_version_id", ["key_version_id"])
        for name in COUNTS:
            batch.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        for name in SUMS:
            batch.add_column(sa.Column(name, sa.String(length=80), nullable=False, server_default="0"))
    # What the regrades that are there have is then forgotten, as the tables say it.
    with op.batch_alter_table("regrades") as batch:
        for name in COUNTS:
            batch.alter_column(name, existing_type=sa.Integer(), server_default=None)
        for name in SUMS:
            batch.alter_column(name, existing_type=sa.String(length=80), server_default=None)


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
