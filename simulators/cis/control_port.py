"""The commands of the control port, one function each: arguments in, JSON out."""

from collections.abc import Callable, Mapping

from sqlalchemy import or_, select

from ami.errors import WrongStateError
from ami.messages import Span
from ami.ports import Json
from simulators.cis import account_view, bill_document, billing, customers, periods, reads, service_orders, store
from simulators.cis.arguments import Arguments
from simulators.cis.tables import agreements, usage_points
from simulators.cis.turn import Turn

KINDS = ("on-cycle", "off-cycle", "final")


def obey(turn: Turn, command: str, given: Mapping[str, Json]) -> Json:
    """Carry out a command. Raises LookupError for an unknown command or object, ValueError for arguments that make no sense."""
    if command not in COMMANDS:
        raise LookupError(f"command {command!r}: there are {', '.join(COMMANDS)}")
    return COMMANDS[command](turn, Arguments(given, turn.office.zone))


def _move_in(turn: Turn, arguments: Arguments) -> Json:
    arguments.allow("customer", "address", "usage_point", "meter", "tariff", "at")
    return customers.move_in(
        turn,
        arguments.text("usage_point"),
        arguments.text("tariff"),
        arguments.at("at", turn.now),
        customer=arguments.optional_text("customer"),
        address=arguments.optional_text("address"),
        meter=arguments.optional_text("meter"),
    )


def _install_meter(turn: Turn, arguments: Arguments) -> Json:
    arguments.allow("usage_point", "meter", "at", "address", "initial_kwh")
    usage_point, meter = arguments.text("usage_point"), arguments.text("meter")
    at = arguments.at("at", turn.now)
    customers.install_meter(turn, usage_point, meter, at, arguments.optional_text("address"), arguments.kwh("initial_kwh"))
    return {"usage_point": usage_point, "meter": meter}


def _move_out(turn: Turn, arguments: Arguments) -> Json:
    arguments.allow("usage_point", "at")
    return customers.move_out(turn, arguments.text("usage_point"), arguments.at("at", turn.now))


def _exchange_meter(turn: Turn, arguments: Arguments) -> Json:
    arguments.allow("usage_point", "old_meter", "new_meter", "at", "final_kwh", "initial_kwh")
    usage_point, old, new = (arguments.text(name) for name in ("usage_point", "old_meter", "new_meter"))
    at = arguments.at("at", turn.now)
    customers.exchange_meter(turn, usage_point, old, new, at, arguments.kwh("final_kwh"), arguments.kwh("initial_kwh"))
    return {"usage_point": usage_point, "old_meter": old, "new_meter": new}


def _bill(turn: Turn, arguments: Arguments) -> Json:
    """Bill what of a span is not billed yet, for everybody who was supplied in it."""
    arguments.allow("usage_point", "start", "end", "kind")
    usage_point, kind = arguments.text("usage_point"), arguments.optional_text("kind") or "off-cycle"
    wanted = Span(arguments.at("start"), arguments.at("end"))
    if kind not in KINDS:
        raise ValueError(f"kind is one of {', '.join(KINDS)}, not {kind!r}")
    if wanted.start >= wanted.end:
        raise ValueError("the span ends before it starts")
    store.found(turn.connection, usage_points.c.usage_point, usage_point, "usage point")
    table = agreements.c
    within = (
        (table.usage_point == usage_point) & (table.starts_at < wanted.end) & or_(table.ends_at.is_(None), table.ends_at > wanted.start)
    )
    supplied = store.rows(turn.connection, select(agreements).where(within).order_by(table.starts_at))
    if not supplied:
        raise LookupError(f"customer at usage point {usage_point!r} in that span")
    made = []
    for row in supplied:
        part = periods.common(wanted, Span(row["starts_at"], row["ends_at"] or wanted.end))
        if part is not None:
            made.extend(billing.claim(turn, row["agreement"], part, kind))
    if not made:
        raise WrongStateError(f"all of that span is billed already at {usage_point}")
    return {"bills": made}


def _bills(turn: Turn, arguments: Arguments) -> Json:
    arguments.allow("usage_point")
    return bill_document.listed(turn, arguments.optional_text("usage_point"))


def _cancel_bill(turn: Turn, arguments: Arguments) -> Json:
    arguments.allow("bill", "reason")
    billing.cancel(turn, arguments.text("bill"), arguments.text("reason"))
    return {"bill": arguments.text("bill")}


def _disconnect(turn: Turn, arguments: Arguments) -> Json:
    arguments.allow("usage_point", "reason")
    reason = arguments.optional_text("reason") or "non-payment"
    return {"order": service_orders.order(turn, arguments.text("usage_point"), "disconnect", reason)}


def _reconnect(turn: Turn, arguments: Arguments) -> Json:
    arguments.allow("usage_point", "armed", "reason")
    reason, armed = arguments.optional_text("reason") or "payment received", arguments.flag("armed")
    return {"order": service_orders.order(turn, arguments.text("usage_point"), "reconnect", reason, armed=armed)}


def _read_now(turn: Turn, arguments: Arguments) -> Json:
    arguments.allow("usage_point")
    return {"read": reads.read_now(turn, arguments.text("usage_point"))}


def _accounts(turn: Turn, arguments: Arguments) -> Json:
    arguments.allow("usage_point")
    return account_view.account_list(turn, arguments.optional_text("usage_point"))


def _notices(turn: Turn, arguments: Arguments) -> Json:
    arguments.allow()
    return account_view.notice_list(turn)


COMMANDS: Mapping[str, Callable[[Turn, Arguments], Json]] = {
    "move_in": _move_in,
    "install_meter": _install_meter,
    "move_out": _move_out,
    "exchange_meter": _exchange_meter,
    "bill": _bill,
    "bills": _bills,
    "cancel_bill": _cancel_bill,
    "disconnect": _disconnect,
    "reconnect": _reconnect,
    "read_now": _read_now,
    "accounts": _accounts,
    "notices": _notices,
}
