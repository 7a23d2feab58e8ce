"""From figures that agree to a bill that stands: its lines, its paper, and what the next bill has to know of it."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from ami.messages import Span
from ami.reading_type import FORWARD, REVERSE
from simulators.cis import bill_document, register_history, store
from simulators.cis.bill_lines import Energy, charges
from simulators.cis.determinants import FLOW_NAMES, TOTAL, Measured, energy_by_period, remark
from simulators.cis.periods import days_charged, unclaimed
from simulators.cis.tables import agreements, bills
from simulators.cis.turn import Turn


def claimed(turn: Turn, agreement: str, *, status: tuple[str, ...] = ("requested", "held", "issued")) -> list[Span]:
    """The time that bills of an agreement claim; those that are cancelled claim none."""
    table = bills.c
    claiming = (table.agreement == agreement) & table.status.in_(status)
    return [Span(row["starts_at"], row["ends_at"]) for row in store.rows(turn.connection, select(bills).where(claiming))]


def issue(turn: Turn, bill: store.Row, agreement: store.Row, parts: Sequence[Measured]) -> None:
    """Make the bill out and keep it; what is issued never changes."""
    office = turn.office
    tariff = office.tariffs[agreement["tariff"]]
    span = Span(bill["starts_at"], bill["ends_at"])
    period_names = dict(zip(office.calendar.periods, office.calendar.period_names, strict=True))
    energies = _energies(parts, period_names if tariff.by_period else {}, tariff.nets_reverse)
    days = days_charged(span, office.zone)
    result = charges(tariff, energies, days, agreement["credit_kwh"], is_last=_is_last(turn, bill, agreement))
    document = bill_document.issued(turn, bill["bill"], parts, result, remark(parts, period_names))
    store.amend(
        turn.connection,
        bills.c.bill,
        bill["bill"],
        status="issued",
        reason="",
        due_at=None,
        issued_at=turn.now,
        credit_change_kwh=result.credit_kwh - agreement["credit_kwh"],
        document=json.dumps(document),
    )
    store.amend(turn.connection, agreements.c.agreement, agreement["agreement"], credit_kwh=result.credit_kwh)
    for text in register_history.put_right(turn, parts):
        turn.notice("estimate put right", text, account=agreement["account"], usage_point=agreement["usage_point"])
    register_history.remember(turn, bill["bill"], parts)


def give_back(turn: Turn, bill: store.Row) -> None:
    """Undo what an issued bill did to its agreement."""
    agreement = store.found(turn.connection, agreements.c.agreement, bill["agreement"], "agreement")
    credit_kwh = agreement["credit_kwh"] - bill["credit_change_kwh"]
    store.amend(turn.connection, agreements.c.agreement, agreement["agreement"], credit_kwh=credit_kwh)
    register_history.forget(turn, bill["bill"])


def _energies(parts: Sequence[Measured], period_names: Mapping[int, str], nets_reverse: bool) -> list[Energy]:
    """What all meters together measured: by period where there are any, and what flowed back where it counts."""
    energies = []
    for number, name in period_names.items() or ((TOTAL, None),):
        kwh, estimated = energy_by_period(parts, FORWARD, number)
        energies.append(Energy(kwh, name, FLOW_NAMES[FORWARD], estimated))
    if nets_reverse:
        kwh, estimated = energy_by_period(parts, REVERSE, TOTAL)
        energies.append(Energy(kwh, None, FLOW_NAMES[REVERSE], estimated))
    return energies


def _is_last(turn: Turn, bill: store.Row, agreement: store.Row) -> bool:
    """Whether no bill can follow: the agreement has ended, and all its time but this is on issued bills."""
    if agreement["ends_at"] is None:
        return False
    issued = claimed(turn, agreement["agreement"], status=("issued",))
    this = Span(bill["starts_at"], bill["ends_at"])
    return not unclaimed(Span(agreement["starts_at"], agreement["ends_at"]), [*issued, this])
