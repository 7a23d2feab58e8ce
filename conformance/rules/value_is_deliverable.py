"""MR-16: no service at low voltage delivers more than a megawatt; whoever says so has slipped by a factor."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import numpy as np

from ami.findings import Severity
from ami.reading_type import DELTA, ENERGY, PRIMARY_METERED, ReadingType
from conformance.quantities import MICRO
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns
from conformance.views.spacing import HOUR

MOST_WATTS: Final = 1_000_000
"""Of mean power; in volt-amperes and reactive volt-amperes as well."""

MOST_WATTS_OF: Final = {PRIMARY_METERED: 1_000_000_000}
"""Where the commodity allows another: what is metered before the transformer may be a factory, or a town."""

_HOURLY_UNITS: Final = frozenset({71, 72, 73})
"""VAh, Wh and varh."""

_UNLIMITED: Final = np.iinfo(np.int64).max


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """An interval, or the amount of a named period, of more than MOST_WATTS, or than what its commodity allows."""
    limits = np.array(
        [_limit(each, int(period)) for each, period in zip(readings.parsed_types, readings.spacing.period_of_type, strict=True)], np.int64
    )
    micro = readings.micro
    least = int(limits.min(initial=_UNLIMITED))
    if int(micro.max(initial=0)) > least or int(micro.min(initial=0)) < -least:
        for row in places(np.abs(micro) > limits[readings.cells.type_index]):
            yield _breach(readings, row)
    spans, types = readings.named_periods, readings.cells.type_index
    length = np.where(spans.known, spans.end - spans.start, 0)
    if not (length > 0).any():
        return
    # What the shortest period allows, any allows: few values are beyond that and have to be looked at.
    shortest = int(length[length > 0].min())
    of_shortest = np.array([_limit(each, shortest) for each in readings.parsed_types], np.int64)
    for place in places((length > 0) & (np.abs(micro[spans.row]) > of_shortest[types[spans.row]])):
        row = int(spans.row[place])
        at_once = int(limits[types[row]])
        if _limit(readings.parsed_types[types[row]], int(length[place])) < abs(int(micro[row])) <= at_once:
            yield _breach(readings, row)


@lru_cache(maxsize=1024)
def _limit(reading_type: ReadingType | None, micros: int) -> int:
    """The largest value of a type over so many microseconds, in millionths of its unit."""
    if reading_type is None or micros <= 0 or reading_type.accumulation != DELTA or reading_type.measurement_kind != ENERGY:
        return _UNLIMITED
    if reading_type.unit not in _HOURLY_UNITS or not -12 <= reading_type.multiplier <= 12:
        return _UNLIMITED
    most_watts = MOST_WATTS_OF.get(reading_type.commodity, MOST_WATTS)
    return int(min(most_watts * MICRO * micros // HOUR * 10.0**-reading_type.multiplier, _UNLIMITED // 2))


def _breach(readings: ReadingColumns, row: int) -> Breach:
    return readings.breach(row, "value", f"{readings.value(row)!r} of meter {readings.meter(row)!r} under {readings.type_text(row)}")


_AS_WH = '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.0.72.0"/>'
_PRIMARY = '<ReadingType ref="0.0.2.4.1.2.12.0.0.0.0.0.0.0.0.3.72.0"/>'
_OF_A_PERIOD = (
    "<Readings><timeStamp>2026-03-01T01:00:00Z</timeStamp><value>{}</value>"
    '<ReadingType ref="0.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>'
    "<timePeriod><end>2026-03-01T01:00:00Z</end><start>2026-03-01T00:{}:00Z</start></timePeriod></Readings>"
)

RULE = Rule(
    id="MR-16",
    requires="energy that a service can deliver: on average at most a megawatt, or a gigawatt where it is metered at high voltage",
    source="IEC 61968-9, ReadingType.commodity, ReadingType.multiplier",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(
        "<value>250</value>",
        "<IntervalReadings><timeStamp>2026-03-01T00:15:00Z</timeStamp><value>600</value></IntervalReadings>" + _AS_WH,
        _OF_A_PERIOD.format(600, "00"),
        "<value>600</value>" + _PRIMARY,
    ),
    fails=("<value>600</value>", "<value>600000</value>" + _PRIMARY, "<value>6E+30</value>", _OF_A_PERIOD.format(600, "45")),
    why="The customer gets a bill for a thousand times what was used.",
    mend="Check the multiplier: the same number is 600 Wh under 0 and 600 kWh under 3. What is metered at high voltage is of commodity 2.",
)
