"""Master data linkage: who is supplied where through which meter, from when on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from ami.findings import Where
from conformance.moments import moment
from conformance.views.place import Field, child, children, fields, line, local_name, name_of, path


@dataclass(frozen=True, slots=True)
class LinkageView:
    """The things that a MasterDataLinkageConfig links: (kind, name, place), and the moment it takes effect.

    event: the plain fields of its ConfigurationEvent. said_at: Header.Timestamp, where that names its offset.
    """

    linked: tuple[tuple[str, str, Where], ...]
    effective: Field | None
    where: Where
    event: Mapping[str, Field]
    said_at: datetime | None

    @property
    def effective_at(self) -> datetime | None:
        """From when on it holds, where that can be read; without an offset it is read as if it were UTC."""
        read = moment(self.effective.text) if self.effective is not None else None
        return read.at if read is not None else None

    def names(self, kind: str) -> tuple[str, ...]:
        """What the linked objects of a kind are called, as far as they are."""
        return tuple(name for each, name, _ in self.linked if each == kind and name)


def linkage_view(payload: etree._Element, said_at: datetime | None) -> LinkageView:
    """The view of a MasterDataLinkageConfig element."""
    event = child(payload, "ConfigurationEvent")
    top = path(payload)
    counts: dict[str, int] = {}
    linked = []
    for element in children(payload):
        kind = local_name(element)
        if kind != "ConfigurationEvent":
            counts[kind] = counts.get(kind, 0) + 1
            linked.append((kind, name_of(element), Where(f"{top}/{kind}[{counts[kind]}]", line(element))))
    own = fields(event, f"{top}/ConfigurationEvent") if event is not None else {}
    return LinkageView(tuple(linked), own.get("effectiveDateTime"), Where(top, line(payload)), own, said_at)
