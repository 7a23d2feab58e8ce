"""Where the energy of a run is not as it was measured: what was estimated, and what was lost on its way to the bill."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.site.scenes import Scene
from reports.site.truth_table import BREACHES, Meter

MOST = 12
"""How many meters the overview names; each scenario has its own."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One meter of one scenario. is_billed: whether the estimate reached a bill."""

    scene: Scene
    meter: Meter
    is_billed: bool
    estimated_wh: int


@dataclass(frozen=True, slots=True)
class EnergyRemarks:
    """estimated: meters of which a part is estimated, billed ones first, then the largest; wrong_wh: by verdict, the worst station's."""

    estimated: tuple[Remark, ...]
    unlisted: int
    wrong_wh: dict[str, int]


def energy_remarks(scenes: Sequence[Scene]) -> EnergyRemarks:
    """What there is to remark."""
    found = [_remark(scene, meter) for scene in scenes for meter in scene.meters if meter.why_estimated]
    ordered = sorted(found, key=lambda each: (not each.is_billed, -each.estimated_wh))
    wrong = {
        verdict: sum(max((station.amounts[verdict] for station in meter.stations), default=0) for scene in scenes for meter in scene.meters)
        for verdict in BREACHES
    }
    return EnergyRemarks(tuple(ordered[:MOST]), len(ordered[MOST:]), wrong)


def _remark(scene: Scene, meter: Meter) -> Remark:
    estimated = max(station.amounts["estimated"] for station in meter.stations)
    is_billed = any(station.stage == "bill" and station.amounts["estimated"] for station in meter.stations)
    return Remark(scene, meter, is_billed, estimated)
