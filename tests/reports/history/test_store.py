"""The history on disk."""

import sqlite3
from pathlib import Path

import pytest

from ami.errors import ConfigurationError, UnreachableError
from ami.findings import Severity
from ami.outcomes import Outcome
from reports.history.facts import FindingKey, facts
from reports.history.store import History, checked
from reports.run import Run
from tests.postgres import Postgres
from tests.reports.history.told import MIDNIGHT, key, told


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a history may be."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'history.sqlite'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.url.replace("@", f":{server.password}@")


def test_run_comes_back_as_it_was_kept(address: str) -> None:
    """From the next process too."""
    run = told(1, (key(), key("XS-01", severity=Severity.REMARK)), {"accuracy": 0.9991}, A="failed", B="passed", C="not tested")
    with History(address) as history:
        history.keep(run)

    with History(address) as again:
        assert again.run("run-1") == run
        assert again.run("run-2") is None


def test_run_that_is_kept_again_replaces_itself(address: str) -> None:
    """A report that is built twice is one run."""
    with History(address) as history:
        history.keep(told(1, (key(),), A="failed"))
        history.keep(told(1, A="passed"))

        assert history.run("run-1") == told(1, A="passed")


def test_latest_runs_of_an_environment_come_oldest_first(tmp_path: Path) -> None:
    """As many as are wanted, and before a moment where one is named."""
    with History(f"sqlite:///{tmp_path / 'history.sqlite'}") as history:
        for number in (3, 1, 2):
            history.keep(told(number, A="passed"))

        assert [run.run for run in history.runs(most=2)] == ["run-2", "run-3"]
        assert [run.run for run in history.runs(before=MIDNIGHT.replace(hour=3))] == ["run-1", "run-2"]
        assert history.runs(environment="another") == []


def test_what_a_run_leaves_is_kept_whole(whole_run: Run, tmp_path: Path) -> None:
    """Outcomes, reasons, findings."""
    run = facts(whole_run, Outcome.ERROR)
    with History(f"sqlite:///{tmp_path / 'history.sqlite'}") as history:
        history.keep(run)

        assert history.run(run.run) == run
    assert run.outcomes["fat/delivery::A stamp without its offset"] is Outcome.FAILED
    assert sorted(found.rule for found in run.findings) == ["MR-03", "SO-01"]
    assert run.as_past().findings == {("MR-03", "hes->mdms", "error"): 1, ("SO-01", "hes->mdms", "warning"): 1}


def test_key_of_a_finding_has_no_number_and_no_value() -> None:
    """Both are others in the next run."""
    assert FindingKey._fields == ("scenario", "rule", "severity", "wire", "path", "expected")


@pytest.mark.parametrize("address", ["history.sqlite", "mysql://localhost/x", "sqlite://", "postgresql://", ""])
def test_address_that_is_none_is_refused_in_one_line(address: str) -> None:
    """With the two that there are."""
    with pytest.raises(ConfigurationError, match="write sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/DATABASE"):
        checked(address)


def test_database_that_does_not_answer_is_named_without_its_password() -> None:
    """Nobody listens on port 1."""
    with pytest.raises(UnreachableError, match=r"the history postgresql://me:\*\*\*@127\.0\.0\.1:1/x cannot be used") as refused:
        History("postgresql://me:hunter2@127.0.0.1:1/x")

    assert "hunter2" not in str(refused.value)


def test_file_that_is_no_database_is_said_in_one_line(tmp_path: Path) -> None:
    """And it is left as it was."""
    (tmp_path / "history.sqlite").write_text("no database, but a text of some length" * 50)

    with pytest.raises(UnreachableError, match="cannot be used: file is not a database"):
        History(f"sqlite:///{tmp_path / 'history.sqlite'}")


def test_tables_are_those_of_the_migrations(tmp_path: Path) -> None:
    """Column by column; a history of today is brought up to date by the next version."""
    with History(f"sqlite:///{tmp_path / 'history.sqlite'}"):
        pass

    with sqlite3.connect(tmp_path / "history.sqlite") as connection:
        made = {table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for table in ("runs", "scenarios", "findings")}
        [(version,)] = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    connection.close()
    assert version == "0001"
    assert made["runs"] == ["run", "at", "environment", "version", "commit", "settings", "outcome", "seconds", "messages"]
    assert made["scenarios"] == ["run", "place", "scenario", "outcome", "reason"]
    assert made["findings"] == ["run", "scenario", "rule", "severity", "wire", "path", "expected", "times"]
