"""The control room: who is without supply, and since when."""

from dataclasses import dataclass
from datetime import datetime

from ami import names
from harness.landscape import Landscape


@dataclass(frozen=True, slots=True)
class Outage:
    """One outage of one meter, as the outage management knows it. restored_at: None while it lasts."""

    meter: str
    lost_at: datetime
    restored_at: datetime | None


class Outages:
    """What the outage management has been told."""

    def __init__(self, landscape: Landscape) -> None:
        self._landscape = landscape

    def known(self) -> tuple[Outage, ...]:
        """Every outage that is or was."""
        listed = self._landscape.control(names.OMS, "outages")
        return tuple(Outage(entry["meter"], datetime.fromisoformat(entry["lost_at"]), _moment(entry["restored_at"])) for entry in listed)

    def is_dark(self, meter: str) -> bool:
        """Whether a meter is known to be without supply."""
        return any(outage.meter == meter and outage.restored_at is None for outage in self.known())

    def count_dark(self) -> int:
        """How many meters are known to be without supply."""
        return sum(1 for outage in self.known() if outage.restored_at is None)

    def count_ended(self) -> int:
        """How many outages are known to be over."""
        return sum(1 for outage in self.known() if outage.restored_at is not None)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
