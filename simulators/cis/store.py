"""Rows in and out of the tables: the few ways in which this system touches its database."""

from typing import Any

from sqlalchemy import Column, Connection, Engine, RowMapping, Select, Table, insert, select, update

from simulators.cis.tables import metadata, numbers

Row = RowMapping


def create(engine: Engine) -> None:
    """Make the tables that are missing."""
    metadata.create_all(engine)


def empty(connection: Connection) -> None:
    """Delete every row."""
    for table in metadata.sorted_tables:
        connection.execute(table.delete())


def add(connection: Connection, table: Table, **values: Any) -> None:
    """Insert one row."""
    connection.execute(insert(table), values)


def amend(connection: Connection, key: Column[Any], value: str, **values: Any) -> None:
    """Change the rows of a table whose `key` is `value`."""
    connection.execute(update(key.table).where(key == value).values(**values))


def first(connection: Connection, statement: Select[Any]) -> Row | None:
    """The first row of an answer, or None."""
    return connection.execute(statement).mappings().first()


def found(connection: Connection, key: Column[Any], value: str, what: str) -> Row:
    """The one row with that key. Raises LookupError, naming `what` was looked for."""
    row = first(connection, select(key.table).where(key == value))
    if row is None:
        raise LookupError(f"{what} {value!r}")
    return row


def rows(connection: Connection, statement: Select[Any]) -> list[Row]:
    """All rows of an answer."""
    return list(connection.execute(statement).mappings())


def next_number(connection: Connection, series: str) -> int:
    """The next number of a series, from 1."""
    if connection.execute(update(numbers).where(numbers.c.series == series).values(last=numbers.c.last + 1)).rowcount == 0:
        add(connection, numbers, series=series, last=1)
        return 1
    return int(connection.execute(select(numbers.c.last).where(numbers.c.series == series)).scalar_one())


def next_id(connection: Connection, prefix: str) -> str:
    """The next id with that prefix: A-000001."""
    return f"{prefix}-{next_number(connection, prefix):06d}"
