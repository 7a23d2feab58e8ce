"""Which meter served which usage point, from when to when, and what stood on it when it came and went."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import or_, select

from ami.errors import WrongStateError
from ami.messages import Span
from simulators.cis import store
from simulators.cis.determinants import Part
from simulators.cis.periods import common
from simulators.cis.tables import installations
from simulators.cis.turn import Turn


def install(turn: Turn, usage_point: str, meter: str, at: datetime, initial_kwh: Decimal | None = None) -> None:
    """Put a meter to a usage point from `at` on. Raises WrongStateError where either is taken then."""
    overlap = or_(installations.c.ends_at.is_(None), installations.c.ends_at > at)
    taken = store.first(
        turn.connection,
        select(installations).where(overlap & or_(installations.c.usage_point == usage_point, installations.c.meter == meter)),
    )
    if taken is not None:
        raise WrongStateError(f"{taken['usage_point']} has meter {taken['meter']} since {taken['starts_at']:%Y-%m-%dT%H:%MZ}")
    store.add(
        turn.connection,
        installations,
        installation=store.next_id(turn.connection, "I"),
        usage_point=usage_point,
        meter=meter,
        starts_at=at,
        ends_at=None,
        initial_kwh=initial_kwh,
        final_kwh=None,
    )


def remove(turn: Turn, usage_point: str, meter: str, at: datetime, final_kwh: Decimal | None = None) -> None:
    """Take a meter from its usage point at `at`. Raises LookupError where it does not hang there."""
    row = current(turn, usage_point, at)
    if row is None or row["meter"] != meter or row["ends_at"] is not None or row["starts_at"] >= at:
        raise LookupError(f"meter {meter!r} at usage point {usage_point!r}")
    store.amend(turn.connection, installations.c.installation, row["installation"], ends_at=at, final_kwh=final_kwh)


def current(turn: Turn, usage_point: str, at: datetime) -> store.Row | None:
    """The installation at a usage point at a moment, or None."""
    table = installations.c
    lasting = or_(table.ends_at.is_(None), table.ends_at > at)
    return store.first(turn.connection, select(installations).where((table.usage_point == usage_point) & (table.starts_at <= at) & lasting))


def latest(turn: Turn, usage_point: str) -> store.Row | None:
    """The installation that lasts, now or from a moment to come; None where no meter hangs or will."""
    table = installations.c
    return store.first(turn.connection, select(installations).where((table.usage_point == usage_point) & table.ends_at.is_(None)))


def history(turn: Turn, usage_point: str) -> list[store.Row]:
    """All installations at a usage point, in order of time."""
    table = installations.c
    return store.rows(
        turn.connection, select(installations).where(table.usage_point == usage_point).order_by(table.starts_at, table.installation)
    )


def parts(turn: Turn, usage_point: str, span: Span) -> tuple[Part, ...]:
    """The meters that served a usage point within `span`, each with its time."""
    result = []
    for row in history(turn, usage_point):
        shared = common(span, Span(row["starts_at"], row["ends_at"] or span.end))
        if shared is not None:
            result.append(Part(row["meter"], shared))
    return tuple(result)


def meter_at(turn: Turn, meter: str, at: datetime) -> store.Row | None:
    """The installation of a meter at a moment, or None."""
    table = installations.c
    lasting = or_(table.ends_at.is_(None), table.ends_at > at)
    return store.first(turn.connection, select(installations).where((table.meter == meter) & (table.starts_at <= at) & lasting))
