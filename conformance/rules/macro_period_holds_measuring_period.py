"""RT-19: the longest of a day's values is of something shorter than a day."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.reading_type import MEASURING_PERIOD_MINUTES, ReadingType
from conformance.rule import Breach, Rule
from conformance.views.reading_types import phrase, type_breaches
from conformance.views.readings import ReadingColumns

DAILY: Final = 11
PICKED: Final = frozenset({8, 9, 16, 17, 23, 24, 25})
"""Maxima and minima: one out of several."""

_DAY_MINUTES: Final = 1440


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """The maximum or the minimum of the one value that a day has."""
    yield from type_breaches(readings, _contradiction)


def _contradiction(reading_type: ReadingType) -> str:
    minutes = MEASURING_PERIOD_MINUTES.get(reading_type.measuring_period, 0)
    if reading_type.macro_period == DAILY and reading_type.aggregate in PICKED and minutes >= _DAY_MINUTES:
        period = phrase("measuring_period", reading_type.measuring_period)
        return f"daily {phrase('aggregate', reading_type.aggregate)} of {period} values"
    return ""


_DEMAND = (
    "<Readings><timeStamp>2026-03-01T00:30:00Z</timeStamp><value>4.2</value>"
    '<ReadingType ref="11.8.{}.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0"/></Readings>'
)

RULE = Rule(
    id="RT-19",
    requires="a macro period that holds more than one measuring period, where the greatest or least is picked",
    source="IEC 61968-9, Annex C, ReadingType.macroPeriod and ReadingType.measuringPeriod",
    severity=Severity.REMARK,
    works_on=ReadingColumns,
    check=check,
    passes=(_DEMAND.format(2),),
    fails=(_DEMAND.format(4),),
    why="A day's average is billed as its peak.",
    mend="Name the length that demand is averaged over, such as 2 for a quarter of an hour, as measuring period.",
)
