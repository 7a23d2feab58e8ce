"""What is to be read: queries, and schedules that order readings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from lxml import etree

from ami.findings import Where
from conformance.views.place import Field, child, children, field, fields, line, local_name, name_of, path, text

_DEVICES: Final = ("EndDevice", "Meter")
_TARGETS: Final = ("EndDevice", "Meter", "EndDeviceGroup", "UsagePoint", "UsagePointGroup", "CustomerAccount", "CustomerAgreement")


class Interval(NamedTuple):
    """A span of time as written; empty texts are not there."""

    start: Field
    end: Field


class Target(NamedTuple):
    """Something whose readings are asked for; an empty name is not there."""

    kind: str
    name: str
    where: Where


class TimePoint(NamedTuple):
    """One moment of a schedule, with the place that it says it has in the sequence; empty texts are not there."""

    at: Field
    number: Field


class TimeScheduleView(NamedTuple):
    """When something is read. own: its plain fields by name; span: its scheduleInterval, if any."""

    own: Mapping[str, Field]
    span: Interval | None
    points: tuple[TimePoint, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class QueryView:
    """What a GetMeterReadings asks for. targets: whatever else it asks about, such as groups; types: its reading types with their places.

    asked: all targets with their places. said_at: Header.Timestamp, where that names its offset.
    """

    meters: tuple[str, ...]
    usage_points: tuple[str, ...]
    targets: tuple[str, ...]
    reading_types: tuple[str, ...]
    spans: tuple[Interval, ...]
    where: Where
    asked: tuple[Target, ...]
    types: tuple[Field, ...]
    said_at: datetime | None


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """What a MeterReadSchedule orders. targets: whose readings; spans: each TimeSchedule's scheduleInterval.

    asked, types: all targets and reading types with their places. said_at: Header.Timestamp, where that names its offset.
    ends: whether the message only ends what was ordered before, and need not say again whom to read, and when.
    """

    targets: tuple[str, ...]
    spans: tuple[Interval, ...]
    where: Where
    asked: tuple[Target, ...]
    types: tuple[Field, ...]
    schedules: tuple[TimeScheduleView, ...]
    said_at: datetime | None
    ends: bool


ENDINGS: Final = frozenset({"cancel", "canceled", "close", "closed", "delete", "deleted"})
"""Verbs after which nothing is read any more."""


def query_view(payload: etree._Element, said_at: datetime | None) -> QueryView:
    """The view of a GetMeterReadings element."""
    asked, types = _asked(payload), _types(payload)
    return QueryView(
        tuple(target.name for target in asked if target.name and target.kind in _DEVICES),
        tuple(target.name for target in asked if target.name and target.kind == "UsagePoint"),
        tuple(target.name for target in asked if target.name),
        tuple(each.text for each in types if each.text),
        _spans(_schedules(payload)),
        Where(path(payload), line(payload)),
        asked,
        types,
        said_at,
    )


def schedule_view(payload: etree._Element, verb: str, said_at: datetime | None) -> ScheduleView:
    """The view of a MeterReadSchedule element. verb: of its header."""
    asked, schedules = _asked(payload), _schedules(payload)
    names = tuple(target.name for target in asked if target.name)
    place, types = Where(path(payload), line(payload)), _types(payload)
    return ScheduleView(names, _spans(schedules), place, asked, types, schedules, said_at, verb in ENDINGS)


def _spans(schedules: tuple[TimeScheduleView, ...]) -> tuple[Interval, ...]:
    return tuple(schedule.span for schedule in schedules if schedule.span is not None)


def _numbered(payload: etree._Element, kinds: tuple[str, ...]) -> Iterator[tuple[str, etree._Element, str]]:
    """The children of some names, each with its name and its path."""
    top = path(payload)
    counts: dict[str, int] = {}
    for element in children(payload):
        name = local_name(element)
        if name in kinds:
            counts[name] = counts.get(name, 0) + 1
            yield name, element, f"{top}/{name}[{counts[name]}]"


def _asked(payload: etree._Element) -> tuple[Target, ...]:
    return tuple(Target(kind, name_of(element), Where(place, line(element))) for kind, element, place in _numbered(payload, _TARGETS))


def _types(payload: etree._Element) -> tuple[Field, ...]:
    return tuple(
        Field.at(Where(place, line(element)), text(child(element, "Names", "name")) or (element.get("ref") or "").strip())
        for _, element, place in _numbered(payload, ("ReadingType",))
    )


def _schedules(payload: etree._Element) -> tuple[TimeScheduleView, ...]:
    return tuple(_schedule(element, place) for _, element, place in _numbered(payload, ("TimeSchedule",)))


def _schedule(schedule: etree._Element, place: str) -> TimeScheduleView:
    span = child(schedule, "scheduleInterval")
    interval = None
    if span is not None:
        nowhere = Field("", line(span), place, "scheduleInterval")
        start = field(child(span, "start"), f"{place}/scheduleInterval/start")
        end = field(child(span, "end"), f"{place}/scheduleInterval/end")
        interval = Interval(start or nowhere, end or nowhere)
    points = [element for element in children(schedule) if local_name(element) == "TimePoints"]
    return TimeScheduleView(
        fields(schedule, place),
        interval,
        tuple(_point(element, f"{place}/TimePoints[{number}]") for number, element in enumerate(points, 1)),
        Where(place, line(schedule)),
    )


def _point(point: etree._Element, place: str) -> TimePoint:
    own, nowhere = fields(point, place), Field.at(Where(place, line(point)))
    return TimePoint(own.get("dateTime", nowhere), own.get("sequenceNumber", nowhere))
