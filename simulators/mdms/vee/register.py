"""A register's face: how far it went between two looks at it, over the turn from all nines to zero."""

from typing import Final

from simulators.mdms.vee.limits import REGISTER_DIGITS

WH_PER_KWH: Final = 1000
FEWEST_DIGITS: Final = 4
LIKELY_SHARE: Final = 10
"""A register that lies behind has turned over only if it went no more than a tenth of its range meanwhile."""


def turn_wh(digits: int) -> int:
    """The watt-hours after which a face of so many whole kWh digits shows zero again."""
    return int(WH_PER_KWH * 10**digits)


def digits_holding(wh: int, digits: int = REGISTER_DIGITS) -> int:
    """The digits of a face that shows `wh`: the usual number, or more where that cannot hold it."""
    while wh >= turn_wh(digits):
        digits += 1
    return digits


def advance(before: int, after: int, digits: int = REGISTER_DIGITS) -> int | None:
    """The watt-hours from one look at a register to the next; None where it went backwards without turning over.

    The number of digits is deduced: the smallest face that holds `before` and makes the turn likely, else the usual one.
    """
    if after >= before:
        return after - before
    for candidate in (digits_holding(before, FEWEST_DIGITS), digits_holding(before, digits)):
        turn = turn_wh(candidate)
        went = turn - before + after
        if went * LIKELY_SHARE <= turn:
            return went
    return None
