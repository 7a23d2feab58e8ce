"""RT-11: money is of some country."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.reading_type import ReadingType
from conformance.rule import Breach, Rule
from conformance.views.reading_types import type_breaches
from conformance.views.readings import ReadingColumns

MONEY: Final = 80


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """Money without a currency."""
    yield from type_breaches(readings, _contradiction)


def _contradiction(reading_type: ReadingType) -> str:
    return "money without a currency" if reading_type.unit == MONEY and not reading_type.currency else ""


RULE = Rule(
    id="RT-11",
    requires="money to name its currency",
    source="IEC 61968-9, Annex C, ReadingType.currency",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=('<ReadingType ref="8.0.0.4.1.1.16.0.0.0.0.0.0.0.0.0.80.978"/>',),
    fails=('<ReadingType ref="8.0.0.4.1.1.16.0.0.0.0.0.0.0.0.0.80.0"/>',),
    why="A prepaid credit of ten is worth ten euros to one system and ten yen to another.",
    mend="Write the number that ISO 4217 has for the currency, such as 978 for the euro.",
)
