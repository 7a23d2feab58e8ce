"""MR-27: an offset changes when the clocks change, and at no other moment."""

from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from ami.findings import Severity
from conformance.moments import as_datetime
from conformance.rule import Breach, Rule
from conformance.views.offsets import microseconds
from conformance.views.readings import ReadingColumns

_USUAL: Final = ("Europe/Berlin", "Europe/London", "America/New_York", "America/Chicago", "America/Los_Angeles", "Australia/Sydney")
_WITHOUT_FIGURES: Final = frozenset({"", "Z"})
"""UTC beside local time is a matter of style: the moments are clear."""

_INSTANT: Final = timedelta(microseconds=1)


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """Two intervals that follow each other under offsets between which no zone changes at that moment."""
    offsets = readings.offsets
    if offsets is None or len(offsets.texts) == 1:
        return
    rows = readings.spacing.steps.row
    for row in rows[offsets.of_row[rows] != offsets.of_row[rows - 1]].tolist():
        before, after = (offsets.texts[offsets.of_row[each]] for each in (row - 1, row))
        are_stated = not {before, after} & _WITHOUT_FIGURES
        if are_stated and not _is_a_change(int(readings.at[row - 1]), int(readings.at[row]), microseconds(before), microseconds(after)):
            yield readings.breach(row, "timeStamp", f"{readings.stamp(row)!r} after {readings.stamp(row - 1)!r}")


@lru_cache(maxsize=256)
def _is_a_change(earlier: int, later: int, before: int, after: int) -> bool:
    """Whether some zone has one offset at one moment, and the other at the other; the very moment of a change may bear either."""
    first, last = as_datetime(earlier), as_datetime(later)
    names = (*_USUAL, *sorted(available_timezones()))
    for zone in map(ZoneInfo, names):
        was = {(first - step).astimezone(zone).utcoffset() for step in (timedelta(), _INSTANT)}
        will = {(last - step).astimezone(zone).utcoffset() for step in (timedelta(), _INSTANT)}
        if timedelta(microseconds=before) in was and timedelta(microseconds=after) in will:
            return True
    return False


def _block(*moments: str) -> str:
    return "".join(f"<IntervalReadings><timeStamp>{at}</timeStamp><value>0.1</value></IntervalReadings>" for at in moments)


RULE = Rule(
    id="MR-27",
    requires="the offset of timestamps to change only when the clocks of some zone do",
    source="IEC 61968-9, Reading.timeStamp; IANA time zone database",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(
        _block("2025-10-26T02:45:00+02:00", "2025-10-26T02:00:00+01:00", "2025-10-26T02:15:00+01:00"),
        _block("2026-01-10T02:45:00+01:00", "2026-01-10T03:00:00+01:00"),
    ),
    fails=(_block("2026-01-10T02:45:00+01:00", "2026-01-10T04:00:00+02:00"),),
    why="A meter that believes in another day of the clock change names a week of hours wrongly.",
    mend="Update the zone's rules in the head-end, or write all moments in UTC with Z.",
)
