"""Estimation: what the holes of a stretch most likely held, and exactly what the register says they held together.

Up to two hours a straight line between the neighbours; beyond that the mean of like days, and where there is no like
day the value before the gap. Where registers bound the stretch, these are only weights: the holes share out, in whole
watt-hours, what the register advanced beyond the intervals that stand.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

from simulators.mdms.vee.apportion import apportion
from simulators.mdms.vee.interpolation import straight_line
from simulators.mdms.vee.like_days import usual
from simulators.mdms.vee.limits import Limits
from simulators.mdms.vee.runs import runs
from simulators.mdms.vee.stretch import Stretch


@dataclass(frozen=True, slots=True)
class Almanac:
    """What makes days alike: the utility's zone and holidays."""

    zone: ZoneInfo
    holidays: frozenset[date] = frozenset()


def like_mean(stretch: Stretch, place: int, almanac: Almanac, limits: Limits) -> Fraction | None:
    """The mean of what like intervals used, or None where there are none."""
    like = usual(stretch.start_of(place), stretch.past(), almanac.zone, almanac.holidays, limits.like_weeks, limits.like_days)
    return Fraction(sum(like), len(like)) if like else None


def likely(stretch: Stretch, holes: Collection[int], almanac: Almanac, limits: Limits) -> dict[int, Fraction]:
    """The likely value of each hole, without regard to registers; a hole about which nothing is known is left out."""

    def standing(place: int) -> int | None:
        if place < 0:
            return stretch.adjoining()[0]
        if place >= len(stretch.wh):
            return stretch.adjoining()[1]
        return None if place in stretch.unpowered else stretch.wh[place]

    found: dict[int, Fraction] = {}
    for run in runs(holes):
        before, after = standing(run.start - 1), standing(run.stop)
        if len(run) * stretch.minutes <= limits.interpolate_hours * 60:
            line = straight_line(before, after, len(run))
            if line is not None:
                found.update(zip(run, (max(wh, Fraction(0)) for wh in line), strict=True))
                continue
        level = None if before is None else Fraction(max(before, 0))
        for place in run:
            mean = like_mean(stretch, place, almanac, limits)
            value = level if mean is None else mean
            if value is not None:
                found[place] = max(value, Fraction(0))
    return found


def freely(estimates: Mapping[int, Fraction]) -> dict[int, int]:
    """The likely values in whole watt-hours, where no register binds them: each gap keeps its total, rounded once."""
    whole: dict[int, int] = {}
    for run in runs(estimates):
        weights = [estimates[place] for place in run]
        whole.update(zip(run, apportion(weights, round(sum(weights))), strict=True))
    return whole


def bound(holes: Collection[int], estimates: Mapping[int, Fraction], total_wh: int) -> dict[int, int]:
    """The holes' values in whole watt-hours that sum to `total_wh`; a hole that nothing is known about weighs as the mean."""
    places = sorted(holes)
    mean = sum(estimates.values(), Fraction(0)) / len(estimates) if estimates else Fraction(1)
    return dict(zip(places, apportion([estimates.get(place, mean) for place in places], total_wh), strict=True))
