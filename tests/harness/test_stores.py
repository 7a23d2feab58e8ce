"""Stores: what may stand in the environment file, and databases that keep what was committed."""

from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select, text

from ami.errors import ConfigurationError, UnreachableError
from harness import environment, stores
from tests.postgres import Postgres

METADATA = MetaData()
NUMBERS = Table("numbers", METADATA, Column("number", Integer, primary_key=True))


def put_and_reopen(system: str, store: str, password: str | None) -> list[int]:
    """What a second engine finds of what a first one committed."""
    first = stores.engine(system, store, password)
    METADATA.create_all(first)
    with first.begin() as connection:
        connection.execute(insert(NUMBERS), [{"number": 1}, {"number": 2}])
    first.dispose()
    second = stores.engine(system, store, password)
    with second.begin() as connection:
        found = list(connection.scalars(select(NUMBERS.c.number).order_by(NUMBERS.c.number)))
    second.dispose()
    return found


def test_file_keeps_what_was_committed(tmp_path: Path) -> None:
    """SQLite in a file."""
    assert put_and_reopen("mdms", f"sqlite:///{tmp_path}/mdms.db", None) == [1, 2]


def test_file_is_written_before_a_commit_returns(tmp_path: Path) -> None:
    """A log beside it, and every commit on the disk."""
    made = stores.engine("mdms", f"sqlite:///{tmp_path}/mdms.db")
    with made.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA synchronous")) == 2
    made.dispose()


def test_postgresql_keeps_what_was_committed_and_each_system_apart(postgres: Postgres) -> None:
    """Two systems in one database do not see each other's tables."""
    assert put_and_reopen("one", postgres.url, postgres.password) == [1, 2]
    assert put_and_reopen("other", postgres.url, postgres.password) == [1, 2]


@pytest.fixture(params=["file", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str | None]:
    """A store of either kind, whose patience is short, and its password."""
    monkeypatch.setattr(stores, "CONNECT_TIMEOUT_S", 1)
    if request.param == "file":
        return f"sqlite:///{tmp_path}/alone.db", None
    server = request.getfixturevalue("postgres")
    return server.url, server.password


def test_second_process_is_refused(store: tuple[str, str | None]) -> None:
    """What one has in mind of its tables, another must not change."""
    first = stores.engine("alone", *store)
    with pytest.raises(UnreachableError, match="another process has it open"):
        stores.engine("alone", *store)
    first.dispose()
    stores.engine("alone", *store).dispose()


def test_wrong_password_is_one_line_without_it(postgres: Postgres) -> None:
    """It names the system, and not the password that was tried."""
    with pytest.raises(UnreachableError, match=r"the store of mdms, .*password authentication failed") as caught:
        stores.engine("mdms", postgres.url, "my secret guess")
    assert "guess" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_nobody_there_is_one_line() -> None:
    """And not a traceback of the driver."""
    with pytest.raises(UnreachableError, match=r"the store of cis, postgresql://u@127\.0\.0\.1:1/d, cannot be used: "):
        stores.engine("cis", "postgresql://u@127.0.0.1:1/d")


def test_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    """SQLite makes files, but no folders."""
    with pytest.raises(UnreachableError, match="unable to open database file"):
        stores.engine("cis", f"sqlite:///{tmp_path}/nowhere/cis.db")


@pytest.mark.parametrize(
    ("system", "store", "said"),
    [
        ("mdms", "mysql://u@h/d", "expected sqlite:///FILE or postgresql://USER@HOST:PORT/DATABASE"),
        ("mdms", "a file", "expected sqlite:///FILE"),
        ("mdms", "sqlite://", "expected sqlite:///FILE"),
        ("mdms", "postgresql://u:secret@h/d", "name the environment variable that holds it in store_password"),
        ("hes", "sqlite:///hes.db", "hes has no store of ours: only the stand-ins for mdms and cis keep data"),
    ],
)
def test_store_that_cannot_be_is_refused(tmp_path: Path, system: str, store: str, said: str) -> None:
    """By one line that says what was expected."""
    file = tmp_path / "landscape.toml"
    file.write_text(f'[systems.{system}]\nstore = "{store}"\n')
    with pytest.raises(ConfigurationError, match=said):
        environment.load(file)
