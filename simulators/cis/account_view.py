"""What the office sees of its accounts: JSON, one entry an agreement, then one for every premises that nobody is supplied at."""

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Table, select

from ami.ports import Json
from simulators.cis import store
from simulators.cis.json_texts import at_text, number_text
from simulators.cis.tables import accounts, agreements, customers, installations, linkages, notices, reads, service_orders, usage_points
from simulators.cis.turn import Turn

Entry = dict[str, Json]
_NOBODY = ("account", "customer", "name", "agreement", "tariff", "start", "end", "credit_kwh")


def account_list(turn: Turn, usage_point: str | None) -> list[Entry]:
    """All agreements, oldest first, then the vacant premises; of one usage point or of all."""
    own = agreements.join(accounts, accounts.c.account == agreements.c.account).join(customers, customers.c.customer == accounts.c.customer)
    statement = select(agreements, customers.c.customer, customers.c.name).select_from(own).order_by(agreements.c.agreement)
    if usage_point is not None:
        statement = statement.where(agreements.c.usage_point == usage_point)
    agreed = store.rows(turn.connection, statement)
    premises = {row["usage_point"]: row for row in _rows(turn, usage_points, usage_point)}
    vacant = sorted(premises.keys() - {row["usage_point"] for row in agreed if row["ends_at"] is None})
    files = _Files(
        meters=_filed(turn, installations, usage_point, _installation, by_agreement=False),
        linkages=_filed(turn, linkages, usage_point, _linkage),
        orders=_filed(turn, service_orders, usage_point, _order),
        reads=_filed(turn, reads, usage_point, _read),
    )
    now = at_text(turn.now.replace(microsecond=0)) or ""
    return [_agreed(row) | _premises(premises[row["usage_point"]], row["agreement"], files, now) for row in agreed] + [
        dict.fromkeys(_NOBODY) | _premises(premises[vacancy], None, files, now) for vacancy in vacant
    ]


def notice_list(turn: Turn) -> list[Entry]:
    """All notices, oldest first."""
    return [
        {name: row[name] for name in ("notice", "kind", "status", "account", "usage_point", "meter", "text")} | {"at": at_text(row["at"])}
        for row in store.rows(turn.connection, select(notices).order_by(notices.c.notice))
    ]


File = dict[tuple[str, str | None], list[Entry]]


class _Files(NamedTuple):
    """Everything that is filed under a usage point and an agreement (None: under none)."""

    meters: File
    linkages: File
    orders: File
    reads: File


def _rows(turn: Turn, table: Table, usage_point: str | None) -> list[store.Row]:
    statement = select(table).order_by(*table.primary_key.columns)
    return store.rows(turn.connection, statement if usage_point is None else statement.where(table.c.usage_point == usage_point))


def _filed(turn: Turn, table: Table, usage_point: str | None, view: Callable[[store.Row], Entry], *, by_agreement: bool = True) -> File:
    file: File = {}
    for row in _rows(turn, table, usage_point):
        file.setdefault((row["usage_point"], row["agreement"] if by_agreement else None), []).append(view(row))
    return file


def _agreed(row: store.Row) -> Entry:
    return {
        "account": row["account"],
        "customer": row["customer"],
        "name": row["name"],
        "agreement": row["agreement"],
        "tariff": row["tariff"],
        "start": at_text(row["starts_at"]),
        "end": at_text(row["ends_at"]),
        "credit_kwh": number_text(row["credit_kwh"]),
    }


def _premises(row: store.Row, agreement: str | None, files: _Files, now: str) -> Entry:
    """What hangs and happens at a usage point, as far as it concerns one agreement; None: as far as it concerns none."""
    usage_point = row["usage_point"]
    meters = files.meters.get((usage_point, None), [])
    hanging = [meter["meter"] for meter in meters if meter["start"] <= now and (meter["end"] is None or meter["end"] > now)]
    return {
        "usage_point": usage_point,
        "address": row["address"],
        "supply": row["supply"],
        "meter": hanging[0] if hanging else None,
        "meters": meters,
        "linkages": files.linkages.get((usage_point, agreement), []),
        "orders": files.orders.get((usage_point, agreement), []),
        "reads": files.reads.get((usage_point, agreement), []),
    }


def _installation(row: store.Row) -> Entry:
    return {
        "meter": row["meter"],
        "start": at_text(row["starts_at"]),
        "end": at_text(row["ends_at"]),
        "initial_kwh": number_text(row["initial_kwh"]),
        "final_kwh": number_text(row["final_kwh"]),
    }


def _linkage(row: store.Row) -> Entry:
    same = {name: row[name] for name in ("linkage", "system", "verb", "state", "attempts")}
    return same | {"effective_at": at_text(row["effective_at"]), "text": row["text"] or None}


def _order(row: store.Row) -> Entry:
    same = {name: row[name] for name in ("kind", "meter", "armed", "reason", "state")}
    return {"order": row["service_order"]} | same | _outcome(row) | {"closed_at": at_text(row["closed_at"])}


def _read(row: store.Row) -> Entry:
    return {"read": row["meter_read"], "meter": row["meter"], "state": row["state"], "attempts": row["attempts"]} | _outcome(row)


def _outcome(row: store.Row) -> Entry:
    return {
        "asked_at": at_text(row["asked_at"]),
        "text": row["text"] or None,
        "register_kwh": number_text(row["register_kwh"]),
        "read_at": at_text(row["read_at"]),
    }
