"""The payload elements, one function a noun; the order of children is the schema's."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import quoteattr

from ami import names
from ami.dialect import Dialect
from ami.messages import (
    EndDeviceControl,
    EndDeviceControls,
    EndDeviceEvent,
    EndDeviceEvents,
    GetMeterReadings,
    Header,
    Linkage,
    MasterDataLinkageConfig,
    MeterReading,
    MeterReadings,
    MeterReadSchedule,
    MeterServiceRequests,
    MeterServiceWork,
    Payload,
    Reading,
    Series,
    Span,
)
from simulators.wire.texts import escaped, moment, number


def payload(content: Payload, dialect: Dialect, header: Header) -> str:
    """The payload element of `content` with its namespace. header: of the message, which some payloads repeat."""
    noun, body = _WRITERS[type(content)]
    repeated = _repeated_header(header, dialect) if noun == names.METER_SERVICE_REQUESTS else ""
    return f'<{noun} xmlns="{dialect.payload(noun)}">\n{repeated}{body(content)}</{noun}>\n'


def _repeated_header(header: Header, dialect: Dialect) -> str:
    """The header once more: verb and noun, and whatever else no header may lack."""
    told = {
        "Verb": header.verb,
        "Noun": header.noun,
        "Timestamp": moment(header.timestamp),
        "Source": header.source,
        "MessageID": header.message_id,
        "CorrelationID": header.correlation_id or header.message_id,
    }
    fields = (f"<h:{field}>{escaped(text)}</h:{field}>" for field, text in told.items() if field in dialect.mandatory_header)
    return f'<Header xmlns:h="{dialect.header_namespace}">{"".join(fields)}</Header>\n'


def _name(text: str) -> str:
    return f"<Names><name>{escaped(text)}</name></Names>"


def _named(element: str, text: str | None) -> str:
    return f"<{element}>{_name(text)}</{element}>" if text is not None else ""


@lru_cache(maxsize=4096)
def _ref(element: str, code: str) -> str:
    return f"<{element} ref={quoteattr(code)}/>"


def _span(element: str, span: Span | None) -> str:
    return f"<{element}><end>{moment(span.end)}</end><start>{moment(span.start)}</start></{element}>" if span else ""


def _optional(tag: str, text: str | None) -> str:
    return f"<{tag}>{escaped(text)}</{tag}>" if text is not None else ""


def _qualities(qualities: Iterable[str]) -> str:
    return "".join(f"<ReadingQualities>{_ref('ReadingQualityType', quality)}</ReadingQualities>" for quality in qualities)


def _interval_block(series: Series) -> str:
    lines = [
        f"<IntervalReadings><timeStamp>{moment(at)}</timeStamp><value>{number(value)}</value>"
        f"{_qualities(qualities) if qualities else ''}</IntervalReadings>\n"
        for at, value, qualities, _, _ in series.readings
    ]
    return f"<IntervalBlocks>\n{''.join(lines)}{_ref('ReadingType', series.reading_type)}</IntervalBlocks>\n"


def _reading(reading: Reading, reading_type: str) -> str:
    return (
        f"<Readings>{_optional('reason', reading.reason)}<timeStamp>{moment(reading.at)}</timeStamp><value>{number(reading.value)}</value>"
        f"{_qualities(reading.qualities)}{_ref('ReadingType', reading_type)}{_span('timePeriod', reading.period)}</Readings>\n"
    )


def _readings(many: Iterable[Series]) -> str:
    return "".join(_reading(reading, series.reading_type) for series in many for reading in series.readings)


def _meter_reading(content: MeterReading) -> str:
    return (
        f"<MeterReading>\n{''.join(map(_interval_block, content.intervals))}{_named('Meter', content.meter)}\n{_readings(content.readings)}"
        f"{_named('UsagePoint', content.usage_point)}{_span('valuesInterval', content.span)}</MeterReading>\n"
    )


def _meter_readings(content: MeterReadings) -> str:
    return "".join(map(_meter_reading, content.meter_readings))


def _get_meter_readings(content: GetMeterReadings) -> str:
    devices = "".join(_named("EndDevice", meter) for meter in content.meters)
    types = "".join(_named("ReadingType", code) for code in content.reading_types)
    points = "".join(_named("UsagePoint", point) for point in content.usage_points)
    schedule = f"<TimeSchedule>{_span('scheduleInterval', content.span)}</TimeSchedule>" if content.span else ""
    return f"{devices}{types}{schedule}{points}\n"


def _meter_read_schedule(content: MeterReadSchedule) -> str:
    devices = "".join(f"<EndDevice><mRID>{escaped(meter)}</mRID>{_name(meter)}</EndDevice>" for meter in content.meters)
    types = "".join(_named("ReadingType", code) for code in content.reading_types)
    period = f"<recurrencePeriod>{content.recurrence_s}</recurrencePeriod>" if content.recurrence_s is not None else ""
    return f"{devices}{types}<TimeSchedule>{period}{_span('scheduleInterval', content.span)}</TimeSchedule>\n"


def _control(content: EndDeviceControl) -> str:
    devices = "".join(_named("EndDevices", meter) for meter in content.meters)
    return (
        f"<EndDeviceControl>{_optional('issuerID', content.issuer_id)}{_optional('issuerTrackingID', content.tracking_id)}"
        f"{_optional('reason', content.reason)}"
        f"{_ref('EndDeviceControlType', content.control_type)}{devices}</EndDeviceControl>\n"
    )


def _controls(content: EndDeviceControls) -> str:
    return "".join(map(_control, content.controls))


def _event(content: EndDeviceEvent) -> str:
    details = "".join(
        f"<EndDeviceEventDetails><name>{escaped(name)}</name><value>{escaped(value)}</value></EndDeviceEventDetails>"
        for name, value in content.details
    )
    return (
        f"<EndDeviceEvent>{_optional('mRID', content.mrid)}<createdDateTime>{moment(content.created_at)}</createdDateTime>"
        f"{_optional('issuerTrackingID', content.tracking_id)}{_optional('reason', content.reason)}{_named('Assets', content.meter)}"
        f"{details}{_ref('EndDeviceEventType', content.event_type)}{_named('UsagePoint', content.usage_point)}</EndDeviceEvent>\n"
    )


def _events(content: EndDeviceEvents) -> str:
    return "".join(map(_event, content.events))


def _work(content: MeterServiceWork) -> str:
    requested = f"<requestDateTime>{moment(content.requested_at)}</requestDateTime>" if content.requested_at else ""
    readings = f"<MeterReadings>{_readings(content.readings)}</MeterReadings>" if content.readings else ""
    status = ""
    if content.status is not None:
        status = f"<status>{_optional('reason', content.status_reason)}<value>{escaped(content.status)}</value></status>"
    return (
        f"<MeterServiceWork><kind>{content.kind}</kind>{_optional('priority', content.priority)}{requested}"
        f"<Meter>{readings}{_name(content.meter)}</Meter>{_named('OldMeter', content.old_meter)}{status}</MeterServiceWork>\n"
    )


def _works(content: MeterServiceRequests) -> str:
    return "".join(map(_work, content.works))


def _linkage_config(content: MasterDataLinkageConfig) -> str:
    """One linkage a message: the payload has one ConfigurationEvent and so one effective moment."""
    (linkage,) = content.linkages
    return _linkage(linkage)


def _linkage(linkage: Linkage) -> str:
    at = moment(linkage.effective_at)
    event = (
        f"<ConfigurationEvent><createdDateTime>{at}</createdDateTime><effectiveDateTime>{at}</effectiveDateTime>"
        f"{_optional('reason', linkage.reason)}</ConfigurationEvent>"
    )
    return (
        f"{event}{_named('CustomerAccount', linkage.account)}{_named('CustomerAgreement', linkage.agreement)}"
        f"{_named('Customer', linkage.customer)}{_named('Meter', linkage.meter)}{_named('PricingStructure', linkage.pricing_structure)}"
        f"{_named('ServiceLocation', linkage.service_location)}{_named('UsagePoint', linkage.usage_point)}\n"
    )


_WRITERS: dict[type, tuple[str, Callable[[Any], str]]] = {
    MeterReadings: (names.METER_READINGS, _meter_readings),
    GetMeterReadings: (names.GET_METER_READINGS, _get_meter_readings),
    MeterReadSchedule: (names.METER_READ_SCHEDULE, _meter_read_schedule),
    EndDeviceControls: (names.END_DEVICE_CONTROLS, _controls),
    EndDeviceEvents: (names.END_DEVICE_EVENTS, _events),
    MeterServiceRequests: (names.METER_SERVICE_REQUESTS, _works),
    MasterDataLinkageConfig: (names.MASTER_DATA_LINKAGE_CONFIG, _linkage_config),
}
