"""What is configured: the objects of a configuration message, with their fields, their parts and what they point to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from lxml import etree

from ami import names
from ami.findings import Where
from conformance.views.place import Field, child, children, fields, line, local_name, name_of, path

CONFIGURATION_NOUNS: Final = frozenset(names.NOUNS) - {
    names.END_DEVICE_CONTROLS,
    names.END_DEVICE_EVENTS,
    names.MASTER_DATA_LINKAGE_CONFIG,
    names.METER_READINGS,
    names.METER_READ_SCHEDULE,
    names.METER_SERVICE_REQUESTS,
    names.METER_SERVICE_REQUEST,
}
"""Nouns whose payloads describe objects, or what was paid for them."""

KIND_OF: Final = {
    "AuxiliaryAgreements": "AuxiliaryAgreement",
    "Customer": "Customer",
    "CustomerAccount": "CustomerAccount",
    "CustomerAccounts": "CustomerAccount",
    "CustomerAgreement": "CustomerAgreement",
    "CustomerAgreements": "CustomerAgreement",
    "EndDevice": "EndDevice",
    "EndDeviceGroups": "EndDeviceGroup",
    "EndDevices": "EndDevice",
    "Meter": "Meter",
    "PricingStructure": "PricingStructure",
    "PricingStructures": "PricingStructure",
    "Receipt": "Receipt",
    "ServiceLocation": "ServiceLocation",
    "ServiceLocations": "ServiceLocation",
    "ServiceSupplier": "ServiceSupplier",
    "Transactions": "Transaction",
    "UsagePoint": "UsagePoint",
    "UsagePointGroups": "UsagePointGroup",
    "UsagePointLocation": "UsagePointLocation",
    "UsagePoints": "UsagePoint",
}
"""An element that points to an object -> the kind of that object."""

SAME_KIND: Final = {"Meter": frozenset({"Meter", "EndDevice"}), "EndDevice": frozenset({"Meter", "EndDevice"})}
"""A meter is an end device, and is pointed to as either."""


class Part(NamedTuple):
    """An element with elements in it. name: its mRID or first name, empty where it has neither; fields: those that hold text alone.

    parts: those that hold more, in their order; reference: where it has one, the value of `ref`; named: how many names it has, and
    how many of them without their NameType.
    """

    kind: str
    name: str
    fields: Mapping[str, Field]
    parts: tuple["Part", ...]
    where: Where
    reference: str
    named: tuple[int, int]

    def of_kind(self, *kinds: str) -> Iterator["Part"]:
        """Its own parts of some kinds."""
        return (part for part in self.parts if part.kind in kinds)

    def below(self) -> list["Part"]:
        """Itself and everything in it, level by level."""
        found = [self]
        for part in found:
            found += part.parts
        return found

    def points_to(self) -> Iterator["Part"]:
        """Its own parts that point to objects described elsewhere."""
        return (part for part in self.parts if part.kind in KIND_OF)


@dataclass(frozen=True, slots=True)
class ConfigurationView:
    """All objects of a configuration message. said_at: its Header.Timestamp, where that names its offset; verb: of its header."""

    noun: str
    objects: tuple[Part, ...]
    where: Where
    verb: str
    said_at: datetime | None

    @property
    def is_new(self) -> bool:
        """Whether the objects are described for the first time, and so in full."""
        return self.verb in ("create", "created")


def configuration_view(payload: etree._Element, verb: str, said_at: datetime | None) -> ConfigurationView:
    """The view of a payload of one of CONFIGURATION_NOUNS."""
    top = path(payload)
    return ConfigurationView(local_name(payload), tuple(_parts(payload, top)), Where(top, line(payload)), verb, said_at)


def _parts(owner: etree._Element, place: str) -> Iterator[Part]:
    counts: dict[str, int] = {}
    for element in children(owner):
        kind = local_name(element)
        if len(element) or element.get("ref") is not None or kind in KIND_OF:
            counts[kind] = counts.get(kind, 0) + 1
            yield _part(element, kind, f"{place}/{kind}[{counts[kind]}]")


def _part(element: etree._Element, kind: str, place: str) -> Part:
    named = [inner for inner in children(element) if local_name(inner) == "Names"]
    without_type = sum(child(inner, "NameType") is None for inner in named)
    return Part(
        kind,
        name_of(element),
        fields(element, place),
        tuple(_parts(element, place)),
        Where(place, line(element)),
        (element.get("ref") or "").strip(),
        (len(named), without_type),
    )
