"""The meter network: every meter in the field, who answers, and who tells the truth."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from ami.messages import Span
from ami.reading_type import FORWARD, REVERSE
from simulators.meter.meter import Meter, Order
from simulators.meter.misread import KINDS, Misread
from simulators.meter.readout import Readout, read_now, read_span


class Disturbance(NamedTuple):
    """Intervals of a meter that were told wrongly on purpose. kind: of the misreading, or `clock`."""

    start: datetime
    end: datetime
    kind: str


class Truth(NamedTuple):
    """What a meter really measured, in all intervals that have ended. reverse_wh: None where it has no such register."""

    minutes: int
    first_end: datetime
    wh: list[int]
    reverse_wh: list[int] | None
    register_wh_at_start: int
    register_digits: int
    disturbed: list[Disturbance]


class MeterNetwork:
    """All meters, by their number, and what is wrong with the way to them."""

    def __init__(self) -> None:
        self.meters: dict[str, Meter] = {}
        self._silences: dict[str, list[Span]] = defaultdict(list)
        self._misreads: dict[str, list[Misread]] = defaultdict(list)

    def install(self, orders: Iterable[Order]) -> None:
        """Put meters in the field. Raises ValueError, before any is put there, if one of a number is or was there."""
        meters: dict[str, Meter] = {}
        for order in orders:
            if order.meter in self.meters or order.meter in meters:
                raise ValueError(f"there is a meter {order.meter!r} already")
            meters[order.meter] = Meter(order)
        self.meters |= meters

    def find(self, meter: str) -> Meter:
        """The meter of that number. Raises LookupError if there is none."""
        try:
            return self.meters[meter]
        except KeyError:
            raise LookupError(f"meter {meter!r}: none of that number is in the field") from None

    def in_the_field(self, meter: str, now: datetime) -> Meter:
        """The meter of that number, for a hand to be laid on. Raises LookupError for none, ValueError if it stands elsewhere now."""
        found = self.find(meter)
        if not found.is_in_the_field(now):
            raise ValueError(f"meter {meter!r} is not in the field at this time")
        return found

    def silence(self, meter: str, span: Span) -> None:
        """Let a meter not answer during `span`. Raises LookupError if there is none."""
        self.find(meter)
        self._silences[meter].append(span)

    def misread(self, meter: str, misread: Misread) -> None:
        """Let a meter tell some intervals wrongly. Raises LookupError for an unknown meter, ValueError for an unknown kind."""
        self.find(meter)
        if misread.kind not in KINDS:
            raise ValueError(f"a misreading is one of {', '.join(KINDS)}, not {misread.kind!r}")
        self._misreads[meter].append(misread)

    def answers(self, meter: str, now: datetime) -> bool:
        """Whether a meter can be talked to now: it stands in the field, has power, and is not silent."""
        found = self.meters.get(meter)
        return found is not None and found.is_in_the_field(now) and found.state.supplied and not self.is_silent(meter, now)

    def can_be_read(self, meter: str, now: datetime) -> bool:
        """Whether what a meter has stored can be had now: it answers, or has been removed and lies on the bench."""
        found = self.meters.get(meter)
        on_the_bench = found is not None and found.removed_at is not None and found.removed_at <= now
        return (on_the_bench and not self.is_silent(meter, now)) or self.answers(meter, now)

    def read_now(self, meter: str, now: datetime) -> Readout:
        """What stands on a meter's registers. Raises LookupError if there is no such meter."""
        return read_now(self.find(meter), now)

    def read_span(self, meter: str, span: Span, now: datetime) -> Readout | None:
        """What a meter tells for a span; None where it has nothing. Raises LookupError if there is no such meter."""
        return read_span(self.find(meter), span, self._misreads.get(meter, ()), now)

    def truth(self, meter: str, now: datetime) -> Truth:
        """What a meter really measured by now, and where it told or stamped it wrongly. Raises LookupError for none."""
        found = self.find(meter)
        found.measure_until(now)
        told = [Disturbance(misread.start, misread.end, misread.kind) for misread in self._misreads.get(meter, ())]
        stamped = [Disturbance(*fault, "clock") for fault in found.clock_faults(now)]
        reverse = found.channels.get(REVERSE)
        return Truth(
            found.order.interval_minutes,
            found.first_end,
            found.measured_wh(FORWARD, now),
            None if reverse is None else found.measured_wh(REVERSE, now),
            found.order.register_wh,
            found.order.register_digits,
            sorted(told + stamped),
        )

    def is_silent(self, meter: str, now: datetime) -> bool:
        """Whether nothing can be heard of a meter now."""
        return any(span.start <= now < span.end for span in self._silences.get(meter, ()))
