"""The verdict on a stretch: which intervals stand, which are estimated and with what, and what was found against them.

Negative, doubted and missing intervals always become holes. A spike, a zero run or an extraordinary total only makes a suspect:
registers that agree with the intervals acquit it, registers that do not, or their absence, make it a hole as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from simulators.mdms.vee import estimate, high_low, localise, missing, negative, spike, sum_check, zero_run
from simulators.mdms.vee.estimate import Almanac
from simulators.mdms.vee.like_days import usual
from simulators.mdms.vee.limits import Limits
from simulators.mdms.vee.runs import runs
from simulators.mdms.vee.stretch import Failure, Stretch

ACQUITTED = "; the register agrees with it"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a stretch.

    estimates: the places that are estimated, in Wh. questionable: places that failed and could not be estimated, so that nobody
    may bill them. failures: all that was found, also what registers then acquitted.
    """

    estimates: dict[int, int] = field(default_factory=dict)
    questionable: frozenset[int] = frozenset()
    failures: tuple[Failure, ...] = ()


class Suspicion(NamedTuple):
    """Places that look wrong to one check."""

    check: str
    places: frozenset[int]
    text: str


def suspicions(stretch: Stretch, values: dict[int, int], almanac: Almanac, limits: Limits, *, proven: bool) -> Iterator[Suspicion]:
    """What looks wrong about values that are possible as such.

    values: what stands, by place. proven: registers vouch for the stretch as a whole; its zeros need no past to excuse them.
    """
    shortest = limits.zero_run_hours * 60 // stretch.minutes
    for index, day in enumerate(stretch.days):
        of_day = {place: values[place] for place in day if place in values}
        high = spike.spikes(of_day, limits.spike_percent)
        if high:
            yield Suspicion("spike", frozenset(high), f"more than {limits.spike_percent} % above the day's third highest")
        if len(of_day) == len(day) and index < len(stretch.like_totals):
            total = sum(of_day.values())
            how = high_low.out_of_the_ordinary(total, stretch.like_totals[index], limits.high_percent, limits.low_percent)
            if how:
                yield Suspicion("high_low", frozenset(day), f"{total} Wh on the day is {how} against like days")
    for run in [] if proven else zero_run.zero_runs(values, max(shortest, 1)):
        past = stretch.past()
        earlier = [
            wh
            for place in run
            for wh in usual(stretch.start_of(place), past, almanac.zone, almanac.holidays, limits.like_weeks, limits.like_days)
        ]
        if zero_run.is_unusual(earlier):
            yield Suspicion("zero_run", frozenset(run), f"{len(run)} intervals of zero where like days used energy")


def _is_sound(stretch: Stretch, limits: Limits) -> bool:
    """Whether registers vouch for a full stretch that nobody touched: most days are so, and are done quickly."""
    if stretch.advance is None or None in stretch.wh or stretch.edited or stretch.doubted or stretch.unpowered:
        return False
    values = [wh for wh in stretch.wh if wh is not None]
    return min(values) >= 0 and sum_check.agrees(sum(values), stretch.advance, limits.sum_tolerance_wh)


def judge(stretch: Stretch, almanac: Almanac, limits: Limits) -> Verdict:
    """The verdict on a stretch whose holes may now be filled."""
    if _is_sound(stretch, limits):
        suspected = list(
            suspicions(stretch, {place: wh for place, wh in enumerate(stretch.wh) if wh is not None}, almanac, limits, proven=True)
        )
        return Verdict(failures=tuple(Failure(one.check, run, one.text + ACQUITTED) for one in suspected for run in runs(one.places)))
    values = {place: wh for place, wh in enumerate(stretch.wh) if wh is not None}
    open_values = {place: wh for place, wh in values.items() if place not in stretch.edited}
    absent = frozenset(place for run in missing.gaps(stretch) for place in run)
    below_zero = frozenset(negative.negatives(open_values))
    doubted = stretch.doubted - stretch.edited
    holes = absent | below_zero | doubted
    failures = [Failure("missing", run, f"{len(run)} intervals missing") for run in runs(absent)]
    failures += [Failure("negative", run, "energy below zero") for run in runs(below_zero)]

    standing = {place: wh for place, wh in values.items() if place not in holes}
    judged = {place: wh for place, wh in standing.items() if place not in stretch.edited and place not in stretch.unpowered}
    kept = sum(standing.values())
    proven = not holes and stretch.advance is not None and sum_check.agrees(kept, stretch.advance, limits.sum_tolerance_wh)
    suspected = list(suspicions(stretch, judged, almanac, limits, proven=proven))
    soft = frozenset[int]().union(*(suspicion.places for suspicion in suspected))

    def unexplained(accused: frozenset[int]) -> Fraction:
        """The watt-hours of the registers that stay unexplained if these places are wrong and all others right."""
        remainder = (stretch.advance or 0) - kept + sum(standing[place] for place in accused)
        likely = sum(estimate.likely(stretch, holes | accused, almanac, limits).values(), Fraction(0))
        return abs(remainder - likely)

    acquitted = proven
    if soft and not proven and stretch.advance is not None and kept <= stretch.advance:
        acquitted = unexplained(frozenset()) <= unexplained(soft)
    by_register = ACQUITTED if acquitted else ""
    failures += [Failure(one.check, run, one.text + by_register) for one in suspected for run in runs(one.places)]
    if not acquitted:
        holes |= soft
    return _fill(stretch, values, holes, failures, almanac, limits)


def _fill(
    stretch: Stretch, values: dict[int, int], holes: frozenset[int], failures: list[Failure], almanac: Almanac, limits: Limits
) -> Verdict:
    """Estimates for the holes, and for what the registers turn into holes."""
    if stretch.advance is not None:
        kept = {place: wh for place, wh in values.items() if place not in holes}
        remainder = stretch.advance - sum(kept.values())
        everything = range(len(stretch.wh))
        if holes and remainder >= -limits.sum_tolerance_wh:
            likely = estimate.likely(stretch, holes, almanac, limits)
            return Verdict(estimate.bound(holes, likely, max(remainder, 0)), frozenset(), tuple(failures))
        if not holes and sum_check.agrees(sum(kept.values()), stretch.advance, limits.sum_tolerance_wh):
            return Verdict(failures=tuple(failures))
        text = f"intervals sum to {sum(kept.values())} Wh, the register advanced {stretch.advance} Wh"
        failures.append(Failure("sum_check", everything, text))
        if not holes and not stretch.edited:
            found = localise.suspects(
                stretch, kept, stretch.advance, lambda places: estimate.likely(stretch, places, almanac, limits), limits
            )
            if found:
                free = stretch.advance - sum(wh for place, wh in kept.items() if place not in found)
                likely = estimate.likely(stretch, found, almanac, limits)
                return Verdict(estimate.bound(found, likely, free), frozenset(), tuple(failures))
        if not stretch.edited:
            return _rescale(stretch, values, holes, failures, almanac, limits)
    likely = estimate.likely(stretch, holes, almanac, limits)
    return Verdict(estimate.freely(likely), holes - likely.keys(), tuple(failures))


def _rescale(
    stretch: Stretch, values: dict[int, int], holes: frozenset[int], failures: list[Failure], almanac: Almanac, limits: Limits
) -> Verdict:
    """All of the stretch in the shape that was delivered and with the register's total, unless the two are worlds apart."""
    advance = stretch.advance or 0
    shape = {place: Fraction(wh) for place, wh in values.items() if place not in holes}
    shape |= estimate.likely(stretch, holes, almanac, limits)
    total = sum(shape.values())
    powered = frozenset(range(len(stretch.wh))) - stretch.unpowered
    if total > advance * limits.rescale_factor or advance > total * limits.rescale_factor:
        return Verdict(questionable=powered, failures=tuple(failures))
    return Verdict(estimate.bound(powered, shape, advance), frozenset(), tuple(failures))
