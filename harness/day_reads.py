"""How the readings of each day reached the MDMS: how many were due, came in time, and came unaltered."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ami import days, names
from conformance.judgement import Judgement
from harness.landscape import Landscape
from harness.ledger import Carried, deliveries
from harness.measured import Measured
from harness.truth import Interval
from harness.wiretap import Captured

IN_DAY = timedelta(days=1)
IN_THREE_DAYS = timedelta(days=3)
"""How long after the end of its day an interval may come to count as read daily, and as read within three days."""

DISTURBING = frozenset({(names.HES, told) for told in ("delivery", "silence", "misread", "clock", "set_register", "supply", "remove")})
"""What a scenario tells a head-end that is to misbehave: its reads then come late or wrong because they were meant to."""


@dataclass(frozen=True, slots=True)
class DayRead:
    """One day of all simulated meters together; what each number counts: see `reports.lines.DayRead`."""

    day: date
    meters: int
    due: int
    in_day: int
    open_in_day: int
    in_three_days: int
    open_in_three_days: int
    compared: int
    accurate: int


def day_reads(landscape: Landscape, traffic: Sequence[tuple[Captured, Judgement]], truth: Mapping[str, Measured]) -> list[DayRead]:
    """A line for each day of which the head-end had something to deliver.

    truth: what the meters measured. None where the meters are not simulated, or where the scenario itself disturbed the head-end.
    """
    if landscape.commands & DISTURBING:
        return []
    first: dict[tuple[str, Interval], Carried] = {}
    for value in deliveries(traffic, truth):
        first.setdefault((value.meter, Interval(value.reading_type.flow_direction, value.at)), value)
    ways: dict[date, Counter[tuple[str, ...]]] = defaultdict(Counter)
    seen: dict[date, set[str]] = defaultdict(set)
    ended_at: dict[date, datetime] = {}
    zone, now = landscape.environment.zone, landscape.clock.now()
    for meter, told in truth.items():
        for interval in told.collected():
            # An interval belongs to the day in which it begins: the last one ends at the next midnight.
            day = days.local_day(interval.end - timedelta(minutes=told.minutes), zone)
            if day not in ended_at:
                ended_at[day] = days.day_span(day, zone).end
            seen[day].add(meter)
            ways[day][_counted(first.get((meter, interval)), told.wh[interval], ended_at[day], now)] += 1
    return [_line(day, len(seen[day]), _by_word(ways[day])) for day in sorted(ways)]


def _by_word(ways: Mapping[tuple[str, ...], int]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for words, number in ways.items():
        for word in words:
            counted[word] += number
    return counted


def _counted(value: Carried | None, measured_wh: int, day_ended_at: datetime, now: datetime) -> tuple[str, ...]:
    """What one interval counts as."""
    words = ["due"]
    for within, word in ((IN_DAY, "in_day"), (IN_THREE_DAYS, "in_three_days")):
        deadline = day_ended_at + within
        if value is not None and value.heard_at <= deadline:
            words.append(word)
        elif value is None and now < deadline:
            words.append(f"open_{word}")
    if value is not None and not value.is_replaced:
        words += ["compared", "accurate"] if value.wh == measured_wh else ["compared"]
    return tuple(words)


def _line(day: date, meters: int, counted: Counter[str]) -> DayRead:
    return DayRead(
        day,
        meters,
        counted["due"],
        counted["in_day"],
        counted["open_in_day"],
        counted["in_three_days"],
        counted["open_in_three_days"],
        counted["compared"],
        counted["accurate"],
    )
