"""The life of a bill: requested from the MDMS, held while its figures are missing or in doubt, issued, or cancelled.

A bill is asked for when its span has ended, and again every morning until it is issued. Nothing is billed from figures that
contradict each other: such a bill is held, with the contradiction as its reason, for a person to look at.
"""

from datetime import datetime, time
from decimal import Decimal

from sqlalchemy import select

from ami import names
from ami.days import local_day, moment
from ami.errors import WrongStateError
from ami.messages import GetMeterReadings, Message, MeterReadings, Span
from ami.reading_type import FORWARD, REVERSE
from simulators.backoff import backoff
from simulators.cis import installations, issuing, register_history, store
from simulators.cis.determinants import DisagreementError, Question, measured
from simulators.cis.periods import common, first_of_next_month, month_before, next_cycle, next_morning, unclaimed
from simulators.cis.tables import agreements, bills, cycles
from simulators.cis.turn import Turn, errors_text

PURPOSE = "bill"
OPEN = ("requested", "held")
CYCLE = "bills"


def claim(turn: Turn, agreement: str, wanted: Span, kind: str, *, by_month: bool = False) -> list[str]:
    """Make bills for what of `wanted` no other bill of the agreement claims, and ask for those that have ended.

    by_month: a stretch that reaches over the turn of a month becomes a bill for each.
    """
    stretches = unclaimed(wanted, issuing.claimed(turn, agreement))
    if by_month:
        stretches = [part for stretch in stretches for part in _months(turn, stretch)]
    made = []
    for stretch in stretches:
        bill = store.next_id(turn.connection, "B")
        row = {"bill": bill, "agreement": agreement, "kind": kind, "starts_at": stretch.start, "ends_at": stretch.end}
        due_at = next_morning(max(turn.now, stretch.end), turn.office.zone)
        more = {"status": "requested", "reason": "", "attempts": 0, "due_at": due_at, "credit_change_kwh": Decimal(0)}
        store.add(turn.connection, bills, **row, **more, issued_at=None, document=None)
        if stretch.end <= turn.now:
            ask(turn, bill)
        made.append(bill)
    return made


def release(turn: Turn, agreement: str, beyond: datetime) -> None:
    """Cancel what reaches beyond a moment and is not issued yet. Raises WrongStateError where a bill is issued that does."""
    reaching = (bills.c.agreement == agreement) & (bills.c.ends_at > beyond) & (bills.c.status != "cancelled")
    for row in store.rows(turn.connection, select(bills).where(reaching).order_by(bills.c.bill)):
        if row["status"] == "issued":
            raise WrongStateError(f"{row['bill']} is issued up to {row['ends_at']:%Y-%m-%dT%H:%MZ}: cancel it first")
        cancel(turn, row["bill"], "the agreement ends earlier")


def cancel(turn: Turn, bill: str, reason: str) -> None:
    """Take a bill back; its time can be billed again. Raises LookupError, or WrongStateError where it is cancelled already."""
    row = store.found(turn.connection, bills.c.bill, bill, "bill")
    if row["status"] == "cancelled":
        raise WrongStateError(f"{bill} is cancelled already")
    issuing.give_back(turn, row)
    store.amend(turn.connection, bills.c.bill, bill, status="cancelled", reason=reason, due_at=None)


def ask(turn: Turn, bill: str) -> None:
    """Ask the MDMS for the determinants of a bill."""
    row = store.found(turn.connection, bills.c.bill, bill, "bill")
    agreement = store.found(turn.connection, agreements.c.agreement, row["agreement"], "agreement")
    question = _question(turn, row, agreement)
    if not question.parts:
        _hold(turn, row, "no meter was installed in this period")
        return
    span = Span(row["starts_at"], row["ends_at"])
    payload = GetMeterReadings(usage_points=(agreement["usage_point"],), reading_types=question.reading_types(), span=span)
    turn.ask(names.MDMS, names.GET, names.METER_READINGS, payload, purpose=PURPOSE, subject=bill)
    due_at = next_morning(turn.now, turn.office.zone)
    store.amend(turn.connection, bills.c.bill, bill, attempts=row["attempts"] + 1, due_at=due_at)


def on_reply(turn: Turn, bill: str, message: Message) -> None:
    """The MDMS answered: the bill is issued, or held with the reason."""
    row = store.found(turn.connection, bills.c.bill, bill, "bill")
    if row["status"] not in OPEN:
        return
    payload = message.payload
    if message.reply is None or message.reply.result != "OK" or not isinstance(payload, MeterReadings):
        _hold(turn, row, f"the MDMS has no complete figures: {errors_text(message.reply)}")
        return
    agreement = store.found(turn.connection, agreements.c.agreement, row["agreement"], "agreement")
    try:
        parts = measured(payload, _question(turn, row, agreement))
        register_history.check(turn, agreement["usage_point"], parts)
    except DisagreementError as error:
        reason = f"determinants do not agree: {error}"
        if row["reason"] != reason:
            turn.notice("bill held", f"{bill}: {reason}", account=agreement["account"], usage_point=agreement["usage_point"])
        _hold(turn, row, reason)
        return
    issuing.issue(turn, row, agreement, parts)


def on_undelivered(turn: Turn, bill: str, reason: str) -> None:
    """The question did not arrive: it is asked again sooner than tomorrow."""
    row = store.found(turn.connection, bills.c.bill, bill, "bill")
    if row["status"] in OPEN:
        due_at = min(turn.now + backoff(row["attempts"]), next_morning(turn.now, turn.office.zone))
        store.amend(turn.connection, bills.c.bill, bill, status="held", reason=f"the MDMS was not reached: {reason}", due_at=due_at)


def wake(turn: Turn) -> None:
    """Make the bills of the cycles that are due, and ask again for those that wait."""
    cycle_at = store.found(turn.connection, cycles.c.cycle, CYCLE, "cycle")["due_at"]
    while cycle_at <= turn.now:
        _on_cycle(turn, month_before(cycle_at, turn.office.zone))
        cycle_at = next_cycle(cycle_at, turn.office.zone)
        store.amend(turn.connection, cycles.c.cycle, CYCLE, due_at=cycle_at)
    for row in store.rows(turn.connection, select(bills.c.bill).where(bills.c.due_at <= turn.now).order_by(bills.c.bill)):
        ask(turn, row["bill"])


def _on_cycle(turn: Turn, month: Span) -> None:
    """Bill every agreement up to the end of `month`; months that no bill claims yet (a move-in entered late) are caught up."""
    begun = agreements.c.starts_at < month.end
    for row in store.rows(turn.connection, select(agreements).where(begun).order_by(agreements.c.agreement)):
        wanted = common(Span(row["starts_at"], row["ends_at"] or month.end), Span(row["starts_at"], month.end))
        if wanted is not None:
            claim(turn, row["agreement"], wanted, "on-cycle", by_month=True)


def _months(turn: Turn, stretch: Span) -> list[Span]:
    """A stretch cut at each turn of the month."""
    cuts = []
    start = stretch.start
    while start < stretch.end:
        next_month = first_of_next_month(local_day(start, turn.office.zone))
        end = min(moment(next_month, time(), turn.office.zone), stretch.end)
        cuts.append(Span(start, end))
        start = end
    return cuts


def _question(turn: Turn, bill: store.Row, agreement: store.Row) -> Question:
    tariff = turn.office.tariffs[agreement["tariff"]]
    parts = installations.parts(turn, agreement["usage_point"], Span(bill["starts_at"], bill["ends_at"]))
    periods = turn.office.calendar.periods if tariff.by_period else ()
    return Question(parts, periods, (FORWARD, REVERSE) if tariff.nets_reverse else (FORWARD,))


def _hold(turn: Turn, row: store.Row, reason: str) -> None:
    due_at = next_morning(turn.now, turn.office.zone)
    store.amend(turn.connection, bills.c.bill, row["bill"], status="held", reason=reason, due_at=due_at)
