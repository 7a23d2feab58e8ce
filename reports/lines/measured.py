"""The lines of a record that hold what was measured in a scenario: energy against the truth, day by day, and single figures."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import AwareDatetime, NonNegativeInt, PositiveInt

from reports.lines.line import ScenarioLine


@dataclass(frozen=True, slots=True)
class DifferingInterval:
    """One interval where what was found is not what was measured. found_wh: None where nothing was found."""

    end: AwareDatetime
    measured_wh: int | None
    found_wh: int | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Truth(ScenarioLine):
    """What one meter measured against what one station on the way to the bill holds. what: intervals, or registers at a moment."""

    type: Literal["truth"]
    meter: str
    stage: Literal["head_end", "wire", "mdms", "bill"]
    wire: str | None
    compared_wh: int
    lost_wh: int
    duplicated_wh: int
    shifted_wh: int
    altered_wh: int
    estimated_wh: int
    excused_wh: int
    intervals: tuple[DifferingInterval, ...]
    ok: bool
    text: str
    what: Literal["intervals", "registers"] = "intervals"


@dataclass(frozen=True, slots=True)
class MeasuredCurve(ScenarioLine):
    """What one meter measured of energy taken, interval by interval. first_end: when the first of `wh` ended."""

    type: Literal["measured"]
    meter: str
    first_end: AwareDatetime
    minutes: PositiveInt
    wh: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DayRead(ScenarioLine):
    """How the readings of one day reached the MDMS, all simulated meters of a scenario together.

    A scenario that told the head-end or a meter to misbehave has none. due: the intervals that the head-end had to deliver.
    in_day, in_three_days: those that came within 24 and 72 hours of the end of their day; the ones that had not come when the
    story ended, before that time was up, are open. compared: those that came as measured values; accurate: unaltered.
    """

    type: Literal["day_read"]
    day: date
    meters: NonNegativeInt
    due: NonNegativeInt
    in_day: NonNegativeInt
    open_in_day: NonNegativeInt
    in_three_days: NonNegativeInt
    open_in_three_days: NonNegativeInt
    compared: NonNegativeInt
    accurate: NonNegativeInt


@dataclass(frozen=True, slots=True)
class Figure(ScenarioLine):
    """A figure that a scenario measured, such as a latency or a rate. unit: as in ms, %, 1/s; limit: what was asked of it, in words."""

    type: Literal["figure"]
    name: str
    value: float
    unit: str
    limit: str | None = None
