"""The history on disk: SQLite in a file, or PostgreSQL by its address; its tables are brought up to date when it is opened."""

from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import URL, Engine, Table, create_engine, delete, event, insert, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError

from ami.errors import ConfigurationError, UnreachableError
from ami.findings import Severity
from ami.outcomes import Outcome
from reports.history import tables
from reports.history.facts import Facts, FindingKey

MIGRATIONS: Final = Path(__file__).parent / "migrations"
DRIVERS: Final = {"sqlite": "sqlite", "postgresql": "postgresql+pg8000"}
CONNECT_TIMEOUT_S: Final = 10
MOST: Final = 40
"""How many runs are looked back on."""


def checked(text: str) -> URL:
    """The address of a history as the user wrote it. Raises ConfigurationError."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in DRIVERS or not url.database:
        raise ConfigurationError(f"--history {text!r}: write sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/DATABASE")
    return url


class History:
    """The runs that are kept; to be closed, as in a `with` block.

    Raises ConfigurationError for an address that is none, UnreachableError where the database does not take us.
    """

    def __init__(self, address: str) -> None:
        url = checked(address)
        self.name = url.render_as_string(hide_password=True)
        self._engine = _engine(url)
        try:
            with self._engine.begin() as connection:
                _bring_up_to_date(connection)
        except (DBAPIError, OSError, CommandError) as error:
            self._engine.dispose()
            raise UnreachableError(f"the history {self.name} cannot be used: {_reason(error)}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    def keep(self, facts: Facts) -> None:
        """Keep a run; what was kept under its name before is replaced."""
        run = facts.run
        rows: dict[Table, list[dict[str, Any]]] = {
            tables.runs: [{name: getattr(facts, name) for name in tables.runs.columns.keys()}],  # noqa: SIM118 - of columns, not of a dict
            tables.scenarios: [
                {"run": run, "place": place, "scenario": scenario, "outcome": outcome.value, "reason": facts.reasons.get(scenario)}
                for place, (scenario, outcome) in enumerate(facts.outcomes.items())
            ],
            tables.findings: [{"run": run, **key._asdict(), "times": times} for key, times in facts.findings.items()],
            tables.figures: [{"run": run, "name": name, "value": value} for name, value in facts.figures.items()],
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(delete(tables.runs).where(tables.runs.c.run == run))
                for table, lines in rows.items():
                    if lines:
                        connection.execute(insert(table), lines)
        except DBAPIError as error:
            raise UnreachableError(f"the history {self.name} cannot be used: {_reason(error)}") from None

    def runs(self, *, environment: str | None = None, most: int = MOST, before: datetime | None = None) -> list[Facts]:
        """The latest runs, the oldest first. environment: only those of the environment of that name; before: that moment."""
        wanted = select(tables.runs).order_by(tables.runs.c.at.desc(), tables.runs.c.run.desc()).limit(most)
        if environment is not None:
            wanted = wanted.where(tables.runs.c.environment == environment)
        if before is not None:
            wanted = wanted.where(tables.runs.c.at < before)
        return self._read(wanted)

    def run(self, name: str) -> Facts | None:
        """The run of that name; None where none is kept."""
        return next(iter(self._read(select(tables.runs).where(tables.runs.c.run == name))), None)

    def _read(self, wanted: Any) -> list[Facts]:
        try:
            with self._engine.connect() as connection:
                kept = [dict(row) for row in connection.execute(wanted).mappings()]
                named = [row["run"] for row in kept]
                parts = {
                    table.name: _by_run(connection.execute(select(table).where(table.c.run.in_(named))).mappings())
                    for table in (tables.scenarios, tables.findings, tables.figures)
                }
        except DBAPIError as error:
            raise UnreachableError(f"the history {self.name} cannot be used: {_reason(error)}") from None
        return [_facts(row, parts) for row in reversed(kept)]


def _by_run(rows: Any) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row["run"]].append(row)
    return grouped


def _facts(row: dict[str, Any], parts: dict[str, dict[str, list[Any]]]) -> Facts:
    told = sorted(parts["scenarios"].get(row["run"], ()), key=lambda each: each["place"])
    at: datetime = row["at"]
    return Facts(
        **{**row, "at": at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC), "outcome": Outcome(row["outcome"])},
        outcomes={each["scenario"]: Outcome(each["outcome"]) for each in told},
        reasons={each["scenario"]: each["reason"] for each in told if each["reason"] is not None},
        findings={_key(each): each["times"] for each in parts["findings"].get(row["run"], ())},
        figures={each["name"]: each["value"] for each in parts["figures"].get(row["run"], ())},
    )


def _key(row: Any) -> FindingKey:
    return FindingKey(row["scenario"], row["rule"], Severity(row["severity"]), row["wire"], row["path"], row["expected"])


def _engine(url: URL) -> Engine:
    driven = url.set(drivername=DRIVERS[url.drivername])
    made = create_engine(driven, connect_args={"timeout": CONNECT_TIMEOUT_S})
    if url.drivername == "sqlite":

        @event.listens_for(made, "connect")
        def cascading(connection: Any, _: object) -> None:
            connection.execute("PRAGMA foreign_keys = ON")

    return made


def _bring_up_to_date(connection: Any) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _reason(error: Exception) -> str:
    told: Any = getattr(error, "orig", None) or error
    if isinstance(told, Exception) and told.args and isinstance(told.args[0], dict):
        return str(told.args[0].get("M", told))
    return str(told).strip().splitlines()[0] if str(told).strip() else type(told).__name__
