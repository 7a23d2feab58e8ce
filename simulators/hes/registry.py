"""The head-end's registry: which meters it was told of, where they serve, and from when to when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ami import reply_codes
from ami.messages import Linkage, ReplyError, Span


@dataclass(slots=True)
class Service:
    """A meter's time at one usage point; `end` is None while it lasts."""

    meter: str
    usage_point: str
    start: datetime
    end: datetime | None = None


class Registry:
    """All services of all meters, in the order in which they were told."""

    def __init__(self) -> None:
        self._of_meter: dict[str, list[Service]] = {}
        self._of_usage_point: dict[str, list[Service]] = {}

    def __contains__(self, meter: object) -> bool:
        return meter in self._of_meter

    def __iter__(self) -> Iterator[str]:
        return iter(self._of_meter)

    def services(self, meter: str) -> list[Service]:
        """A meter's services, the first told first."""
        return self._of_meter.get(meter, [])

    def usage_point(self, meter: str, at: datetime) -> str | None:
        """Where a meter serves at a moment; after its service has ended, where it served last."""
        services = self.services(meter)
        serving = [service for service in services if service.start <= at and (service.end is None or at < service.end)]
        return (serving or services)[-1].usage_point if services else None

    def meters_at(self, usage_point: str, span: Span) -> list[str]:
        """The meters that serve a usage point at the start of a span or at some time in it."""
        services = self._of_usage_point.get(usage_point, [])
        return [
            service.meter
            for service in services
            if (service.start == span.start or service.start < span.end) and (service.end is None or span.start < service.end)
        ]

    def link(self, linkage: Linkage, verb: str) -> ReplyError | None:
        """Take what a linkage says about a meter; what is wrong with it, if it cannot be taken.

        A linkage without a meter says, on `change`, that the meter before it is gone; on `create`, nothing.
        """
        if linkage.meter is not None:
            self._serve(linkage.meter, linkage.usage_point, linkage.effective_at)
        elif verb == "change":
            if linkage.usage_point not in self._of_usage_point:
                reason = "no meter was ever linked to this usage point"
                return ReplyError(reply_codes.INVALID_USAGE_POINT, "FATAL", reason, object_id=linkage.usage_point, object_type="UsagePoint")
            self._end_before(self._of_usage_point[linkage.usage_point], linkage.effective_at)
        return None

    def _serve(self, meter: str, usage_point: str, start: datetime) -> None:
        """Let a meter serve from `start`; whoever served there, and wherever it served, has ended then."""
        services = self._of_meter.setdefault(meter, [])
        at_the_place = self._of_usage_point.setdefault(usage_point, [])
        if any(service.usage_point == usage_point and service.end is None for service in services):
            return
        self._end_before(services, start)
        self._end_before(at_the_place, start)
        service = Service(meter, usage_point, start)
        services.append(service)
        at_the_place.append(service)

    def _end_before(self, services: list[Service], end: datetime) -> None:
        """End what began before `end` and still lasts; what begins just then is the successor and stays."""
        for service in services:
            if service.end is None and service.start < end:
                service.end = end
