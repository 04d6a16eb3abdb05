"""No index of responses by question version: nothing looks a response up by it, and every start wrote sixty entries."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("responses") as batch:
        batch.drop_index("ix_responses_question_version_id")


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
