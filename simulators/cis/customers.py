"""People and the premises that they are supplied at: moving in, moving out, meters coming and going."""

from datetime import datetime
from decimal import Decimal

from faker import Faker
from sqlalchemy import or_, select

from ami.errors import WrongStateError
from ami.messages import Linkage, Span
from simulators.cis import billing, installations, linkage, store
from simulators.cis.tables import accounts, agreements, customers, usage_points
from simulators.cis.turn import Turn

CONNECTED = "connected"
_people = Faker("en_GB")


def invented_name(seed: str, customer: str) -> str:
    """A name that depends on nothing but the seed and the customer's id."""
    _people.seed_instance(f"{seed}/{customer}")
    return _people.name()


def invented_address(seed: str, usage_point: str) -> str:
    """An address that depends on nothing but the seed and the usage point."""
    _people.seed_instance(f"{seed}/{usage_point}")
    return f"{_people.random_int(1, 200)} {_people.street_name()}, {_people.city()}"


def move_in(
    turn: Turn,
    usage_point: str,
    tariff: str,
    at: datetime,
    *,
    customer: str | None = None,
    address: str | None = None,
    meter: str | None = None,
) -> dict[str, str | None]:
    """Supply a customer at a usage point from `at` on; the answer is the ids of all that came to be.

    customer: the id of one that is known (whose account takes the agreement), or the name of a new one; invented where absent.
    meter: hung at the same moment, unless it hangs there already.
    Raises LookupError for an unknown tariff, ValueError for one that cannot price the calendar's periods, WrongStateError where
    somebody else is supplied there, or another meter hangs there.
    """
    if tariff not in turn.office.tariffs:
        raise LookupError(f"tariff {tariff!r}: there are {', '.join(turn.office.tariffs)}")
    turn.office.tariffs[tariff].check(turn.office.calendar.period_names)
    lasting = or_(agreements.c.ends_at.is_(None), agreements.c.ends_at > at)
    other = store.first(turn.connection, select(agreements).where((agreements.c.usage_point == usage_point) & lasting))
    if other is not None:
        raise WrongStateError(f"{usage_point} is supplied under {other['agreement']}: move out first")
    _know_premises(turn, usage_point, address)
    is_new_meter = _hang(turn, usage_point, meter, at)
    known_customer, account = _account(turn, customer, at)
    agreement = store.next_id(turn.connection, "G")
    row = {"agreement": agreement, "account": account, "usage_point": usage_point, "tariff": tariff, "starts_at": at, "ends_at": None}
    store.add(turn.connection, agreements, **row, credit_kwh=Decimal(0))
    verb = "create" if is_new_meter or not linkage.was_told(turn, usage_point) else "change"
    _announce(turn, verb, usage_point, at, "moveIn", agreement)
    hanging = installations.current(turn, usage_point, at)
    ids = {"customer": known_customer, "account": account, "agreement": agreement, "usage_point": usage_point}
    return ids | {"meter": hanging["meter"] if hanging is not None else None}


def move_out(turn: Turn, usage_point: str, at: datetime) -> dict[str, object]:
    """End the supply of the present customer at `at` and make the final bill; the meter stays. The answer names the bills.

    Raises LookupError where nobody is supplied, WrongStateError where a bill beyond `at` is issued already.
    """
    row = present_agreement(turn, usage_point)
    if row is None or row["starts_at"] >= at:
        raise LookupError(f"customer at usage point {usage_point!r} before {at:%Y-%m-%dT%H:%MZ}")
    agreement = row["agreement"]
    billing.release(turn, agreement, at)
    store.amend(turn.connection, agreements.c.agreement, agreement, ends_at=at)
    _announce(turn, "change", usage_point, at, "moveOut", agreement)
    bills = billing.claim(turn, agreement, Span(row["starts_at"], at), "final")
    return {"account": row["account"], "agreement": agreement, "bills": bills}


def install_meter(
    turn: Turn, usage_point: str, meter: str, at: datetime, address: str | None = None, initial_kwh: Decimal | None = None
) -> None:
    """Hang a meter at a usage point, whoever is supplied there. Raises WrongStateError where either is taken."""
    _know_premises(turn, usage_point, address)
    installations.install(turn, usage_point, meter, at, initial_kwh)
    _announce(turn, "create", usage_point, at, "installation", _agreement_id(turn, usage_point, at))


def exchange_meter(
    turn: Turn,
    usage_point: str,
    old_meter: str,
    new_meter: str,
    at: datetime,
    final_kwh: Decimal | None = None,
    initial_kwh: Decimal | None = None,
) -> None:
    """Take one meter down and hang another at the same moment.

    final_kwh, initial_kwh: what the crew read on both faces; a bill whose registers say otherwise is held.
    Raises LookupError where the old meter does not hang there, WrongStateError where the new one hangs somewhere.
    """
    store.found(turn.connection, usage_points.c.usage_point, usage_point, "usage point")
    installations.remove(turn, usage_point, old_meter, at, final_kwh)
    agreement = _agreement_id(turn, usage_point, at)
    linkage.announce(turn, "change", _linkage(turn, usage_point, at, linkage.REMOVAL), agreement)
    installations.install(turn, usage_point, new_meter, at, initial_kwh)
    _announce(turn, "create", usage_point, at, "installation", agreement)


def present_agreement(turn: Turn, usage_point: str) -> store.Row | None:
    """The agreement at a usage point that has no end yet, or None. Raises LookupError for an unknown usage point."""
    store.found(turn.connection, usage_points.c.usage_point, usage_point, "usage point")
    table = agreements.c
    return store.first(turn.connection, select(agreements).where((table.usage_point == usage_point) & table.ends_at.is_(None)))


def agreement_at(turn: Turn, usage_point: str, at: datetime) -> store.Row | None:
    """The agreement that holds at a usage point at a moment, or None."""
    table = agreements.c
    lasting = or_(table.ends_at.is_(None), table.ends_at > at)
    return store.first(turn.connection, select(agreements).where((table.usage_point == usage_point) & (table.starts_at <= at) & lasting))


def _agreement_id(turn: Turn, usage_point: str, at: datetime) -> str | None:
    row = agreement_at(turn, usage_point, at)
    return row["agreement"] if row is not None else None


def _know_premises(turn: Turn, usage_point: str, address: str | None) -> None:
    table = usage_points.c
    if store.first(turn.connection, select(usage_points).where(table.usage_point == usage_point)) is None:
        address = address or invented_address(turn.office.seed, usage_point)
        store.add(turn.connection, usage_points, usage_point=usage_point, address=address, supply=CONNECTED)
    elif address:
        store.amend(turn.connection, table.usage_point, usage_point, address=address)


def _hang(turn: Turn, usage_point: str, meter: str | None, at: datetime) -> bool:
    """Whether `meter` was hung just now."""
    hanging = installations.latest(turn, usage_point)
    if meter is None or (hanging is not None and hanging["meter"] == meter):
        return False
    installations.install(turn, usage_point, meter, at)
    return True


def _account(turn: Turn, customer: str | None, at: datetime) -> tuple[str, str]:
    """The customer and the account that an agreement goes to."""
    known = store.first(turn.connection, select(accounts).where(accounts.c.customer == customer)) if customer else None
    if known is not None:
        return known["customer"], known["account"]
    new = store.next_id(turn.connection, "C")
    account = store.next_id(turn.connection, "A")
    store.add(turn.connection, customers, customer=new, name=customer or invented_name(turn.office.seed, new))
    store.add(turn.connection, accounts, account=account, customer=new, opened_at=at)
    return new, account


def _announce(turn: Turn, verb: str, usage_point: str, at: datetime, reason: str, agreement: str | None) -> None:
    """Tell what holds at a usage point from `at` on, and again what was told of later moments: it may look different now."""
    linkage.announce(turn, verb, _linkage(turn, usage_point, at, reason), agreement)
    own = store.rows(turn.connection, select(agreements).where(agreements.c.usage_point == usage_point))
    turns = {row["starts_at"]: (row["agreement"], "moveIn") for row in own}
    for row in own:
        turns.setdefault(row["ends_at"], (row["agreement"], "moveOut"))
    for later in sorted(moment for moment in turns if moment is not None and moment > at):
        linkage.announce(turn, "change", _linkage(turn, usage_point, later, turns[later][1]), turns[later][0])


def _linkage(turn: Turn, usage_point: str, at: datetime, reason: str) -> Linkage:
    """What holds at a usage point from a moment on."""
    hanging = installations.current(turn, usage_point, at)
    premises = store.found(turn.connection, usage_points.c.usage_point, usage_point, "usage point")
    agreement = agreement_at(turn, usage_point, at)
    account = store.found(turn.connection, accounts.c.account, agreement["account"], "account") if agreement is not None else None
    return Linkage(
        usage_point=usage_point,
        effective_at=at,
        meter=hanging["meter"] if hanging is not None else None,
        account=account["account"] if account is not None else None,
        agreement=agreement["agreement"] if agreement is not None else None,
        customer=account["customer"] if account is not None else None,
        service_location=premises["address"],
        pricing_structure=agreement["tariff"] if agreement is not None else None,
        reason=reason,
    )
