"""Crowds of meters: what Locust sends for them, and what became of it."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from ami import days, names
from ami.messages import GetMeterReadings, Linkage, MasterDataLinkageConfig, MeterReading, MeterReadings, Reading, Series, Span
from ami.reading_type import interval_kwh, register_kwh
from harness import crowd
from harness.crowd import Demand, GateVerdict
from harness.landscape import Landscape
from harness.ledger import mdms_books
from harness.story import Story
from harness.tester import Tester

INTERVAL_MINUTES = 30
DELIVERIES_PER_SECOND = 8.0
READS_PER_SECOND = 50.0
KNOWN = Demand(1, 0.0, 10_000.0)


class Crowds:
    """Meters by the thousand, played by Locust on the tester's wire."""

    def __init__(self, story: Story, landscape: Landscape, tester: Tester) -> None:
        self._story = story
        self._landscape = landscape
        self._tester = tester
        self._sent: dict[str, dict[datetime, int]] = {}

    def link(self, meters: Sequence[str], at: datetime) -> None:
        """Tell the MDMS of the meters."""
        linkages = [MasterDataLinkageConfig((Linkage(usage_point=f"UP-{meter}", effective_at=at, meter=meter),)) for meter in meters]
        messages = [self._tester.message("create", names.MASTER_DATA_LINKAGE_CONFIG, linkage) for linkage in linkages]
        verdict = crowd.send(self._landscape, names.MDMS, messages, KNOWN, per_second=400.0)
        assert all(outcome.value == "passed" for _, _, outcome in verdict.lines[:2]), f"the MDMS was not told of all meters: {verdict}"
        self._landscape.settle()

    def deliver_day(self, meters: Sequence[str], batch: int, span: Span, demand: Demand) -> GateVerdict:
        """Deliver a day of each meter, `batch` meters a message, after the day is over."""
        self._landscape.advance(span.end)
        days_of_meters = [self._day(number, meter, span) for number, meter in enumerate(meters)]
        messages = [
            self._tester.message("created", names.METER_READINGS, MeterReadings(tuple(days_of_meters[first : first + batch])))
            for first in range(0, len(meters), batch)
        ]
        verdict = crowd.send(self._landscape, names.MDMS, messages, demand, DELIVERIES_PER_SECOND)
        self._landscape.settle()
        return self._noted("deliveries", verdict, demand)

    def _noted(self, what: str, verdict: GateVerdict, demand: Demand) -> GateVerdict:
        """The verdict, whose figures are written down for those who compare runs."""
        requests, failures = verdict.measured["requests"], verdict.measured["failures"]
        self._story.figure(f"{what}_p95_ms", verdict.measured["p95_ms"], "ms", f"at most {demand.p95_ms:g}")
        self._story.figure(f"{what}_requests", requests, "", f"at least {demand.least_requests}")
        if requests:
            self._story.figure(f"{what}_failed_percent", 100 * failures / requests, "%", f"at most {100 * demand.most_failed:g}")
        return verdict

    def _day(self, number: int, meter: str, span: Span) -> MeterReading:
        values = {end: (number * 37 + place * 11) % 900 + 50 for place, end in enumerate(days.interval_ends(span, INTERVAL_MINUTES))}
        self._sent[meter] = values
        readings = tuple(Reading(end, Decimal(wh).scaleb(-3)) for end, wh in values.items())
        series = Series(str(interval_kwh(INTERVAL_MINUTES)), readings)
        return MeterReading(meter, None, (series,), (), span)

    def read(self, meters: Sequence[str], demand: Demand) -> GateVerdict:
        """Read each of the meters on demand."""
        queries = [GetMeterReadings(meters=(meter,), reading_types=(str(register_kwh()),)) for meter in meters]
        messages = [self._tester.message("get", names.METER_READINGS, query) for query in queries]
        return self._noted("reads_on_demand", crowd.send(self._landscape, names.HES, messages, demand, READS_PER_SECOND), demand)

    def differing(self) -> list[str]:
        """The meters whose day at the MDMS is not what was sent."""
        books = mdms_books(self._landscape)
        return [
            meter
            for meter, sent in self._sent.items()
            if {interval.end: held.wh for interval, held in books.get(meter, {}).items()} != sent
        ]
