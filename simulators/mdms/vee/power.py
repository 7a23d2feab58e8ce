"""Power outages as the meter told them: who has no supply uses no energy, and that is no gap."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from simulators.mdms.vee.runs import runs


class Outage(NamedTuple):
    """From the last gasp to the restoration; None where no restoration was told."""

    lost_at: datetime
    restored_at: datetime | None


def unpowered(start: datetime, minutes: int, wh: Sequence[int | None], outages: Iterable[Outage]) -> frozenset[int]:
    """The places wholly inside an outage. An interval that used energy ends an outage whose end was never told."""
    step = timedelta(minutes=minutes)
    dark: set[int] = set()
    for outage in outages:
        first = max(0, -((start - outage.lost_at) // step))
        if outage.restored_at is None:
            beyond = next((place for place in range(first, len(wh)) if (wh[place] or 0) > 0), len(wh))
        else:
            beyond = min(len(wh), (outage.restored_at - start) // step)
        dark.update(range(first, beyond))
    return frozenset(place for run in runs(dark) for place in run if not wh[place])
