"""MR-34: what was used by day is no more than what was used by day and night."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.quantities import MICRO, MICRO_DIGITS
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns

COUNTED: Final = frozenset({1, 4})
"""Bulk and delta."""

_Place = tuple[str, int, int]


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """Registers or amounts of tariff periods that are together more than the total of the same meter, moment and span."""
    parsed = readings.parsed_types
    if len(parsed) < 2 or not any(each is not None and each.tou and each.accumulation in COUNTED for each in parsed):
        return
    total_of = {index: parsed.index(each._replace(tou=0)) for index, each in enumerate(parsed) if each and each._replace(tou=0) in parsed}
    spans = dict(zip(readings.cells.period_row.tolist(), readings.named_periods.start.tolist(), strict=True))
    sums: dict[tuple[int, _Place], int] = defaultdict(int)
    totals: dict[tuple[int, _Place], int] = {}
    for row in range(readings.interval_count, len(readings)):
        index = int(readings.cells.type_index[row])
        reading_type = parsed[index]
        if index not in total_of or reading_type is None or not (readings.moments.known[row] and readings.quantities.known[row]):
            continue
        place = (readings.meter(row), int(readings.at[row]), spans.get(row, 0))
        if reading_type.tou:
            sums[total_of[index], place] += int(readings.micro[row])
        else:
            totals[index, place] = row
    for key, row in totals.items():
        rounding = 10 ** (MICRO_DIGITS - int(readings.quantities.places[row])) * 2
        if sums.get(key, 0) > int(readings.micro[row]) + rounding:
            found = f"{readings.value(row)!r} in all, {sums[key] / MICRO:g} in tariff periods, of meter {readings.meter(row)!r}"
            yield readings.breach(row, "value", found)


_REGISTER = (
    "<Readings><timeStamp>2026-03-01T00:00:00Z</timeStamp><value>{}</value>"
    '<ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.{}.0.0.0.3.72.0"/></Readings>'
)

RULE = Rule(
    id="MR-34",
    requires="tariff periods to add up to no more than the total",
    source="IEC 61968-9, Annex C, ReadingType.tou",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(
        _REGISTER.format("100.0", 0) + _REGISTER.format("60.0", 1) + _REGISTER.format("40.0", 2),
        _REGISTER.format("100.0", 0) + _REGISTER.format("60.0", 1),
    ),
    fails=(_REGISTER.format("100.0", 0) + _REGISTER.format("60.0", 1) + _REGISTER.format("80.0", 2),),
    why="The customer pays for more in day and night together than the meter shows in all.",
    mend="Compare the registers with the meter's face: one of them belongs to another meter or another moment.",
)
