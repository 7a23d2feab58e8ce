"""What the head-end holds as collected: the last value told for every interval."""

from collections import defaultdict
from datetime import datetime

from simulators.meter import Readout


class Holdings:
    """Wh by meter, flow and end of interval."""

    def __init__(self) -> None:
        self._wh: dict[str, dict[int, dict[datetime, int]]] = defaultdict(lambda: defaultdict(dict))

    def keep(self, readout: Readout) -> None:
        """Take what a meter told."""
        for flow in readout.flows:
            told = ((end, wh) for end, wh in zip(readout.ends, flow.wh, strict=True) if wh is not None)
            self._wh[readout.meter][flow.flow].update(told)

    def intervals(self, meter: str) -> list[tuple[datetime, int, int]]:
        """A meter's intervals as end, Wh and flow, in the order of time."""
        return sorted((end, wh, flow) for flow, wh_by_end in self._wh[meter].items() for end, wh in wh_by_end.items())

    def meters(self) -> list[str]:
        """The meters of which there is anything."""
        return sorted(self._wh)
