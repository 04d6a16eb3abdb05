"""Which ruling a ruling takes back; sessions by when they end, for the sweep."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("key_versions") as batch:
        batch.add_column(sa.Column("takes_back_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_key_versions_takes_back_id_key_versions"), "key_versions", ["takes_back_id"], ["id"]
        )
    with op.batch_alter_table("login_sessions") as batch:
        batch.create_index("ix_login_sessions_expires_at", ["expires_at"])


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
