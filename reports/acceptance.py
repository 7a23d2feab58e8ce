"""The acceptance figures of a run: reads each day, reads within three days and accuracy, each with its confidence bounds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import NormalDist

from ami.outcomes import Outcome
from reports.lines import DayRead
from reports.run import Run

CONFIDENCE = 0.95
"""How sure a pass or a fail has to be, one-sided; whatever lies between is not enough data."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A share that is asked for. hits, of, still_open: the counts of a day that it is made of."""

    name: str
    title: str
    least: float
    hits: str
    of: str
    still_open: str | None


DEMANDS = (
    Demand("reads_daily", "Reads of a day that came within a day", 0.980, "in_day", "due", "open_in_day"),
    Demand("reads_in_three_days", "Reads that came within three days", 0.985, "in_three_days", "due", "open_in_three_days"),
    Demand("accuracy", "Reads that came as they were measured", 0.999, "accurate", "compared", None),
)
"""The figures seen in public contracts: 98.0 % of reads each day, 98.5 % within three days, 99.9 % accuracy."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One acceptance figure. share: None where nothing was counted; lower, upper: its bounds at CONFIDENCE each.

    still_open: reads of which the run ended too early to say; they count as missed in the lower bound, as made in the upper.
    failed_days: days that alone are already below the demand, beyond chance.
    """

    demand: Demand
    least: float
    hits: int
    counted: int
    still_open: int
    share: float | None
    lower: float
    upper: float
    failed_days: tuple[date, ...]
    outcome: Outcome

    @property
    def verdict(self) -> str:
        """The outcome in the words of an acceptance: pass, fail or not enough data."""
        return {Outcome.PASSED: "pass", Outcome.FAILED: "fail"}.get(self.outcome, "not enough data")

    @property
    def text(self) -> str:
        """The figure in one line."""
        if self.share is None:
            return f"no reads were counted, {self.least:.1%} are asked for: not enough data"
        said = f"{self.share:.2%} of {self.counted:,} (between {self.lower:.2%} and {self.upper:.2%}), {self.least:.1%} are asked for"
        if self.still_open:
            said += f", {self.still_open:,} more are still open"
        if self.failed_days:
            said += f", below that on {', '.join(map(str, self.failed_days[:3]))}"
        return f"{said}: {self.verdict}"


def figures(run: Run, least: Mapping[str, float] | None = None, confidence: float = CONFIDENCE) -> tuple[Figure, ...]:
    """Every acceptance figure of `run`. least: other demands than those of DEMANDS, by name."""
    days: dict[date, list[DayRead]] = defaultdict(list)
    for scenario in run.scenarios:
        for read in scenario.days_read:
            days[read.day].append(read)
    asked = least or {}
    return tuple(_figure(demand, asked.get(demand.name, demand.least), days, confidence) for demand in DEMANDS)


def _figure(demand: Demand, least: float, days: Mapping[date, Iterable[DayRead]], confidence: float) -> Figure:
    by_day = {day: _counts(demand, reads) for day, reads in days.items()}
    hits, counted, still_open = (sum(counts[place] for counts in by_day.values()) for place in range(3))
    lower, upper = _bounds(hits, counted, still_open, confidence)
    share = hits / counted if counted else None
    # Of many days one is bad by chance: each is asked to be the surer of it, so that all of them together are as sure as one.
    for_each = 1 - (1 - confidence) / max(1, len(by_day))
    bad = tuple(sorted(day for day, counts in by_day.items() if _bounds(*counts, for_each)[1] < least))
    if upper < least or bad:
        return Figure(demand, least, hits, counted, still_open, share, lower, upper, bad, Outcome.FAILED)
    outcome = Outcome.PASSED if counted and lower >= least else Outcome.INCONCLUSIVE
    return Figure(demand, least, hits, counted, still_open, share, lower, upper, bad, outcome)


def _counts(demand: Demand, reads: Iterable[DayRead]) -> tuple[int, int, int]:
    """Hits, all that is decided, and what is still open."""
    hits = of = still_open = 0
    for read in reads:
        hits += getattr(read, demand.hits)
        of += getattr(read, demand.of)
        still_open += getattr(read, demand.still_open) if demand.still_open else 0
    return hits, of - still_open, still_open


def _bounds(hits: int, counted: int, still_open: int, confidence: float) -> tuple[float, float]:
    every = counted + still_open
    return wilson(hits, every, confidence)[0], wilson(hits + still_open, every, confidence)[1]


def wilson(hits: int, counted: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The Wilson score bounds of a share, each one-sided at `confidence`; 0 and 1 where nothing was counted.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    """
    if not counted:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(confidence)
    share, square = hits / counted, z * z / counted
    centre = (share + square / 2) / (1 + square)
    spread = z * sqrt(share * (1 - share) / counted + square / (4 * counted)) / (1 + square)
    return (0.0 if hits == 0 else centre - spread), (1.0 if hits == counted else centre + spread)
