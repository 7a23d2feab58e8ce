"""A profile: whole days of consumption that repeat for ever, at the same time of day."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import accumulate

DAY_S = 86_400
INTERVAL_MINUTES = (15, 30, 60)


@dataclass(frozen=True, slots=True)
class Profile:
    """Wh per interval from `first_start` on; after its last day it starts again.

    Raises ValueError unless `wh` is whole days of natural numbers, at 15, 30 or 60 minutes.
    """

    name: str
    interval_minutes: int
    first_start: datetime
    wh: tuple[int, ...]
    _running_wh: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _first_s: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.interval_minutes not in INTERVAL_MINUTES:
            raise ValueError(f"profile {self.name!r}: an interval has 15, 30 or 60 minutes, not {self.interval_minutes}")
        per_day = DAY_S // 60 // self.interval_minutes
        if not self.wh or len(self.wh) % per_day:
            raise ValueError(f"profile {self.name!r}: {per_day} values make a day, {len(self.wh)} are no whole days")
        if min(self.wh) < 0:
            raise ValueError(f"profile {self.name!r}: {min(self.wh)} Wh is negative")
        if self.first_start.tzinfo is None:
            raise ValueError(f"profile {self.name!r}: its first start names no offset from UTC")
        object.__setattr__(self, "_running_wh", (0, *accumulate(self.wh)))
        object.__setattr__(self, "_first_s", int(self.first_start.timestamp()))

    def wh_until(self, second: int) -> int:
        """Wh from `first_start` to a second of the epoch (negative before it).

        Within an interval the energy grows evenly and in whole Wh, so that the differences between any moments, at
        whatever spacing, always add up to the whole.
        """
        step_s = self.interval_minutes * 60
        cycle, into_cycle_s = divmod(second - self._first_s, step_s * len(self.wh))
        index, into_interval_s = divmod(into_cycle_s, step_s)
        whole = cycle * self._running_wh[-1] + self._running_wh[index]
        return whole + self.wh[index] * into_interval_s // step_s

    def wh_of(self, start: datetime, minutes: int) -> int:
        """Wh of the interval that starts at `start` and lasts `minutes`: longer ones are summed, shorter ones shared out."""
        return self.wh_until(int((start + timedelta(minutes=minutes)).timestamp())) - self.wh_until(int(start.timestamp()))


@dataclass(frozen=True, slots=True)
class Scaled:
    """A profile lived by somebody else: so many times as much, and so many days further on in it."""

    profile: Profile
    scale: Fraction = Fraction(1)
    shift_days: int = 0

    def wh_until(self, second: int) -> int:
        """Wh up to a second of the epoch, in whole Wh; what a rounding holds back, the next interval gets."""
        return self.profile.wh_until(second + self.shift_days * DAY_S) * self.scale.numerator // self.scale.denominator
