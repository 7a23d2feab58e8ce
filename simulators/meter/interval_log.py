"""The intervals that a meter stores: Wh by the end of each interval, without holes."""

from typing import Protocol, Self


class Energy(Protocol):
    """What flows past a measuring point."""

    def wh_until(self, second: int) -> int:
        """Wh from some moment on, always the same one, up to a second of the epoch."""


class IntervalLog:
    """Wh of each interval from the one that holds `start_s` on; all moments are seconds of the epoch, intervals on its grid."""

    def __init__(self, minutes: int, start_s: int) -> None:
        self.step_s = minutes * 60
        self.first_start_s = start_s // self.step_s * self.step_s
        self.wh: list[int] = []

    def copy(self) -> Self:
        """A log that goes its own way from here."""
        twin = type(self)(self.step_s // 60, self.first_start_s)
        twin.wh = self.wh.copy()
        return twin

    def take(self, energy: Energy | None, start_s: int, end_s: int, clock_offset_s: int = 0) -> int:
        """Store what flows from `start_s` to `end_s`, cut where this clock's intervals end; returns its Wh.

        energy: None where nothing flows: the intervals pass all the same.
        clock_offset_s: how far the clock that cuts the intervals is ahead. A clock that was set back adds to intervals that
        it has been in before, so that nothing measured is ever lost.
        """
        if end_s <= start_s:
            return 0
        offset_s = clock_offset_s - self.first_start_s
        last = max((end_s + offset_s - 1) // self.step_s, 0)
        if last >= len(self.wh):
            self.wh.extend([0] * (last + 1 - len(self.wh)))
        if energy is None:
            return 0
        at_s, before = start_s, energy.wh_until(start_s)
        first = before
        for index in range((start_s + offset_s) // self.step_s, last + 1):
            at_s = min((index + 1) * self.step_s - offset_s, end_s)
            after = energy.wh_until(at_s)
            self.wh[max(index, 0)] += after - before
            before = after
        return before - first

    def position(self, second: int) -> int:
        """How many intervals have ended at `second`."""
        return max((second - self.first_start_s) // self.step_s, 0)

    def between(self, start_s: int, end_s: int) -> list[int]:
        """Wh of the intervals that end after `start_s` and not after `end_s`."""
        first, beyond = self.position(start_s), self.position(end_s)
        stored = self.wh[first:beyond]
        return stored + [0] * (beyond - first - len(stored))
