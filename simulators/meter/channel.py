"""One direction of flow through a meter: the register that counts it and the intervals that store it."""

from simulators.meter.interval_log import Energy, IntervalLog


class Channel:
    """Counts what flows, in whole Wh.

    flow: its number in a ReadingType. energy: what flows while the meter lets it. register_wh: what stood on the
    register when the meter was installed.
    """

    def __init__(self, flow: int, energy: Energy, minutes: int, start_s: int, register_wh: int) -> None:
        self.flow = flow
        self.energy = energy
        self.minutes = minutes
        self.start_s = start_s
        self.register_wh_at_start = register_wh
        self.forget()

    def forget(self) -> None:
        """Start measuring again from the installation: the past has turned out differently."""
        self.register_wh = self.register_wh_at_start
        self.measured = IntervalLog(self.minutes, self.start_s)
        self.stored = self.measured

    def start_from(self, register_wh: int) -> None:
        """Let something else have stood on the register when the meter was installed."""
        self.register_wh += register_wh - self.register_wh_at_start
        self.register_wh_at_start = register_wh

    def measure(self, start_s: int, end_s: int, *, running: bool, clock_offset_s: int) -> None:
        """Let the time from `start_s` to `end_s` pass.

        `measured` is cut by the true time, `stored` by the meter's own clock; until that goes wrong they are one log.
        """
        if clock_offset_s and self.stored is self.measured:
            self.stored = self.measured.copy()
        energy = self.energy if running else None
        self.register_wh += self.measured.take(energy, start_s, end_s)
        if self.stored is not self.measured:
            self.stored.take(energy, start_s, end_s, clock_offset_s)

    def register_wh_at(self, second: int) -> int:
        """What stood on the register when the interval ended that ended last before `second`, by the meter's own clock."""
        return self.register_wh_at_start + sum(self.stored.wh[: self.stored.position(second)])
