"""The payload elements taken apart, one function a noun."""

from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation

from lxml import etree

from ami import names
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
from simulators.wire.texts import parsed_moment

Element = etree._Element

MOST_DIGITS = 38
"""The powers of ten that an xs:float reaches, up and down."""


def payload(root: Element, header: Header) -> Payload | None:
    """The payload of a message, or the query in its Request; None where it has neither.

    Raises ValueError for a value that the schema lets pass and that means nothing.
    """
    noun = names.GET_METER_READINGS if header.verb == names.GET else header.noun
    reader = _READERS.get(noun)
    for part in root:
        if _local(part) in ("Payload", "Request") and reader is not None:
            for element in part:
                if _local(element) == noun:
                    return reader(element)
    return None


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(parent: Element, local_name: str) -> list[Element]:
    return [child for child in parent if _local(child) == local_name]


def _child(parent: Element, *path: str) -> Element | None:
    found: Element | None = parent
    for local_name in path:
        found = next((child for child in found if _local(child) == local_name), None) if found is not None else None
    return found


def _text(parent: Element, *path: str) -> str | None:
    element = _child(parent, *path)
    return (element.text or "").strip() if element is not None else None


def _identity(parent: Element) -> str | None:
    """The first name of an object, or its mRID where it has no name."""
    return _text(parent, "Names", "name") or _text(parent, "mRID")


def _required_identity(parent: Element) -> str:
    identity = _identity(parent)
    if not identity:
        raise ValueError(f"line {parent.sourceline}: {_local(parent)} has neither a name nor an mRID")
    return identity


def _identities(parent: Element, local_name: str) -> tuple[str, ...]:
    return tuple(_required_identity(child) for child in _children(parent, local_name))


def _linked(parent: Element, local_name: str) -> str | None:
    element = _child(parent, local_name)
    return _required_identity(element) if element is not None else None


def _span(element: Element | None) -> Span | None:
    if element is None:
        return None
    start, end = _text(element, "start"), _text(element, "end")
    if start is None or end is None:
        raise ValueError(f"line {element.sourceline}: {_local(element)} needs a start and an end")
    return Span(parsed_moment(start), parsed_moment(end))


def _value(element: Element | None, owner: Element) -> Decimal:
    """The number in an element. owner: named by its line where there is none."""
    text = (element.text or "").strip() if element is not None else None
    try:
        value = Decimal(text or "")
    except InvalidOperation:
        raise ValueError(f"line {owner.sourceline}: {text!r} is no value") from None
    # xs:float ends there, and a few bytes such as 1e999999999 would unfold into gigabytes of digits.
    if not value.is_finite() or abs(value.adjusted()) > MOST_DIGITS:
        raise ValueError(f"line {owner.sourceline}: {text!r} is no finite value")
    return value


def _reading(element: Element) -> Reading:
    """One reading; there are thousands in a message, so its parts are named once."""
    parts = {_local(part): part for part in element}
    at = parts.get("timeStamp")
    if at is None:
        raise ValueError(f"line {element.sourceline}: a reading without a timeStamp")
    qualities: tuple[str, ...] = ()
    if "ReadingQualities" in parts:
        qualities = tuple(_reference(quality, "ReadingQualityType") for quality in _children(element, "ReadingQualities"))
    reason = parts.get("reason")
    said = (reason.text or "").strip() if reason is not None else None
    return Reading(
        parsed_moment((at.text or "").strip()), _value(parts.get("value"), element), qualities, _span(parts.get("timePeriod")), said
    )


def _reference(parent: Element, local_name: str) -> str:
    element = _child(parent, local_name)
    return element.get("ref", "") if element is not None else ""


def _series(elements: Iterable[Element]) -> tuple[Series, ...]:
    """Single readings, those of one type put together in the order in which the types first appear."""
    by_type: dict[str, list[Reading]] = {}
    for element in elements:
        by_type.setdefault(_reference(element, "ReadingType"), []).append(_reading(element))
    return tuple(Series(reading_type, tuple(readings)) for reading_type, readings in by_type.items())


def _block(element: Element) -> Series:
    return Series(_reference(element, "ReadingType"), tuple(map(_reading, _children(element, "IntervalReadings"))))


def _meter_reading(element: Element) -> MeterReading:
    meter = _child(element, "Meter")
    if meter is None:
        raise ValueError(f"line {element.sourceline}: a MeterReading without a Meter")
    return MeterReading(
        meter=_required_identity(meter),
        usage_point=_linked(element, "UsagePoint"),
        intervals=tuple(map(_block, _children(element, "IntervalBlocks"))),
        readings=_series(_children(element, "Readings")),
        span=_span(_child(element, "valuesInterval")),
    )


def _meter_readings(element: Element) -> MeterReadings:
    return MeterReadings(tuple(map(_meter_reading, _children(element, "MeterReading"))))


def _get_meter_readings(element: Element) -> GetMeterReadings:
    return GetMeterReadings(
        meters=_identities(element, "EndDevice"),
        usage_points=_identities(element, "UsagePoint"),
        reading_types=_identities(element, "ReadingType"),
        span=_span(_child(element, "TimeSchedule", "scheduleInterval")),
    )


def _meter_read_schedule(element: Element) -> MeterReadSchedule:
    span = _span(_child(element, "TimeSchedule", "scheduleInterval"))
    if span is None:
        raise ValueError(f"line {element.sourceline}: a MeterReadSchedule without a TimeSchedule")
    recurs = _child(element, "TimeSchedule", "recurrencePeriod") is not None
    return MeterReadSchedule(
        meters=_identities(element, "EndDevice"),
        reading_types=_identities(element, "ReadingType"),
        span=span,
        recurrence_s=int(_value(_child(element, "TimeSchedule", "recurrencePeriod"), element)) if recurs else None,
    )


def _control(element: Element) -> EndDeviceControl:
    return EndDeviceControl(
        control_type=_reference(element, "EndDeviceControlType"),
        meters=_identities(element, "EndDevices"),
        tracking_id=_text(element, "issuerTrackingID"),
        reason=_text(element, "reason"),
        issuer_id=_text(element, "issuerID"),
    )


def _controls(element: Element) -> EndDeviceControls:
    return EndDeviceControls(tuple(map(_control, _children(element, "EndDeviceControl"))))


def _event(element: Element) -> EndDeviceEvent:
    details = ((_text(detail, "name") or "", _text(detail, "value") or "") for detail in _children(element, "EndDeviceEventDetails"))
    return EndDeviceEvent(
        event_type=_reference(element, "EndDeviceEventType"),
        meter=_linked(element, "Assets") or "",
        created_at=parsed_moment(_text(element, "createdDateTime") or ""),
        mrid=_text(element, "mRID"),
        usage_point=_linked(element, "UsagePoint"),
        tracking_id=_text(element, "issuerTrackingID"),
        reason=_text(element, "reason"),
        details=tuple(details),
    )


def _events(element: Element) -> EndDeviceEvents:
    return EndDeviceEvents(tuple(map(_event, _children(element, "EndDeviceEvent"))))


def _work(element: Element) -> MeterServiceWork:
    meter = _child(element, "Meter")
    if meter is None:
        raise ValueError(f"line {element.sourceline}: a MeterServiceWork without a Meter")
    requested = _text(element, "requestDateTime")
    readings = (reading for group in _children(meter, "MeterReadings") for reading in _children(group, "Readings"))
    return MeterServiceWork(
        kind=_text(element, "kind") or "other",
        meter=_required_identity(meter),
        old_meter=_linked(element, "OldMeter"),
        requested_at=parsed_moment(requested) if requested else None,
        priority=_text(element, "priority"),
        status=_text(element, "status", "value"),
        status_reason=_text(element, "status", "reason"),
        readings=_series(readings),
    )


def _works(element: Element) -> MeterServiceRequests:
    return MeterServiceRequests(tuple(map(_work, _children(element, "MeterServiceWork"))))


def _linkage_config(element: Element) -> MasterDataLinkageConfig:
    effective = _text(element, "ConfigurationEvent", "effectiveDateTime") or _text(element, "ConfigurationEvent", "createdDateTime")
    usage_point = _linked(element, "UsagePoint")
    if effective is None or usage_point is None:
        raise ValueError(f"line {element.sourceline}: a linkage needs a UsagePoint and the moment from which it holds")
    linkage = Linkage(
        usage_point=usage_point,
        effective_at=parsed_moment(effective),
        meter=_linked(element, "Meter"),
        account=_linked(element, "CustomerAccount"),
        agreement=_linked(element, "CustomerAgreement"),
        customer=_linked(element, "Customer"),
        service_location=_linked(element, "ServiceLocation"),
        pricing_structure=_linked(element, "PricingStructure"),
        reason=_text(element, "ConfigurationEvent", "reason"),
    )
    return MasterDataLinkageConfig((linkage,))


_READERS: dict[str, Callable[[Element], Payload]] = {
    names.METER_READINGS: _meter_readings,
    names.GET_METER_READINGS: _get_meter_readings,
    names.METER_READ_SCHEDULE: _meter_read_schedule,
    names.END_DEVICE_CONTROLS: _controls,
    names.END_DEVICE_EVENTS: _events,
    names.METER_SERVICE_REQUESTS: _works,
    names.MASTER_DATA_LINKAGE_CONFIG: _linkage_config,
}
