"""End device controls: what meters are told to do, when, for how long, and what is passed on to the devices behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from lxml import etree

from ami.findings import Where
from conformance.views.place import Field, child, children, fields, line, local_name, name_of, names_in, path, reference

_TARGETS: Final = ("EndDevices", "EndDeviceGroups", "UsagePoints", "UsagePointGroups")
_PARTS: Final = ("PanDemandResponse", "PanDisplay", "PanPricing", "primaryDeviceTiming", "secondaryDeviceTiming")
_TRUE: Final = frozenset({"true", "1"})


class Target(NamedTuple):
    """One meter, usage point or group that a control is for. names: all that it has."""

    kind: str
    name: str
    where: Where
    names: tuple[str, ...] = ()


class Part(NamedTuple):
    """A part of a control: a timing, or something for the devices behind the meter. fields: by name, with start and end of its interval."""

    name: str
    fields: Mapping[str, Field]
    where: Where

    def is_set(self, name: str) -> bool:
        """Whether a yes-or-no field is there and says yes."""
        return name in self.fields and self.fields[name].text in _TRUE


class ControlView(NamedTuple):
    """One control. code: the reference to its type; targets: the names of all that it is for, `aimed_at` the same with their places.

    own: its plain fields by name; parts: those of its parts that are there; prices: each of its PanPricingDetails.
    """

    code: Field
    targets: tuple[str, ...]
    tracking_id: str
    where: Where
    aimed_at: tuple[Target, ...]
    own: Mapping[str, Field]
    parts: Mapping[str, Part]
    prices: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ControlsView:
    """All controls of a message. said_at: its Header.Timestamp, where that names its offset."""

    controls: tuple[ControlView, ...]
    said_at: datetime | None


def controls_view(payload: etree._Element, said_at: datetime | None) -> ControlsView:
    """The controls of an EndDeviceControls payload."""
    top = path(payload)
    controls = [element for element in children(payload) if local_name(element) == "EndDeviceControl"]
    return ControlsView(
        tuple(_control(element, f"{top}/EndDeviceControl[{number}]") for number, element in enumerate(controls, 1)), said_at
    )


def _control(control: etree._Element, place: str) -> ControlView:
    where = Where(place, line(control))
    own = fields(control, place)
    counts: dict[str, int] = {}
    aimed_at: list[Target] = []
    parts: dict[str, Part] = {}
    for element in children(control):
        name = local_name(element)
        if name in _TARGETS:
            counts[name] = counts.get(name, 0) + 1
            aimed_at.append(Target(name, name_of(element), Where(f"{place}/{name}[{counts[name]}]", line(element)), names_in(element)))
        elif name in _PARTS:
            parts[name] = _part(element, f"{place}/{name}")
    return ControlView(
        reference(child(control, "EndDeviceControlType"), where),
        tuple(target.name for target in aimed_at if target.name),
        own["issuerTrackingID"].text if "issuerTrackingID" in own else "",
        where,
        tuple(aimed_at),
        own,
        parts,
        _prices(child(control, "PanPricing"), f"{place}/PanPricing"),
    )


def _part(element: etree._Element, place: str) -> Part:
    found = fields(element, place)
    interval = child(element, "interval")
    if interval is not None:
        found |= fields(interval, f"{place}/interval")
    return Part(local_name(element), found, Where(place, line(element)))


def _prices(pricing: etree._Element | None, place: str) -> tuple[Part, ...]:
    details = [] if pricing is None else [element for element in children(pricing) if local_name(element) == "PanPricingDetails"]
    return tuple(_part(element, f"{place}/PanPricingDetails[{number}]") for number, element in enumerate(details, 1))
