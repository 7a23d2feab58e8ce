"""On-demand reading: who is asked for, what they answer, and why some do not."""

from collections.abc import Iterable
from datetime import datetime

from ami import reply_codes
from ami.messages import GetMeterReadings, MeterReading, MeterReadings, Reply, ReplyError, Span
from ami.reading_type import ReadingType
from simulators.hes.holdings import Holdings
from simulators.hes.letters import meter_error, outcome
from simulators.hes.payloads import measured_types, meter_reading
from simulators.hes.registry import Registry
from simulators.meter import MeterNetwork


class OnDemand:
    """Reads meters when asked."""

    def __init__(self, registry: Registry, network: MeterNetwork, holdings: Holdings) -> None:
        self._registry = registry
        self._network = network
        self._holdings = holdings

    def answer(self, query: GetMeterReadings, now: datetime) -> tuple[Reply, MeterReadings | None]:
        """The reply to a query, and its payload if any meter had something to tell."""
        types_wrong = type_errors(query.reading_types)
        if types_wrong:
            return outcome(types_wrong, some_done=False), None
        meters, errors = self._asked_for(query, now)
        readings = []
        for meter in meters:
            found = self.read(meter, query.span, query.reading_types, now)
            if isinstance(found, ReplyError):
                errors.append(found)
            else:
                readings.append(found)
        return outcome(errors, some_done=bool(readings)), MeterReadings(tuple(readings)) if readings else None

    def read(self, meter: str, span: Span | None, reading_types: Iterable[str], now: datetime) -> MeterReading | ReplyError:
        """One meter's readings of a span (None: what stands on its registers now), or why there are none."""
        if meter not in self._registry:
            return meter_error(reply_codes.INVALID_METER, "not in the registry", meter)
        is_there = self._network.answers(meter, now) if span is None else self._network.can_be_read(meter, now)
        if not is_there:
            return meter_error(reply_codes.TIMED_OUT, "the meter does not answer", meter)
        if span is None:
            readout = self._network.read_now(meter, now)
        else:
            stored = self._network.read_span(meter, span, now)
            if stored is None:
                return meter_error(reply_codes.DATA_UNAVAILABLE, "the meter holds nothing of the span", meter)
            readout = stored
            self._holdings.keep(readout)
        wanted = frozenset(reading_types)
        if wanted and not wanted & measured_types(readout):
            return meter_error(reply_codes.INVALID_READING_TYPE, "the meter measures none of the reading types", meter)
        reading = meter_reading(readout, self._registry.usage_point(meter, readout.span.start), wanted)
        if not reading.intervals and not reading.readings:
            return meter_error(reply_codes.DATA_UNAVAILABLE, "there is no value of now for these reading types", meter)
        return reading

    def _asked_for(self, query: GetMeterReadings, now: datetime) -> tuple[list[str], list[ReplyError]]:
        """The meters that a query names, itself or by their usage points, and what is wrong with the rest."""
        meters = list(query.meters)
        errors = []
        for usage_point in query.usage_points:
            there = self._registry.meters_at(usage_point, query.span or Span(now, now))
            if not there:
                reason = "no meter serves this usage point"
                errors.append(ReplyError(reply_codes.INVALID_USAGE_POINT, "FATAL", reason, object_id=usage_point, object_type="UsagePoint"))
            meters += there
        if not meters and not errors:
            errors.append(ReplyError(reply_codes.INVALID_METER, "FATAL", "the query names neither a meter nor a usage point"))
        return list(dict.fromkeys(meters)), errors


def type_errors(reading_types: Iterable[str]) -> list[ReplyError]:
    """What is wrong with the writing of reading types."""
    errors = []
    for reading_type in reading_types:
        try:
            ReadingType.parse(reading_type)
        except ValueError as error:
            errors.append(
                ReplyError(reply_codes.INVALID_READING_TYPE, "FATAL", str(error), object_id=reading_type, object_type="ReadingType")
            )
    return errors
