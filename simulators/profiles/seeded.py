"""Profiles made from a seed: a week of a household, and a week of sun on its roof."""

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

from simulators.profiles.profile import DAY_S, Profile

MONDAY = datetime(2024, 1, 1, tzinfo=UTC)
WEEK_DAYS = 7
WEEKEND_FROM = 5

WORKING_DAY_WH = (180, 160, 150, 150, 160, 220, 420, 620, 480, 320, 280, 300, 380, 320, 280, 300, 420, 720, 900, 860, 760, 620, 420, 260)
FREE_DAY_WH = (240, 200, 170, 160, 160, 170, 220, 340, 520, 640, 680, 720, 800, 700, 600, 560, 600, 740, 860, 840, 760, 640, 480, 320)
SUNNY_DAY_WH = (0, 0, 0, 0, 0, 20, 140, 420, 820, 1250, 1640, 1900, 2000, 1900, 1640, 1250, 820, 420, 140, 20, 0, 0, 0, 0)
"""Wh of each hour of the day, UTC, of a middling household and of a roof of about 3 kW."""


def household(seed: str, meter: str, minutes: int) -> Profile:
    """The week of one household: morning and evening peaks, late weekends; the same for the same seed and meter."""
    random = Random(f"{seed}/{meter}/household")
    size_percent = random.randint(60, 160)
    days = [FREE_DAY_WH if day >= WEEKEND_FROM else WORKING_DAY_WH for day in range(WEEK_DAYS)]
    return Profile(f"household {meter}", minutes, MONDAY, _week(random, days, [size_percent] * WEEK_DAYS, minutes))


def solar(seed: str, meter: str, minutes: int) -> Profile:
    """The week of one solar roof: nothing at night, and every day its own weather."""
    random = Random(f"{seed}/{meter}/solar")
    weather_percent = [random.randint(15, 100) for _ in range(WEEK_DAYS)]
    return Profile(f"solar {meter}", minutes, MONDAY, _week(random, [SUNNY_DAY_WH] * WEEK_DAYS, weather_percent, minutes))


def constant(wh: int, minutes: int) -> Profile:
    """The same Wh in every interval."""
    return Profile(f"constant {wh} Wh", minutes, MONDAY, (wh,) * (DAY_S // 60 // minutes))


def _week(random: Random, days: Sequence[Sequence[int]], percents: Sequence[int], minutes: int) -> tuple[int, ...]:
    """Wh of each interval of the days; every interval strays by up to 30 % from its hour."""
    per_hour = 60 // minutes
    stray = iter(random.randbytes(WEEK_DAYS * 24 * per_hour))
    return tuple(
        hour_wh * percent * (70 + next(stray) * 60 // 255) // (10_000 * per_hour)
        for hours, percent in zip(days, percents, strict=True)
        for hour_wh in hours
        for _ in range(per_hour)
    )
