"""The truth of every interval: what a meter measured, beside what head-end, wires and MDMS say that it measured."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from ami.messages import Span

SHIFTS = tuple(timedelta(minutes=sign * minutes) for minutes in (15, 30, 60, 120, 180) for sign in (1, -1))
"""The offsets by which a whole series is tried when its values stand in the wrong place."""

ENOUGH_OF_A_SHIFT = 0.6
"""The share of values that must fit one offset before a series counts as shifted."""

MOST_INTERVALS = 500
"""How many differing intervals a comparison lists."""


class Interval(NamedTuple):
    """One interval of one flow. flow: of the reading type, 1 forward, 19 reverse; end: of the interval."""

    flow: int
    end: datetime


class Held(NamedTuple):
    """What somebody says that an interval was."""

    wh: int
    is_estimated: bool = False


class Verdict(StrEnum):
    """What became of one interval."""

    LOST = "lost"
    DUPLICATED = "duplicated"
    SHIFTED = "shifted"
    ALTERED = "altered"
    ESTIMATED = "estimated"
    EXCUSED = "excused"


BREACHES = frozenset({Verdict.LOST, Verdict.DUPLICATED, Verdict.SHIFTED, Verdict.ALTERED})


class Difference(NamedTuple):
    """One interval that is not as it was measured."""

    end: datetime
    measured_wh: int
    found_wh: int | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """One meter at one stage. stage: head_end, wire, mdms or bill; wire: as text, where the stage is one.

    what: intervals, whose energy adds up, or registers, whose does not. since: the number of the first message that
    is in breach, where the stage is a wire; sender: who sent it, where that is known.
    """

    meter: str
    stage: str
    wire: str | None
    compared_wh: int
    differences: tuple[Difference, ...]
    what: str = "intervals"
    since: int = 0
    sender: str | None = None

    def wh(self, verdict: Verdict) -> int:
        """The energy that a verdict concerns: what was measured, or for altered how far it is off, or what was estimated."""
        chosen = (difference for difference in self.differences if difference.verdict is verdict)
        if verdict is Verdict.ALTERED:
            return sum(abs((difference.found_wh or 0) - difference.measured_wh) for difference in chosen)
        if verdict in (Verdict.ESTIMATED, Verdict.DUPLICATED):
            return sum(difference.found_wh or 0 for difference in chosen)
        return sum(difference.measured_wh for difference in chosen)

    def count(self, verdict: Verdict) -> int:
        """How many intervals a verdict concerns."""
        return sum(1 for difference in self.differences if difference.verdict is verdict)

    def _counted(self, verdict: Verdict) -> str:
        """How many a verdict concerns, in words."""
        number = self.count(verdict)
        return f"{number} {self.what.removesuffix('s') if number == 1 else self.what}"

    @property
    def ok(self) -> bool:
        """Whether nothing was lost, duplicated, shifted or altered."""
        return not any(difference.verdict in BREACHES for difference in self.differences)

    @property
    def text(self) -> str:
        """The comparison in one sentence."""
        place = self.wire or self.stage.replace("_", "-")
        breaches = [
            f"{self.wh(verdict) / 1000:.3f} kWh {verdict.value} ({self._counted(verdict)})"
            for verdict in Verdict
            if verdict in BREACHES and any(found.verdict is verdict for found in self.differences)
        ]
        return f"{self.meter} at {place}: {', '.join(breaches) or 'as measured'}"


def compare(
    meter: str,
    stage: tuple[str, str | None],
    measured: Mapping[Interval, int],
    found: Mapping[Interval, Held],
    expected: Iterable[Interval],
    disturbed: Sequence[Span],
) -> Comparison:
    """Hold `found` against `measured`.

    stage: its name and, for a wire, the wire. expected: the intervals that must be there; one that is not is lost.
    disturbed: where the scenario itself broke the meter; differences there are excused.
    """
    expected = set(expected)
    shift = _shift(measured, found)
    differences = sorted(
        difference
        for interval in expected | set(found)
        if (difference := _difference(interval, measured, found.get(interval), disturbed, shift)) is not None
    )
    compared = sum(measured.get(interval, 0) for interval in expected | (set(found) & set(measured)))
    return Comparison(meter, stage[0], stage[1], compared, tuple(differences))


def _difference(
    interval: Interval, measured: Mapping[Interval, int], held: Held | None, disturbed: Sequence[Span], shift: timedelta | None
) -> Difference | None:
    was = measured.get(interval)
    if held is not None and held.is_estimated:
        return Difference(interval.end, was or 0, held.wh, Verdict.ESTIMATED)
    if held is not None and was is not None and held.wh == was:
        return None
    if any(span.start < interval.end <= span.end for span in disturbed):
        return Difference(interval.end, was or 0, held.wh if held else None, Verdict.EXCUSED)
    if held is None:
        return Difference(interval.end, was or 0, None, Verdict.SHIFTED if shift else Verdict.LOST)
    return Difference(interval.end, was or 0, held.wh, Verdict.SHIFTED if shift else Verdict.ALTERED)


def _shift(measured: Mapping[Interval, int], found: Mapping[Interval, Held]) -> timedelta | None:
    """The offset at which `found` fits `measured` clearly better than where it stands, or None."""
    values = [(interval, held.wh) for interval, held in found.items() if not held.is_estimated]
    in_place = sum(1 for interval, wh in values if measured.get(interval) == wh)
    if in_place == len(values):
        return None
    fits = {offset: sum(1 for interval, wh in values if measured.get(_moved(interval, -offset)) == wh) for offset in SHIFTS}
    best = max(fits, key=fits.__getitem__)
    return best if fits[best] > in_place and fits[best] >= ENOUGH_OF_A_SHIFT * len(values) else None


def _moved(interval: Interval, offset: timedelta) -> Interval:
    return Interval(interval.flow, interval.end + offset)


def repeated(ends: Iterable[tuple[Interval, int]]) -> Iterator[Difference]:
    """The intervals that stand more than once in one list, each time but the first."""
    seen: set[Interval] = set()
    for interval, wh in ends:
        if interval in seen:
            yield Difference(interval.end, wh, wh, Verdict.DUPLICATED)
        seen.add(interval)
