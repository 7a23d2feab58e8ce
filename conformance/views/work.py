"""Service requests: work at meters, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from lxml import etree

from ami.findings import Where
from conformance.views.place import Field, child, children, field, line, local_name, name_of, path, text


class WorkView(NamedTuple):
    """One piece of work. meter: where; empty where it does not say. status: what became of it.

    old_meter: the one that was there before; has_readings, has_old_readings: whether readings of the two come along.
    """

    kind: str
    meter: str
    status: str
    where: Where
    old_meter: str
    usage_point: str
    requested: Field | None
    status_at: Field | None
    status_reason: str
    has_readings: bool
    has_old_readings: bool


@dataclass(frozen=True, slots=True)
class ServiceRequestsView:
    """All work in a message. verb: Header.Verb, which says whether it is asked for or reported.

    said_at: Header.Timestamp, where that names its offset.
    """

    works: tuple[WorkView, ...]
    verb: str
    said_at: datetime | None


def service_requests_view(payload: etree._Element, verb: str, said_at: datetime | None) -> ServiceRequestsView:
    """The view of a MeterServiceRequests element."""
    top = path(payload)
    works = [element for element in children(payload) if local_name(element) == "MeterServiceWork"]
    views = tuple(_work(element, f"{top}/MeterServiceWork[{number}]") for number, element in enumerate(works, 1))
    return ServiceRequestsView(views, verb, said_at)


def _work(work: etree._Element, place: str) -> WorkView:
    meter, old_meter = child(work, "Meter"), child(work, "OldMeter")
    return WorkView(
        text(child(work, "kind")),
        _called(meter),
        text(child(work, "status", "value")),
        Where(place, line(work)),
        _called(old_meter),
        name_of(child(work, "UsagePoint")),
        field(child(work, "requestDateTime"), f"{place}/requestDateTime"),
        field(child(work, "status", "dateTime"), f"{place}/status/dateTime"),
        text(child(work, "status", "reason")),
        child(meter, "MeterReadings") is not None,
        child(old_meter, "MeterReadings") is not None,
    )


def _called(meter: etree._Element | None) -> str:
    return name_of(meter) or text(child(meter, "serialNumber"))
