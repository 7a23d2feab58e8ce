"""What the simulated meters truly measured: the one thing that no system under test may decide."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from ami import names
from ami.messages import Span
from ami.ports import Json
from ami.reading_type import FORWARD, REVERSE
from harness.landscape import Landscape
from harness.truth import Interval


@dataclass(frozen=True, slots=True)
class Measured:
    """One meter's truth. registers: what the forward register showed at the start and at the end of each interval.

    disturbed: where the scenario broke the meter. collected_from, collected_until: what the head-end must have of it.
    """

    minutes: int
    wh: dict[Interval, int]
    registers: dict[datetime, int]
    disturbed: tuple[Span, ...]
    collected_from: datetime | None
    collected_until: datetime | None

    def sum_wh(self, span: Span, flow: int = FORWARD) -> int:
        """The energy of the intervals within a span."""
        return sum(wh for interval, wh in self.wh.items() if interval.flow == flow and span.start < interval.end <= span.end)

    def register_wh(self, at: datetime) -> int | None:
        """What the forward register showed at the end of an interval; None where `at` is none."""
        return self.registers.get(at)

    def collected(self) -> list[Interval]:
        """The intervals that the head-end must hold."""
        if self.collected_from is None or self.collected_until is None:
            return []
        return [interval for interval in self.wh if self.collected_from < interval.end <= self.collected_until]


def measured(landscape: Landscape) -> dict[str, Measured]:
    """The truth of every meter of the landscape; nothing where the meters are not simulated."""
    if not landscape.is_controlled(names.HES, "truth"):
        return {}
    told = landscape.control(names.HES, "truth")
    return {meter: _meter(entry) for meter, entry in told["meters"].items()}


def _meter(entry: Json) -> Measured:
    first = datetime.fromisoformat(entry["first_end"])
    step = timedelta(minutes=entry["interval_minutes"])
    wh = {Interval(FORWARD, first + number * step): value for number, value in enumerate(entry["wh"])}
    registers = accumulate(entry["wh"], initial=entry["register_wh_at_start"])
    modulus_wh = 10 ** entry["register_digits"] * 1000
    return Measured(
        minutes=entry["interval_minutes"],
        wh=wh | {Interval(REVERSE, first + number * step): value for number, value in enumerate(entry["reverse_wh"] or ())},
        registers={first + (number - 1) * step: stood % modulus_wh for number, stood in enumerate(registers)},
        disturbed=tuple(Span(datetime.fromisoformat(span["start"]), datetime.fromisoformat(span["end"])) for span in entry["disturbed"]),
        collected_from=_moment(entry["collected_from"]),
        collected_until=_moment(entry["collected_until"]),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
