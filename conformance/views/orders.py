"""What is asked for: queries, reading schedules, work at meters, and who is supplied where."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from ami.findings import Where
from conformance.views.place import Field, child, children, field, line, local_name, name_of, path, text

_DEVICES: Final = ("EndDevice", "Meter")
_TARGETS: Final = ("EndDevice", "Meter", "EndDeviceGroup", "UsagePoint", "UsagePointGroup", "CustomerAccount", "CustomerAgreement")


@dataclass(frozen=True, slots=True)
class Interval:
    """A span of time as written; empty texts are not there."""

    start: Field
    end: Field


@dataclass(frozen=True, slots=True)
class QueryView:
    """What a GetMeterReadings asks for. targets: whatever else it asks about, such as groups."""

    meters: tuple[str, ...]
    usage_points: tuple[str, ...]
    targets: tuple[str, ...]
    reading_types: tuple[str, ...]
    spans: tuple[Interval, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """What a MeterReadSchedule orders. targets: whose readings; spans: each TimeSchedule's scheduleInterval."""

    targets: tuple[str, ...]
    spans: tuple[Interval, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class WorkView:
    """One piece of work. meter: where; empty where it does not say. status: what became of it."""

    kind: str
    meter: str
    status: str
    where: Where


@dataclass(frozen=True, slots=True)
class ServiceRequestsView:
    """All work in a message. verb: Header.Verb, which says whether it is asked for or reported."""

    works: tuple[WorkView, ...]
    verb: str


@dataclass(frozen=True, slots=True)
class LinkageView:
    """The things that a MasterDataLinkageConfig links: (kind, name, place), and the moment it takes effect."""

    linked: tuple[tuple[str, str, Where], ...]
    effective: Field | None
    where: Where


def query_view(payload: etree._Element) -> QueryView:
    """The view of a GetMeterReadings element."""
    return QueryView(
        _names(payload, _DEVICES),
        _names(payload, ("UsagePoint",)),
        _names(payload, _TARGETS),
        _reading_types(payload),
        tuple(_spans(payload)),
        Where(path(payload), line(payload)),
    )


def schedule_view(payload: etree._Element) -> ScheduleView:
    """The view of a MeterReadSchedule element."""
    return ScheduleView(_names(payload, _TARGETS), tuple(_spans(payload)), Where(path(payload), line(payload)))


def service_requests_view(payload: etree._Element, verb: str) -> ServiceRequestsView:
    """The view of a MeterServiceRequests element."""
    top = path(payload)
    works = [element for element in children(payload) if local_name(element) == "MeterServiceWork"]
    return ServiceRequestsView(tuple(_work(element, f"{top}/MeterServiceWork[{number}]") for number, element in enumerate(works, 1)), verb)


def linkage_view(payload: etree._Element) -> LinkageView:
    """The view of a MasterDataLinkageConfig element."""
    event = child(payload, "ConfigurationEvent")
    top = path(payload)
    linked = [
        (local_name(element), name_of(element), Where(f"{top}/{local_name(element)}", line(element)))
        for element in children(payload)
        if local_name(element) != "ConfigurationEvent"
    ]
    effective = field(child(event, "effectiveDateTime"), f"{top}/ConfigurationEvent/effectiveDateTime")
    return LinkageView(tuple(linked), effective, Where(top, line(payload)))


def _work(work: etree._Element, place: str) -> WorkView:
    meter = child(work, "Meter")
    called = name_of(meter) or text(child(meter, "serialNumber"))
    return WorkView(text(child(work, "kind")), called, text(child(work, "status", "value")), Where(place, line(work)))


def _names(payload: etree._Element, kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, (name_of(element) for element in children(payload) if local_name(element) in kinds)))


def _reading_types(payload: etree._Element) -> tuple[str, ...]:
    found = (element for element in children(payload) if local_name(element) == "ReadingType")
    return tuple(filter(None, (text(child(element, "Names", "name")) or (element.get("ref") or "").strip() for element in found)))


def _spans(payload: etree._Element) -> Iterator[Interval]:
    schedules = [element for element in children(payload) if local_name(element) == "TimeSchedule"]
    for number, schedule in enumerate(schedules, 1):
        span = child(schedule, "scheduleInterval")
        if span is not None:
            place = f"{path(payload)}/TimeSchedule[{number}]/scheduleInterval"
            nowhere = Field("", Where(place, line(span)))
            yield Interval(
                field(child(span, "start"), f"{place}/start") or nowhere,
                field(child(span, "end"), f"{place}/end") or nowhere,
            )
