"""RT-12: a currency is a three-figure number that ISO 4217 gives to a country."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.reading_type import ReadingType
from conformance.rule import Breach, Rule
from conformance.views.reading_types import type_breaches
from conformance.views.readings import ReadingColumns

LEAST, MOST = 8, 997
NOT_MONEY: Final = frozenset({955, 956, 957, 958, 959, 961, 962, 963, 964})
"""Composite units, metals and the code for testing: nothing that a customer can pay with."""


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A currency beyond the numbers that ISO 4217 gives out."""
    yield from type_breaches(readings, _contradiction)


def _contradiction(reading_type: ReadingType) -> str:
    currency = reading_type.currency
    is_money = currency == 0 or (LEAST <= currency <= MOST and currency not in NOT_MONEY)
    return "" if is_money else f"currency {currency}"


RULE = Rule(
    id="RT-12",
    requires="a currency to be a number of ISO 4217",
    source="IEC 61968-9, Annex C, ReadingType.currency; ISO 4217",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=('<ReadingType ref="8.0.0.4.1.1.16.0.0.0.0.0.0.0.0.0.80.840"/>',),
    fails=(
        '<ReadingType ref="8.0.0.4.1.1.16.0.0.0.0.0.0.0.0.0.80.8400"/>',
        '<ReadingType ref="8.0.0.4.1.1.16.0.0.0.0.0.0.0.0.0.80.1"/>',
        '<ReadingType ref="8.0.0.4.1.1.16.0.0.0.0.0.0.0.0.0.80.963"/>',
    ),
    why="Nobody can say how much the customer owes.",
    mend="Write the number that ISO 4217 has for the currency; letters and codes of your own have no place there.",
)
