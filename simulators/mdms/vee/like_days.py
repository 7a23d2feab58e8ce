"""Like days: earlier days of the same kind, at the same local time of day."""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from simulators.mdms.vee.limits import LIKE_DAYS, LIKE_WEEKS

SATURDAY: Final = 5
SUNDAY: Final = 6


def kind_of_day(day: date, holidays: Collection[date]) -> str:
    """`work`, `saturday`, or `sunday`, which a holiday counts as."""
    if day in holidays or day.weekday() == SUNDAY:
        return "sunday"
    return "saturday" if day.weekday() == SATURDAY else "work"


def like_before(day: date, holidays: Collection[date], weeks: int = LIKE_WEEKS) -> Iterator[date]:
    """The days of the weeks before `day` that are of its kind, the latest first."""
    kind = kind_of_day(day, holidays)
    earlier = (day - timedelta(days=back) for back in range(1, weeks * 7 + 1))
    return (candidate for candidate in earlier if kind_of_day(candidate, holidays) == kind)


def usual(
    start: datetime,
    past: Mapping[datetime, int],
    zone: ZoneInfo,
    holidays: Collection[date],
    weeks: int = LIKE_WEEKS,
    days: int = LIKE_DAYS,
) -> list[int]:
    """What the interval that starts at `start` used on the latest like days; on the latest of any days where none was like.

    past: measured values by their interval's start. Source: EEI Uniform Business Practices, metering vol. 2, estimating.
    """
    local = start.astimezone(zone)
    if not past:
        return []

    def on(day: date) -> int | None:
        return past.get(datetime.combine(day, local.time(), zone).astimezone(UTC))

    def latest(candidates: Iterator[date]) -> list[int]:
        found: list[int] = []
        for day in candidates:
            wh = on(day)
            if wh is not None:
                found.append(wh)
            if len(found) == days:
                break
        return found

    any_day = (local.date() - timedelta(days=back) for back in range(1, weeks * 7 + 1))
    return latest(like_before(local.date(), holidays, weeks)) or latest(any_day)
