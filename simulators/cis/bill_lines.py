"""The arithmetic of a bill: exact lines, one rounding.

Every line is an exact product; only the total is rounded, once, to the cent, and half a cent goes up (away from zero), as
people do on paper. Under net metering the bill charges what was drawn, takes off what flowed back, and takes off the surplus
of earlier bills, all at the one price of the tariff. Where more flowed back than was drawn, the difference is not paid out: it
waits, in kWh, for the next bill. Only the last bill of an agreement pays it out, and its total may be negative. Standing charge
and tax are never paid with kWh.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, localcontext
from typing import NamedTuple

from simulators.cis.tariff import ALL_DAY, Tariff

CENT = Decimal("0.01")
EXACT = Context(prec=100, traps=[Inexact])
"""Arithmetic that would rather stop than lose a digit."""
ROUNDING = Context(prec=100)


class Energy(NamedTuple):
    """What is to be billed. period: the calendar's name for it, None for all day; flow: forward or reverse."""

    kwh: Decimal
    period: str | None = None
    flow: str = "forward"
    estimated: bool = False


class Line(NamedTuple):
    """One line of a bill; its amount is exact."""

    text: str
    amount: Decimal
    kwh: Decimal | None = None
    unit_price: Decimal | None = None
    period: str | None = None
    flow: str | None = None
    estimated: bool = False


class Charges(NamedTuple):
    """What a bill comes to. credit_kwh: the surplus that waits for the next bill."""

    lines: tuple[Line, ...]
    total: Decimal
    credit_kwh: Decimal


def charges(tariff: Tariff, energies: Sequence[Energy], days: int, credit_kwh: Decimal, *, is_last: bool) -> Charges:
    """The lines and the total of one bill.

    days: standing charges owed. credit_kwh: surplus of earlier bills. is_last: whether no bill follows that could use a surplus.
    """
    with localcontext(EXACT):
        lines = [_energy(tariff, energy) for energy in energies if energy.flow == "forward" or tariff.nets_reverse]
        waiting = Decimal(0)
        if tariff.nets_reverse:
            netting, waiting = _netting(tariff, energies, credit_kwh, is_last=is_last)
            lines.extend(netting)
        per_day = tariff.standing_charge_per_day
        lines.append(Line(f"standing charge, {days} days", days * per_day, unit_price=per_day))
        net = sum((line.amount for line in lines), Decimal(0))
        lines.append(Line(f"tax {percent(tariff.tax_rate)} %", net * tariff.tax_rate))
        total = rounded(sum((line.amount for line in lines), Decimal(0)))
    return Charges(tuple(lines), total, waiting)


def rounded(amount: Decimal) -> Decimal:
    """An amount in whole cents, half a cent up."""
    return amount.quantize(CENT, ROUND_HALF_UP, ROUNDING)


def percent(rate: Decimal) -> str:
    """A rate as people write it: 0.20 is 20."""
    return f"{(rate * 100).normalize():f}"


def _energy(tariff: Tariff, energy: Energy) -> Line:
    price = tariff.price_per_kwh[energy.period if tariff.by_period and energy.period else ALL_DAY]
    reverse = energy.flow == "reverse"
    text = "energy fed back" if reverse else f"energy, {energy.period or ALL_DAY}"
    kwh = -energy.kwh if reverse else energy.kwh
    return Line(text, kwh * price, kwh, price, energy.period, energy.flow, energy.estimated)


def _netting(tariff: Tariff, energies: Sequence[Energy], credit_kwh: Decimal, *, is_last: bool) -> tuple[list[Line], Decimal]:
    """The lines that take off earlier surplus and put off a new one, and the surplus that waits afterwards."""
    price = tariff.price_per_kwh[ALL_DAY]
    drawn = sum((-energy.kwh if energy.flow == "reverse" else energy.kwh for energy in energies), Decimal(0))
    due = drawn - credit_kwh
    waiting = Decimal(0) if is_last else max(-due, Decimal(0))
    moves = (("surplus of earlier bills", -credit_kwh), ("surplus kept for the next bill", waiting))
    return [Line(text, kwh * price, kwh, price) for text, kwh in moves if kwh], waiting
