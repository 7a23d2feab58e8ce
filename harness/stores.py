"""Where a system keeps its data: in memory, in a SQLite file, or in PostgreSQL."""

import socket
from typing import Any, Final

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import StaticPool

from ami.errors import UnreachableError

BACKENDS: Final = {"sqlite": "sqlite", "postgresql": "postgresql+pg8000"}
"""The databases that there are, with the driver that speaks to each."""

CONNECT_TIMEOUT_S: Final = 10
"""For a server to take a connection, and for another process to give the tables up."""

ANSWER_TIMEOUT_S: Final = 60
"""For a server to answer a statement; longer than any wait that it cuts short itself."""

_ONE_CONNECTION: Final = {"pool_size": 1, "max_overflow": 0}
"""Held as long as the process lives: what one process has in mind of its tables, another must not change."""


def checked_url(text: str) -> str:
    """The address of a store as an environment file may say it. Raises ValueError, which says what was expected."""
    expected = "expected sqlite:///FILE or postgresql://USER@HOST:PORT/DATABASE"
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ValueError(expected) from None
    if url.drivername not in BACKENDS or not url.database:
        raise ValueError(expected)
    if url.password is not None:
        raise ValueError("a password does not belong into the file: name the environment variable that holds it in store_password")
    return text


def engine(system: str, store: str | None, password: str | None = None) -> Engine:
    """The engine for a system's own tables. store: as `checked_url` takes it, or None for memory. password: for PostgreSQL.

    In PostgreSQL the tables stand in a schema named for the system, so that several may share one database.
    Raises UnreachableError where the database does not take us, or another process has the tables open.
    """
    if store is None:
        return create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    url = make_url(store)
    try:
        made = _sqlite(url) if url.drivername == "sqlite" else _postgresql(url, f"metergate_{system}", password)
    except OSError as error:
        raise UnreachableError(f"the store of {system}, {url}, cannot be used: {error.strerror or error}") from None
    try:
        with made.connect():
            return made
    except (DBAPIError, OSError) as error:
        made.dispose()
        reason = _reason(error) if isinstance(error, DBAPIError) else str(error)
        raise UnreachableError(f"the store of {system}, {url}, cannot be used: {reason}") from None


def _sqlite(url: URL) -> Engine:
    made = create_engine(url, connect_args={"check_same_thread": False, "timeout": CONNECT_TIMEOUT_S}, **_ONE_CONNECTION)

    @event.listens_for(made, "connect")
    def careful_and_alone(connection: Any, _: object) -> None:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        # What was acknowledged must outlive the process and the machine: every commit reaches the disk.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")

    return made


def _postgresql(url: URL, schema: str, password: str | None) -> Engine:
    # The driver has one time limit for everything: whether anybody is there shall be known sooner.
    socket.create_connection((url.host or "localhost", url.port or 5432), CONNECT_TIMEOUT_S).close()
    driven = url.set(drivername=BACKENDS["postgresql"], password=password)
    made = create_engine(driven, connect_args={"timeout": ANSWER_TIMEOUT_S}, **_ONE_CONNECTION)

    @event.listens_for(made, "connect")
    def in_own_schema_and_alone(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        # Waits for the last commit of a process that was killed, which the server may still be busy with.
        cursor.execute(f"SET lock_timeout = '{CONNECT_TIMEOUT_S}s'")
        cursor.execute(f"SELECT pg_advisory_lock(hashtext('{schema}'))")
        cursor.execute("SET lock_timeout = 0")
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        cursor.execute(f"SET search_path TO {schema}")
        cursor.close()
        connection.commit()

    return made


def _reason(error: DBAPIError) -> str:
    """What the database says, in one line without the statement."""
    said = error.orig.args[0] if error.orig is not None and error.orig.args else error
    text = " ".join(str(said.get("M", said) if isinstance(said, dict) else said).split())
    return "another process has it open" if "database is locked" in text or "lock timeout" in text else text
