"""The day on which a story is told where the world's clock rules: one that is over, and alike in all that a bill looks at."""

from datetime import date, timedelta

from ami import days
from ami.errors import NotTestedError
from ami.time_of_use import TimeOfUse

DAYS_OF_A_STORY = 25
"""No story of single days takes longer, the days before its day included."""

OLDEST = 12
"""How many years back a day is looked for: further than from one leap year to the next but one."""


def recent(day: date, months: int, today: date, calendar: TimeOfUse) -> date:
    """The latest day that can stand for `day` in a story that is over by `today`.

    months: how many the story lasts; none: days. A story of days needs a day of the same weekday, season, holidays and
    length; one of months the same day of the year, and as many days until its end.
    Raises NotTestedError where no such day is near enough.
    """
    if months:
        candidates = (_in_year(day, today.year - back) for back in range(OLDEST))
        found = (each for each in candidates if each and _end(each, months) < today and _lasts(each, months) == _lasts(day, months))
    else:
        last = today - timedelta(days=DAYS_OF_A_STORY)
        found = (each for each in (last - timedelta(days=back) for back in range(366 * OLDEST)) if _alike(each, day, calendar))
    told = next(found, None)
    if told is None:
        raise NotTestedError(f"the scenario is told at {day}, and a real clock has seen no day like it")
    return told


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _end(day: date, months: int) -> date:
    """When a story of months is over: some days into the month after, when bills are made."""
    month = day.year * 12 + day.month - 1 + months
    return date(month // 12, month % 12 + 1, 5)


def _lasts(day: date, months: int) -> timedelta:
    return _end(day, months) - day


def _alike(one: date, other: date, calendar: TimeOfUse) -> bool:
    return one.weekday() == other.weekday() and _told_by(one, calendar) == _told_by(other, calendar)


def _told_by(day: date, calendar: TimeOfUse) -> tuple[int, ...]:
    """The tariff period of every quarter of an hour of a day: its season, its holidays and its length are in it."""
    span = days.day_span(day, calendar.zone)
    quarter = timedelta(minutes=15)
    return tuple(calendar.period_at(span.start + number * quarter) for number in range((span.end - span.start) // quarter))
