"""Answers one after the other; marks in one b-tree; statistics of a paper; what staff did to attempts and scores."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("responses", sa.Column("trail", sa.Text(), nullable=False, server_default=""))
    if op.get_bind().dialect.name == "sqlite":
        _lean_marks_on_sqlite()
    else:
        _lean_marks()
    op.create_index("ix_scores_paper_id_scored_at", "scores", ["paper_id", "scored_at"])
    _new_tables()


def _lean_marks() -> None:
    op.drop_index("ix_marks_attempt_id", "marks")
    op.drop_column("marks", "id")  # its primary key goes with it
    op.drop_constraint("uq_marks_attempt_id_number", "marks", type_="unique")
    op.create_primary_key("pk_marks", "marks", ["attempt_id", "number"])


def _lean_marks_on_sqlite() -> None:
    """SQLite makes a table without row ids only anew."""
    op.rename_table("marks", "marks_before")
    op.create_table(
        "marks",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("marks", sa.String(length=80), nullable=False),
        sa.Column("max", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_marks_attempt_id_attempts")),
        sa.PrimaryKeyConstraint("attempt_id", "number", name=op.f("pk_marks")),
        sqlite_with_rowid=False,
    )
    op.execute(
        'INSERT INTO marks (attempt_id, number, marks, "max", outcome, counted) '
        'SELECT attempt_id, number, marks, "max", outcome, counted FROM marks_before ORDER BY attempt_id, number'
    )
    op.drop_table("marks_before")


def _new_tables() -> None:
    op.create_table(
        "paper_statistics",
        sa.Column("paper_version_id", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.String(length=8), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("up_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_version_id"],
            ["paper_versions.id"],
            name=op.f("fk_paper_statistics_paper_version_id_paper_versions"),
        ),
        sa.PrimaryKeyConstraint("paper_version_id", "chosen", name=op.f("pk_paper_statistics")),
    )
    op.create_table(
        "regrades",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_regrades_actor_id_people")),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_regrades_paper_id_papers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrades")),
        sa.UniqueConstraint("code", name=op.f("uq_regrades_code")),
    )
    op.create_index("ix_regrades_paper_id", "regrades", ["paper_id"])
    op.create_table(
        "score_changes",
        sa.Column("regrade_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=80), nullable=False),
        sa.Column("after", sa.String(length=80), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_score_changes_attempt_id_attempts")),
        sa.ForeignKeyConstraint(["regrade_id"], ["regrades.id"], name=op.f("fk_score_changes_regrade_id_regrades")),
        sa.PrimaryKeyConstraint("regrade_id", "attempt_id", name=op.f("pk_score_changes")),
    )
    op.create_index("ix_score_changes_attempt_id", "score_changes", ["attempt_id"])
    op.create_table(
        "attempt_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verb", sa.String(length=12), nullable=False),
        sa.Column("before", sa.String(length=12), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_attempt_events_actor_id_people")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_attempt_events_attempt_id_attempts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_events")),
    )
    op.create_index("ix_attempt_events_attempt_id", "attempt_events", ["attempt_id"])


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before the upgrade")
