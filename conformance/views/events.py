"""End device events and controls: what happened at meters, and what they were told to do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from ami.findings import Where
from conformance.views.place import Field, child, children, field, line, local_name, name_of, path

_TARGETS: Final = ("EndDevices", "EndDeviceGroups", "UsagePoints", "UsagePointGroups")


@dataclass(frozen=True, slots=True)
class EventView:
    """One event. code: the reference to its type; source: the meter or usage point that it happened at, if it says."""

    code: Field
    created: Field
    source: str
    tracking_id: str
    where: Where


@dataclass(frozen=True, slots=True)
class EventsView:
    """All events of a message. said_at: its Header.Timestamp, where that names its offset."""

    events: tuple[EventView, ...]
    said_at: datetime | None


@dataclass(frozen=True, slots=True)
class ControlView:
    """One control. code: the reference to its type; targets: the meters, usage points and groups that it is for."""

    code: Field
    targets: tuple[str, ...]
    tracking_id: str
    where: Where


@dataclass(frozen=True, slots=True)
class ControlsView:
    """All controls of a message."""

    controls: tuple[ControlView, ...]


def events_view(payload: etree._Element, said_at: datetime | None) -> EventsView:
    """The events of an EndDeviceEvents payload, or of the meter readings that carry events."""
    events = []
    top = path(payload)
    for number, element in enumerate(children(payload), 1):
        name = local_name(element)
        if name == "EndDeviceEvent":
            events.append(_event(element, name_of(child(element, "Assets")), f"{top}/EndDeviceEvent[{number}]"))
        elif name == "MeterReading":
            inner = [part for part in children(element) if local_name(part) == "EndDeviceEvents"]
            meter = name_of(child(element, "Meter"))
            events += [_event(part, meter, f"{top}/MeterReading[{number}]/EndDeviceEvents[{place}]") for place, part in enumerate(inner, 1)]
    return EventsView(tuple(events), said_at)


def controls_view(payload: etree._Element) -> ControlsView:
    """The controls of an EndDeviceControls payload."""
    top = path(payload)
    controls = [element for element in children(payload) if local_name(element) == "EndDeviceControl"]
    return ControlsView(tuple(_control(element, f"{top}/EndDeviceControl[{number}]") for number, element in enumerate(controls, 1)))


def _event(event: etree._Element, source: str, place: str) -> EventView:
    where = Where(place, line(event))
    return EventView(
        _reference(event, "EndDeviceEventType", where),
        field(child(event, "createdDateTime"), f"{place}/createdDateTime") or Field("", where),
        source or name_of(child(event, "UsagePoint")),
        _text_of(event, "issuerTrackingID"),
        where,
    )


def _control(control: etree._Element, place: str) -> ControlView:
    where = Where(place, line(control))
    targets = tuple(filter(None, (name_of(part) for part in children(control) if local_name(part) in _TARGETS)))
    return ControlView(_reference(control, "EndDeviceControlType", where), targets, _text_of(control, "issuerTrackingID"), where)


def _reference(owner: etree._Element, name: str, where: Where) -> Field:
    element = child(owner, name)
    if element is None:
        return Field("", where)
    return Field((element.get("ref") or "").strip(), Where(f"{where.path}/{name}", line(element)))


def _text_of(owner: etree._Element, name: str) -> str:
    found = field(child(owner, name), name)
    return found.text if found else ""
