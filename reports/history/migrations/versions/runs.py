"""The first step: runs, and the scenarios, findings and figures of each."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "runs",
        sa.Column("run", sa.String, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
        *(sa.Column(name, sa.String, nullable=False) for name in ("environment", "version")),
        sa.Column("commit", sa.String),
        *(sa.Column(name, sa.String, nullable=False) for name in ("settings", "outcome")),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("messages", sa.Integer, nullable=False),
    )
    op.create_table(
        "scenarios",
        _of_run(),
        sa.Column("place", sa.Integer, nullable=False),
        *(sa.Column(name, sa.String, nullable=False) for name in ("scenario", "outcome")),
        sa.Column("reason", sa.String),
    )
    op.create_table(
        "findings",
        _of_run(),
        *(sa.Column(name, sa.String, nullable=False) for name in ("scenario", "rule", "severity", "wire", "path", "expected")),
        sa.Column("times", sa.Integer, nullable=False),
    )
    op.create_table("figures", _of_run(), sa.Column("name", sa.String, nullable=False), sa.Column("value", sa.Float, nullable=False))


def downgrade() -> None:
    """Take them away."""
    for name in ("figures", "findings", "scenarios", "runs"):
        op.drop_table(name)


def _of_run() -> "sa.Column[str]":
    return sa.Column("run", sa.String, sa.ForeignKey("runs.run", ondelete="CASCADE"), nullable=False, index=True)
