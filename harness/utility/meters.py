"""The meters in the field: what a fitter, the weather or a thief can do to them, and what their faces show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from ami import names
from ami.errors import InconclusiveError
from ami.messages import Span
from ami.ports import Json
from ami.reading_type import FORWARD, REVERSE
from harness.measured import Measured, measured
from harness.readings import Feed
from harness.story import Story
from harness.truth import Interval

REGISTER_KWH_DIGITS = 5
REGISTER_END_WH = 10**REGISTER_KWH_DIGITS * 1000


BROKEN_BY = {
    "missing": {"MR-06", "MR-10", "MR-18"},
    "negative": {"MR-15", "MR-18"},
    "spike": {"MR-16", "MR-18"},
    "zero": {"MR-18"},
}
"""What a misreading makes of the messages that tell of it: the rules that they then break."""


@dataclass(frozen=True, slots=True)
class Face:
    """What stands on a meter's face."""

    kwh: Decimal
    switch: str
    clock_at: datetime
    log: tuple[str, ...]


class Meters:
    """The fleet. A meter draws what its profile says: one of the feed's, moved on by some days so that no two are alike."""

    def __init__(self, story: Story, feed: Feed) -> None:
        self._story = story
        self._landscape = story.landscape
        self._feed = feed
        self._installed: list[str] = []

    def put_in(
        self,
        meters: Sequence[str],
        *,
        minutes: int | None = None,
        watts: int | None = None,
        is_solar: bool = False,
        register_wh: int | None = None,
    ) -> None:
        """Put meters into the field, now.

        minutes: of an interval, the feed's by default. watts: a constant draw instead of a profile.
        is_solar: it measures what a roof feeds in as well. register_wh: where the register stands.
        """
        made = [self._made(meter, minutes or self._feed.interval_minutes, watts, is_solar, register_wh) for meter in meters]
        self._landscape.control(names.HES, "install", meters=made)

    def _made(self, meter: str, minutes: int, watts: int | None, is_solar: bool, register_wh: int | None) -> Json:
        number = len(self._installed)
        self._installed.append(meter)
        name = self._feed.profiles[number % len(self._feed.profiles)]
        lived: Json = {"kind": "named", "name": name, "scale": str(Fraction(1)), "shift_days": number // len(self._feed.profiles)}
        drawn: Json = lived if watts is None else {"kind": "constant", "wh": watts * minutes // 60}
        made: dict[str, Json] = {
            "meter": meter,
            "interval_minutes": minutes,
            "profile": drawn,
            "register_wh": register_wh if register_wh is not None else (number * 7919 + 12345) % 90_000 * 1000,
            "register_digits": REGISTER_KWH_DIGITS,
            "at": _text(self._landscape.clock.now()),
        }
        if is_solar:
            made["reverse_profile"] = {"kind": "solar"}
        return made

    def take_out(self, meter: str) -> None:
        """Take a meter out of the field, now."""
        self._landscape.control(names.HES, "remove", meter=meter, at=_text(self._landscape.clock.now()))

    def set_register(self, meter: str, wh: int) -> None:
        """Let the register of a meter stand elsewhere, before it has measured anything."""
        self._landscape.control(names.HES, "set_register", meter=meter, wh=wh)

    def silence(self, meter: str, hours: int) -> None:
        """Let a meter answer nobody for so many hours from now."""
        now = self._landscape.clock.now()
        self._landscape.control(names.HES, "silence", meter=meter, start=_text(now), end=_text(now + timedelta(hours=hours)))

    def misread(self, meter: str, span: Span, kind: str) -> None:
        """Let a meter deliver nonsense for a span. kind: spike, negative, zero, stuck, or missing."""
        self._story.expected_rules |= BROKEN_BY[kind]
        self._landscape.control(names.HES, "misread", meter=meter, start=_text(span.start), end=_text(span.end), kind=kind)

    def set_clock(self, meter: str, offset_s: int) -> None:
        """Let a meter's clock be so many seconds fast (or slow, if negative)."""
        self._landscape.control(names.HES, "clock", meter=meter, offset_s=offset_s)

    def cut(self, meters: Sequence[str]) -> None:
        """Take the supply away, now."""
        self._supply(meters, is_on=False)

    def restore(self, meters: Sequence[str]) -> None:
        """Give the supply back, now."""
        self._supply(meters, is_on=True)

    def _supply(self, meters: Sequence[str], *, is_on: bool) -> None:
        self._landscape.control(names.HES, "supply", meters=list(meters), on=is_on)
        self._landscape.settle()

    def press_button(self, meter: str) -> None:
        """Press the button of an armed meter."""
        self._landscape.control(names.HES, "press", meter=meter)
        self._landscape.settle()

    def open_cover(self, meter: str) -> None:
        """Open the cover of a meter, as nobody should."""
        self._landscape.control(names.HES, "tamper", meter=meter)
        self._landscape.settle()

    def face(self, meter: str) -> Face:
        """What stands on the face of a meter, now."""
        shown = self._landscape.control(names.HES, "face", meter=meter)
        return Face(
            kwh=Decimal(shown["register_wh"]).scaleb(-3),
            switch=shown["switch"],
            clock_at=datetime.fromisoformat(shown["clock_at"]),
            log=tuple(entry["event_type"] for entry in shown["log"]),
        )

    def measured(self) -> dict[str, Measured]:
        """What every meter has truly measured so far."""
        return measured(self._landscape)

    def measured_wh(self, meter: str, span: Span, flow: int = FORWARD) -> int:
        """What one meter measured within a span."""
        return self.measured()[meter].sum_wh(span, flow)

    def intervals(self, meter: str, span: Span, flow: int = FORWARD) -> dict[Interval, int]:
        """What one meter measured within a span, interval by interval."""
        told = self.measured()[meter].wh
        return {interval: wh for interval, wh in told.items() if interval.flow == flow and span.start < interval.end <= span.end}

    def load(self, meters: Sequence[str], span: Span) -> dict[datetime, int]:
        """What many meters drew together: end of interval -> Wh."""
        truth = self.measured()
        together: Counter[datetime] = Counter()
        for meter in meters:
            inside = {
                interval.end: wh
                for interval, wh in truth[meter].wh.items()
                if interval.flow == FORWARD and span.start < interval.end <= span.end
            }
            together.update(inside)
        return dict(together)

    def register_at_end_of(self, meter: str, span: Span) -> Decimal:
        """What the face showed at the end of a span."""
        wh = self.measured()[meter].register_wh(span.end)
        if wh is None:
            raise InconclusiveError(f"nothing is known of the face of {meter} at {span.end}")
        return Decimal(wh).scaleb(-3)

    def cut_one(self, meter: str) -> None:
        """Take the supply of one meter away, now."""
        self.cut([meter])

    def net_wh(self, meter: str, span: Span) -> tuple[int, int]:
        """What one meter measured forward and in reverse within a span."""
        return self.measured_wh(meter, span, FORWARD), self.measured_wh(meter, span, REVERSE)


def _text(at: datetime) -> str:
    return at.isoformat()
