"""MR-07: the reading type says how long an interval is, and the timestamps must agree."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A block whose intervals stand closer or wider than its measuring period."""
    if readings.spacing.is_even:
        return
    pace = readings.spacing.pace_of_block
    period = readings.spacing.period_of_type[readings.cells.block_type]
    slack = readings.spacing.slack(period)
    is_off = (period > 0) & (pace > 0) & ((abs(pace - period) > slack) | ((slack > 0) & readings.spacing.is_mostly_shorter))
    for block in places(is_off):
        found = f"intervals {_minutes(pace[block])} apart under a reading type of {_minutes(period[block])}"
        yield Breach(readings.where_block(block), found)


def _minutes(micros: int) -> str:
    return f"{int(micros) / 60_000_000:g} minutes"


_AT = "<IntervalReadings><timeStamp>2026-02-28T0{}:00Z</timeStamp><value>0.1</value></IntervalReadings>"
_TWO_HOURS = '<ReadingType ref="0.0.79.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>'
_HOURS = "".join(map(_AT.format, ("1:00", "2:00", "3:00")))
_ON_A_DAY_OF_23_HOURS = "".join(
    f"<IntervalReadings><timeStamp>2025-03-30T{at}:00:00+0{offset}:00</timeStamp><value>0.1</value></IntervalReadings>"
    for at, offset in (("02", 1), ("04", 2), ("06", 2))
)

RULE = Rule(
    id="MR-07",
    requires="the spacing of intervals to be the measuring period of their reading type",
    source="IEC 61968-9, ReadingType.measuringPeriod",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(
        _HOURS + '<ReadingType ref="0.0.7.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>',
        "".join(map(_AT.format, ("0:15", "0:30", "0:45"))),
        _AT.format("0:15"),
        _ON_A_DAY_OF_23_HOURS + _TWO_HOURS,
    ),
    fails=(_HOURS, "".join(map(_AT.format, ("0:05", "0:10", "0:15"))), _HOURS + _TWO_HOURS),
    why="An hour that is taken for a quarter of one goes into the wrong tariff period.",
    mend="Use the reading type of the interval length that is delivered.",
)
