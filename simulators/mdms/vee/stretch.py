"""A stretch: the interval places of one meter in one direction, filled or not, as the checks see them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple


def nothing_adjoining() -> tuple[int | None, int | None]:
    """A stretch with nothing around it."""
    return None, None


def nothing_past() -> Mapping[datetime, int]:
    """A meter without a past."""
    return {}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive interval places from `start` on; place 0 is the first.

    wh: what was measured (or edited), None where nothing was. days: the places of each local day in it.
    edited: places that a person settled. doubted: places whose value was in doubt when it arrived. unpowered: places wholly
    inside a power outage. advance: what the register advanced over the whole stretch, where registers bound it.
    like_totals: for each day, the totals of earlier like days. adjoining: the values right before and after it, and
    past: what was measured in the weeks before, by the interval's start; both are asked for only when needed.
    """

    start: datetime
    minutes: int
    wh: tuple[int | None, ...]
    days: tuple[range, ...]
    edited: frozenset[int] = frozenset()
    doubted: frozenset[int] = frozenset()
    unpowered: frozenset[int] = frozenset()
    advance: int | None = None
    like_totals: tuple[tuple[int, ...], ...] = ()
    adjoining: Callable[[], tuple[int | None, int | None]] = field(default=nothing_adjoining)
    past: Callable[[], Mapping[datetime, int]] = field(default=nothing_past)

    def start_of(self, place: int) -> datetime:
        """The moment at which the interval of that place begins."""
        return self.start + place * timedelta(minutes=self.minutes)


class Failure(NamedTuple):
    """What a check has against some places of a stretch: material for an exception list."""

    check: str
    places: range
    text: str
