"""Localising: which intervals a failed sum check points at, when none looked wrong by itself."""

from collections.abc import Callable, Collection, Iterator, Mapping
from fractions import Fraction

from simulators.mdms.vee.limits import Limits
from simulators.mdms.vee.spike import towering
from simulators.mdms.vee.stretch import Stretch
from simulators.mdms.vee.stuck import stuck_runs
from simulators.mdms.vee.zero_run import zero_runs


def candidates(stretch: Stretch, values: Mapping[int, int], short_wh: int, limits: Limits) -> Iterator[frozenset[int]]:
    """Sets of places that could explain why the intervals are `short_wh` below the register (above, if negative)."""
    if short_wh > 0:
        yield stretch.unpowered
        quiet = [frozenset(run) for run in zero_runs(values, 1)]
        yield frozenset().union(*quiet)
        yield from quiet
    else:
        yield frozenset(towering(values, limits.spike_percent))
    for run in stuck_runs(values):
        yield frozenset(run)


def suspects(
    stretch: Stretch,
    values: Mapping[int, int],
    advance_wh: int,
    likely: Callable[[Collection[int]], Mapping[int, Fraction]],
    limits: Limits,
) -> frozenset[int]:
    """The set of places whose likely values explain the registers best; empty where none explains half of the difference.

    values: the intervals that stand, by place. likely: what some places probably held.
    """
    total = sum(values.values())
    short_wh = advance_wh - total
    best: frozenset[int] = frozenset()
    least = Fraction(abs(short_wh), 2)
    for places in candidates(stretch, values, short_wh, limits):
        free = places - stretch.edited
        remainder = advance_wh - total + sum(values.get(place, 0) for place in free)
        if not free or remainder < 0:
            continue
        error = abs(remainder - sum(likely(free).values(), Fraction(0)))
        if error < least:
            best, least = free, error
    return best
