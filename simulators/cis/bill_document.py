"""A bill as people see it: JSON, the same shape whether it is issued or not."""

import json
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from ami.days import local_day
from ami.ports import Json
from ami.reading_type import FORWARD, REVERSE
from simulators.cis import store
from simulators.cis.bill_lines import Charges, Line
from simulators.cis.determinants import TOTAL, Measured, energy_by_period
from simulators.cis.json_texts import at_text, number_text
from simulators.cis.tables import accounts, agreements, bills, customers, usage_points
from simulators.cis.turn import Turn

_BILLS = (
    select(bills, agreements.c.account, agreements.c.usage_point, agreements.c.tariff, customers.c.name, usage_points.c.address)
    .join(agreements, agreements.c.agreement == bills.c.agreement)
    .join(accounts, accounts.c.account == agreements.c.account)
    .join(customers, customers.c.customer == accounts.c.customer)
    .join(usage_points, usage_points.c.usage_point == agreements.c.usage_point)
    .order_by(bills.c.bill)
)
"""Bills with all that stands at their head."""


def issued(turn: Turn, bill: str, parts: Sequence[Measured], result: Charges, remark: str | None) -> dict[str, Json]:
    """The bill that goes out; kept as it is, whatever becomes of the customer's name or the tariff afterwards."""
    (row,) = store.rows(turn.connection, _BILLS.where(bills.c.bill == bill))
    kwh, _ = energy_by_period(parts, FORWARD, TOTAL)
    has_reverse = any((REVERSE, TOTAL) in part.kwh for part in parts)
    reverse_kwh = energy_by_period(parts, REVERSE, TOTAL)[0] if has_reverse else Decimal(0)
    return _head(turn, row) | {
        "lines": [_line(line) for line in result.lines],
        "kwh_total": number_text(kwh),
        "reverse_kwh_total": number_text(reverse_kwh),
        "estimated": any(line.estimated for line in result.lines),
        "estimated_note": remark,
        "meters": [_meter(part) for part in parts],
        "total": number_text(result.total),
        "issued_at": at_text(turn.now),
        "credit_carried": number_text(result.credit_kwh),
    }


def listed(turn: Turn, usage_point: str | None) -> list[dict[str, Json]]:
    """All bills, of one usage point or of all, in the order in which they were made."""
    statement = _BILLS if usage_point is None else _BILLS.where(agreements.c.usage_point == usage_point)
    return [_listed(turn, row) for row in store.rows(turn.connection, statement)]


def _listed(turn: Turn, row: store.Row) -> dict[str, Json]:
    state = {"status": row["status"], "reason": row["reason"] or None, "attempts": row["attempts"]}
    if row["document"] is not None:
        return dict(json.loads(row["document"])) | state
    unknown = ("kwh_total", "reverse_kwh_total", "estimated_note", "total", "issued_at", "credit_carried")
    return _head(turn, row) | dict.fromkeys(unknown) | {"lines": [], "meters": [], "estimated": False} | state


def _head(turn: Turn, row: store.Row) -> dict[str, Json]:
    last_moment = row["ends_at"] - timedelta(microseconds=1)
    return {
        "bill": row["bill"],
        "account": row["account"],
        "agreement": row["agreement"],
        "usage_point": row["usage_point"],
        "customer": row["name"],
        "address": row["address"],
        "tariff": row["tariff"],
        "kind": row["kind"],
        "start": at_text(row["starts_at"]),
        "end": at_text(row["ends_at"]),
        "first_day": local_day(row["starts_at"], turn.office.zone).isoformat(),
        "last_day": local_day(last_moment, turn.office.zone).isoformat(),
        "currency": turn.office.currency,
        "status": "issued",
        "reason": None,
        "attempts": row["attempts"],
    }


def _line(line: Line) -> dict[str, Json]:
    return {
        "text": line.text,
        "kwh": number_text(line.kwh),
        "unit_price": number_text(line.unit_price),
        "amount": number_text(line.amount),
        "period": line.period,
        "flow": line.flow,
        "estimated": line.estimated,
    }


def _meter(part: Measured) -> dict[str, Json]:
    start, end = part.registers[FORWARD]
    return {
        "meter": part.part.meter,
        "start": at_text(part.part.span.start),
        "end": at_text(part.part.span.end),
        "start_register_kwh": number_text(start.value),
        "end_register_kwh": number_text(end.value),
    }
