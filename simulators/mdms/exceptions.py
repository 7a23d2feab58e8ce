"""The exception list: what validation found and a person may want to look at; each finding stands once."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select

from simulators.mdms.schema import EXCEPTIONS


class Found(NamedTuple):
    """One finding against a meter's intervals in [start, end)."""

    meter: str
    flow: int
    rule: str
    start: int
    end: int
    text: str


def note(connection: Connection, found: Sequence[Found], now: int) -> None:
    """Add what is not on the list yet."""
    if not found:
        return
    columns = EXCEPTIONS.c
    query = select(columns.meter, columns.flow, columns.rule, columns.start_at, columns.end_at)
    meters = {one.meter for one in found}
    known = {tuple(row) for row in connection.execute(query.where(columns.meter.in_(meters)))}
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in found:
        key = one[:5]
        if key not in known:
            rows.setdefault(key, dict(zip((*query.selected_columns.keys(), "explanation"), one, strict=True)) | {"found_at": now})
    if rows:
        connection.execute(insert(EXCEPTIONS), list(rows.values()))
