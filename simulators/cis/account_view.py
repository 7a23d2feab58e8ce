"""What the office sees of its accounts: JSON, one entry an agreement, then one for every premises that nobody is supplied at."""

from collections.abc import Callable

from sqlalchemy import Table, select

from ami.ports import Json
from simulators.cis import installations, store
from simulators.cis.json_texts import at_text, number_text
from simulators.cis.tables import accounts, agreements, customers, linkages, notices, reads, service_orders, usage_points
from simulators.cis.turn import Turn


def account_list(turn: Turn, usage_point: str | None) -> list[dict[str, Json]]:
    """All agreements, oldest first, then the vacant premises; of one usage point or of all."""
    statement = (
        select(agreements, customers.c.customer, customers.c.name)
        .join(accounts, accounts.c.account == agreements.c.account)
        .join(customers, customers.c.customer == accounts.c.customer)
    )
    if usage_point is not None:
        statement = statement.where(agreements.c.usage_point == usage_point)
    agreed = store.rows(turn.connection, statement.order_by(agreements.c.agreement))
    supplied = {row["usage_point"] for row in agreed if row["ends_at"] is None}
    premises = store.rows(turn.connection, select(usage_points).order_by(usage_points.c.usage_point))
    vacant = [row for row in premises if row["usage_point"] not in supplied and usage_point in (None, row["usage_point"])]
    by_usage_point = {row["usage_point"]: row for row in premises}
    return [_agreed(row) | _premises(turn, by_usage_point[row["usage_point"]], row["agreement"]) for row in agreed] + [
        dict.fromkeys(_NOBODY) | _premises(turn, row, None) for row in vacant
    ]


def notice_list(turn: Turn) -> list[dict[str, Json]]:
    """All notices, oldest first."""
    return [
        {name: row[name] for name in ("notice", "kind", "status", "account", "usage_point", "meter", "text")} | {"at": at_text(row["at"])}
        for row in store.rows(turn.connection, select(notices).order_by(notices.c.notice))
    ]


_NOBODY = ("account", "customer", "name", "agreement", "tariff", "start", "end", "credit_kwh")


def _agreed(row: store.Row) -> dict[str, Json]:
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


def _premises(turn: Turn, row: store.Row, agreement: str | None) -> dict[str, Json]:
    """What hangs and happens at a usage point, as far as it concerns one agreement; None: as far as it concerns none."""
    usage_point = row["usage_point"]
    hanging = installations.current(turn, usage_point, turn.now)

    def concerning(table: Table, view: Callable[[store.Row], dict[str, Json]]) -> list[dict[str, Json]]:
        same = (table.c.usage_point == usage_point) & (table.c.agreement == agreement)
        return [view(found) for found in store.rows(turn.connection, select(table).where(same).order_by(*table.primary_key.columns))]

    return {
        "usage_point": usage_point,
        "address": row["address"],
        "supply": row["supply"],
        "meter": hanging["meter"] if hanging is not None else None,
        "meters": [_installation(found) for found in installations.history(turn, usage_point)],
        "linkages": concerning(linkages, _linkage),
        "orders": concerning(service_orders, _order),
        "reads": concerning(reads, _read),
    }


def _installation(row: store.Row) -> dict[str, Json]:
    return {
        "meter": row["meter"],
        "start": at_text(row["starts_at"]),
        "end": at_text(row["ends_at"]),
        "initial_kwh": number_text(row["initial_kwh"]),
        "final_kwh": number_text(row["final_kwh"]),
    }


def _linkage(row: store.Row) -> dict[str, Json]:
    same = {name: row[name] for name in ("linkage", "system", "verb", "state", "attempts")}
    return same | {"effective_at": at_text(row["effective_at"]), "text": row["text"] or None}


def _order(row: store.Row) -> dict[str, Json]:
    same = {name: row[name] for name in ("kind", "meter", "armed", "reason", "state")}
    return {"order": row["service_order"]} | same | _outcome(row) | {"closed_at": at_text(row["closed_at"])}


def _read(row: store.Row) -> dict[str, Json]:
    return {"read": row["meter_read"], "meter": row["meter"], "state": row["state"], "attempts": row["attempts"]} | _outcome(row)


def _outcome(row: store.Row) -> dict[str, Json]:
    return {
        "asked_at": at_text(row["asked_at"]),
        "text": row["text"] or None,
        "register_kwh": number_text(row["register_kwh"]),
        "read_at": at_text(row["read_at"]),
    }
