"""The tables of the history as its migrations leave them."""

from sqlalchemy import Column, DateTime, Float, ForeignKey, Integer, MetaData, String, Table

metadata = MetaData()

runs = Table(
    "runs",
    metadata,
    Column("run", String, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
    Column("environment", String, nullable=False),
    Column("version", String, nullable=False),
    Column("commit", String),
    Column("settings", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("messages", Integer, nullable=False),
)


def _of_run() -> "Column[str]":
    return Column("run", String, ForeignKey("runs.run", ondelete="CASCADE"), nullable=False, index=True)


scenarios = Table(
    "scenarios",
    metadata,
    _of_run(),
    Column("place", Integer, nullable=False),
    Column("scenario", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("reason", String),
)

findings = Table(
    "findings",
    metadata,
    _of_run(),
    Column("scenario", String, nullable=False),
    Column("rule", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("wire", String, nullable=False),
    Column("path", String, nullable=False),
    Column("expected", String, nullable=False),
    Column("times", Integer, nullable=False),
)

figures = Table("figures", metadata, _of_run(), Column("name", String, nullable=False), Column("value", Float, nullable=False))
