"""End device events: what happened at meters, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from lxml import etree

from ami.findings import Where
from conformance.views.place import (
    Field,
    child,
    children,
    field_in,
    first_named,
    line,
    local_name,
    name_of,
    names_in,
    path,
    reference,
    text,
)


class Detail(NamedTuple):
    """One named value that tells more about an event; an empty value is not there."""

    name: str
    value: str
    where: Where


class EventView(NamedTuple):
    """One event. code: the reference to its type; source: the meter or usage point that it happened at, if it says.

    meter, usage_point: each of the two, empty where it is not named. severity: None where it has none. names: all that the meter has.
    """

    code: Field
    created: Field
    source: str
    tracking_id: str
    where: Where
    mrid: str
    meter: str
    usage_point: str
    details: tuple[Detail, ...]
    severity: Field | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventsView:
    """All events of a message. said_at: its Header.Timestamp, where that names its offset."""

    events: tuple[EventView, ...]
    said_at: datetime | None


def events_view(payload: etree._Element, said_at: datetime | None) -> EventsView:
    """The events of an EndDeviceEvents payload, or of the meter readings that carry events."""
    events = []
    top = path(payload)
    for number, element in enumerate(children(payload), 1):
        name = local_name(element)
        if name == "EndDeviceEvent":
            events.append(_event(element, child(element, "Assets"), f"{top}/EndDeviceEvent[{number}]"))
        elif name == "MeterReading":
            inner = [part for part in children(element) if local_name(part) == "EndDeviceEvents"]
            meter = child(element, "Meter")
            events += [_event(part, meter, f"{top}/MeterReading[{number}]/EndDeviceEvents[{place}]") for place, part in enumerate(inner, 1)]
    return EventsView(tuple(events), said_at)


def _event(event: etree._Element, device: etree._Element | None, place: str) -> EventView:
    where, own = Where(place, line(event)), first_named(event)
    meter, usage_point = name_of(device), name_of(own.get("UsagePoint"))
    return EventView(
        reference(own.get("EndDeviceEventType"), where),
        field_in(own.get("createdDateTime"), where),
        meter or usage_point,
        text(own.get("issuerTrackingID")),
        where,
        text(own.get("mRID")),
        meter,
        usage_point,
        tuple(_details(event, place)) if "EndDeviceEventDetails" in own else (),
        field_in(own["severity"], where) if "severity" in own else None,
        names_in(device),
    )


def _details(event: etree._Element, place: str) -> Iterator[Detail]:
    for number, element in enumerate(children(event, "EndDeviceEventDetails"), 1):
        own = first_named(element)
        yield Detail(text(own.get("name")), text(own.get("value")), Where(f"{place}/EndDeviceEventDetails[{number}]", line(element)))
