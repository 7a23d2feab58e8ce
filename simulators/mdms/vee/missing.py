"""The missing check: places where an interval should be and none is."""

from collections.abc import Iterator

from simulators.mdms.vee.runs import runs
from simulators.mdms.vee.stretch import Stretch


def gaps(stretch: Stretch) -> Iterator[range]:
    """The runs of places without a value. A power outage excuses its own.

    Source: EEI Uniform Business Practices, metering vol. 2, missing intervals check.
    """
    return runs(place for place, wh in enumerate(stretch.wh) if wh is None and place not in stretch.unpowered)
