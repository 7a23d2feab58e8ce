"""The day of a meter as a curve: what it measured, what was delivered and validated of it, and what of it was billed."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from ami.names import HES, MDMS, Wire
from ami.ports import Json
from reports.lines import MeasuredCurve, Truth
from reports.scenario import Scenario

DELIVERY = str(Wire(HES, MDMS))
STATIONS = (("head_end", "collected"), ("wire", "delivered"), ("mdms", "validated"))
MOST_DIFFERING = 500
"""As many differing intervals as the record keeps of one comparison."""


def curves(scenario: Scenario) -> list[Json]:
    """Every curve that the record has, for the page's script; `values` only where a station was compared.

    A station has what was measured, except where the record says that it differs. What is missing at one station is
    missing at the next, unless that one has something else in its place.
    """
    return [_curve(curve, [truth for truth in scenario.truths if curve.meter in _meters(truth)]) for curve in scenario.curves]


def _curve(curve: MeasuredCurve, truths: Sequence[Truth]) -> Json:
    stations = []
    missing: dict[int, tuple[None, str]] = {}
    is_cut = False
    for stage, title in STATIONS:
        told = [each for each in truths if each.stage == stage and each.what == "intervals" and (stage != "wire" or each.wire == DELIVERY)]
        if not told:
            continue
        differing = dict(_differing(curve, told))
        differing = {**missing, **differing}
        missing = {place: (None, verdict) for place, (wh, verdict) in differing.items() if wh is None}
        is_cut = is_cut or any(len(each.intervals) >= MOST_DIFFERING for each in told)
        stations.append({"title": title, "differs": [[place, *what] for place, what in sorted(differing.items())]})
    return {
        "meter": curve.meter,
        "start": int((curve.first_end - timedelta(minutes=curve.minutes)).timestamp()),
        "minutes": curve.minutes,
        "measured": list(curve.wh),
        "stations": stations,
        "bills": [_bill(truth) for truth in truths if truth.stage == "bill"],
        "isCut": is_cut,
    }


def _meters(truth: Truth) -> list[str]:
    """A bill speaks of all its meters at once."""
    return truth.meter.split(", ")


def _differing(curve: MeasuredCurve, truths: Sequence[Truth]) -> Iterator[tuple[int, tuple[int | None, str]]]:
    step = timedelta(minutes=curve.minutes)
    for truth in truths:
        for interval in truth.intervals:
            place, rest = divmod(interval.end - curve.first_end, step)
            # What is fed in stands at the same moments as what is taken; the curve is of energy taken.
            if not rest and 0 <= place < len(curve.wh) and interval.measured_wh in (curve.wh[place], 0):
                yield place, (interval.found_wh, interval.verdict)


def _bill(truth: Truth) -> Json:
    """What a bill should come to, what it comes to, and how much of it is estimated."""
    altered = next((each for each in truth.intervals if each.verdict == "altered"), None)
    return {
        "meters": truth.meter,
        "held": truth.compared_wh,
        "billed": truth.compared_wh if altered is None else altered.found_wh,
        "estimated": truth.estimated_wh,
    }
