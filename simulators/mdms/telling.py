"""A telling: one series as columns of whole seconds and watt-hours, with its flaws marked."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from ami import reply_codes
from ami.messages import Series
from ami.quality import CLOCK_CHANGED, QUESTIONABLE
from simulators.mdms.delivery import Mark
from simulators.mdms.grid import Grid
from simulators.mdms.vee import clock

LARGEST_WH: Final = 10**15
"""Beyond this no meter counts; a database's whole numbers end soon after."""

FIRST_MOMENT, LAST_MOMENT = 631_152_000, 7_258_118_400
"""1990 and 2200: no smart meter measured before, and calendars end some time after."""


class UnusableError(ValueError):
    """A series that cannot be kept; `code` is what a reply says about it."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class Telling(NamedTuple):
    """What a series tells. at: its moments as they came. days: day starts in order, each with the places of its values.

    marks: what sets values apart, by place.
    """

    at: tuple[datetime, ...]
    moments: tuple[int, ...]
    wh: tuple[int, ...]
    days: Sequence[tuple[int, range]]
    marks: Mapping[int, Mark] = {}


def told(series: Series, minutes: int, grid: Grid, last: Telling | None = None) -> Telling:
    """What a series tells. minutes: 0 for a register.

    last: an earlier telling of the same length; most series of a message have the same moments, which are then worked out once.
    Raises UnusableError for what no meter measures.
    """
    if not series.readings:
        return Telling((), (), (), ())
    at, values, qualities, _, _ = zip(*series.readings, strict=True)
    wh = tuple([round(kwh * 1000) for kwh in values])
    if not -LARGEST_WH < min(wh) <= max(wh) < LARGEST_WH:
        raise UnusableError(reply_codes.SCHEMA_INVALID, "a value is beyond all measure")
    if last is not None and last.at == at and not last.marks:
        moments, days, off_grid = last.moments, last.days, frozenset[int]()
    else:
        moments = tuple(int(one.timestamp()) for one in at)
        if not FIRST_MOMENT < min(moments) <= max(moments) < LAST_MOMENT:
            raise UnusableError(reply_codes.SCHEMA_INVALID, "a moment is beyond all calendars")
        days, off_grid = _placed(at, moments, minutes, grid) if minutes else ((), frozenset())
    marks = {place: Mark(quality=quality[0]) for place, quality in enumerate(qualities) if quality} if any(qualities) else {}
    if minutes:
        marks |= {place: Mark(CLOCK_CHANGED, clock.DOUBT) for place in list(marks) if clock.says_clock_changed(qualities[place])}
    marks |= {place: Mark(QUESTIONABLE, clock.OFF_GRID) for place in off_grid}
    return Telling(at, moments, wh, days, marks)


def _placed(at: Sequence[datetime], moments: Sequence[int], minutes: int, grid: Grid) -> tuple[Sequence[tuple[int, range]], frozenset[int]]:
    """The day starts with the places of their values, and the places that are off the grid."""
    starts: list[int] = []
    off_grid: set[int] = set()
    day_start = day_end = 0
    for place, moment in enumerate(moments):
        if not day_start < moment <= day_end:
            day_start, day_end = grid.bounds(grid.day_ending(moment))
        starts.append(day_start)
        if clock.is_off_grid(moment, day_start, minutes) or at[place].microsecond:
            off_grid.add(place)
    if starts != sorted(starts):
        return (), frozenset(off_grid)
    days: list[tuple[int, range]] = []
    for place, start in enumerate(starts):
        if not days or days[-1][0] != start:
            days.append((start, range(place, place)))
        days[-1] = (start, range(days[-1][1].start, place + 1))
    return days, frozenset(off_grid)


def together(earlier: Telling, later: Telling) -> Telling:
    """One telling of two of the same channel in one message."""
    shift = len(earlier.moments)
    marks = dict(earlier.marks) | {place + shift: mark for place, mark in later.marks.items()}
    return Telling((), earlier.moments + later.moments, earlier.wh + later.wh, (), marks)
