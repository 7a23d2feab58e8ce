"""The people at the MDMS: what is held, what was estimated, who changed what."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ami import names, quality
from ami.messages import GetMeterReadings, Linkage, MasterDataLinkageConfig, MeterReading, MeterReadings, Reading, Series, Span
from ami.ports import Json
from ami.reading_type import FORWARD, interval_kwh
from harness.energy import energy
from harness.landscape import Landscape
from harness.tester import Answer, Tester


@dataclass(frozen=True, slots=True)
class HeldInterval:
    """One interval as the MDMS holds it."""

    end: datetime
    wh: int
    quality: str

    @property
    def is_estimated(self) -> bool:
        """Whether the MDMS put an estimate in the place of a measurement."""
        return quality.category(self.quality) == quality.ESTIMATED_CATEGORY


class DataManagement:
    """Asks the MDMS on the wire, and looks into it where it lets itself be looked into."""

    def __init__(self, landscape: Landscape, tester: Tester) -> None:
        self._landscape = landscape
        self._tester = tester

    def validate(self) -> None:
        """Have all complete days validated and estimated now."""
        self._landscape.control(names.MDMS, "validate")
        self._landscape.settle()

    def held(self, meter: str, span: Span, flow: int = FORWARD) -> tuple[HeldInterval, ...]:
        """The intervals of a meter within a span, in order; asked on the wire where the MDMS cannot be looked into."""
        if not self._landscape.is_controlled(names.MDMS, "holdings"):
            return tuple(sorted(self._told(meter, span, flow), key=lambda interval: interval.end))
        told = self._landscape.control(names.MDMS, "holdings", meters=[meter], start=span.start.isoformat(), end=span.end.isoformat())
        entries = told["meters"].get(meter, {"intervals": []})["intervals"]
        return tuple(
            sorted(
                (
                    HeldInterval(datetime.fromisoformat(entry["end"]), entry["wh"], entry["quality"])
                    for entry in entries
                    if entry["flow"] == flow
                ),
                key=lambda interval: interval.end,
            )
        )

    def _told(self, meter: str, span: Span, flow: int) -> Iterator[HeldInterval]:
        """What the MDMS answers when it is asked for the intervals of a span; nothing where it refuses."""
        answer = self._tester.ask(names.MDMS, "get", names.METER_READINGS, GetMeterReadings(meters=(meter,), span=span))
        for entry in answer.readings.meter_readings:
            for series in entry.intervals:
                for reading in series.readings:
                    known = energy(series.reading_type, reading.value)
                    if known is not None and known[0].flow_direction == flow and span.start < reading.at <= span.end:
                        yield HeldInterval(reading.at, known[1], _worst(reading.qualities))

    def load(self, meters: Sequence[str], span: Span) -> dict[datetime, int]:
        """What many meters drew together: end of interval -> Wh."""
        together: Counter[datetime] = Counter()
        for meter in meters:
            together.update({interval.end: interval.wh for interval in self.held(meter, span)})
        return dict(together)

    def set_aside(self) -> set[str]:
        """The meters whose readings are set aside because nobody has told of them."""
        return set(self._landscape.control(names.MDMS, "unknown")["meters"])

    def link(self, meter: str, at: datetime) -> Answer:
        """Tell the MDMS of a meter."""
        linkage = MasterDataLinkageConfig((Linkage(usage_point=f"UP-{meter}", effective_at=at, meter=meter),))
        return self._tester.ask(names.MDMS, "create", names.MASTER_DATA_LINKAGE_CONFIG, linkage)

    def edit(self, meter: str, end: datetime, kwh: Decimal, user: str, reason: str) -> None:
        """Have a person change an interval."""
        wh = int(kwh * 1000)
        self._landscape.control(names.MDMS, "edit", meter=meter, end=end.isoformat(), wh=wh, user=user, reason=reason)
        self._landscape.settle()

    def audit(self, meter: str) -> list[Json]:
        """Who changed what of a meter, and why."""
        listed: list[Json] = self._landscape.control(names.MDMS, "audit", meter=meter)
        return listed

    def consent(self, organization: str, usage_point: str) -> None:
        """Let a third party see the readings of a usage point."""
        self._landscape.control(names.MDMS, "consent", organization=organization, usage_point=usage_point, granted=True)

    def ask_span(
        self, span: Span, minutes: int, *, meter: str | None = None, usage_point: str | None = None, organization: str | None = None
    ) -> Answer:
        """Ask for the intervals of a span."""
        query = GetMeterReadings(
            meters=(meter,) if meter else (),
            usage_points=(usage_point,) if usage_point else (),
            reading_types=(str(interval_kwh(minutes)),),
            span=span,
        )
        return self._tester.ask(names.MDMS, "get", names.METER_READINGS, query, organization)


def _worst(qualities: Sequence[str]) -> str:
    """The quality that says that a value was put in the place of another, if one does."""
    return next(filter(quality.is_replaced, qualities), quality.VALID)


def intervals(answer: Answer) -> dict[datetime, int]:
    """The intervals in an answer: end -> Wh."""
    readings = (reading for entry in answer.readings.meter_readings for series in entry.intervals for reading in series.readings)
    return {reading.at: int(reading.value * 1000) for reading in readings}


def delivery(meter: str, usage_point: str | None, reading_type: str, values: list[tuple[datetime, int]], span: Span) -> MeterReadings:
    """One meter's intervals as a head-end would deliver them. values: end and Wh."""
    readings = tuple(Reading(end, Decimal(wh).scaleb(-3)) for end, wh in values)
    return MeterReadings((MeterReading(meter, usage_point, intervals=(Series(reading_type, readings),), span=span),))
