"""The truth of each meter as a table: station by station from the meter to the bill, in kWh, with the reason for what is estimated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby, pairwise

from reports.blame import wire_title
from reports.lines import DifferingInterval, Truth
from reports.site.parcels import Parcels, Place

AMOUNTS = {
    "lost": "measured, but not there",
    "duplicated": "there more than once",
    "shifted": "there, but at another time",
    "altered": "there, but with another value",
    "estimated": "not measured values, but marked as estimated",
    "excused": "not as measured, but the scenario itself disturbed the meter then",
}
"""What can become of energy on its way, and what each word means."""

BREACHES = ("lost", "duplicated", "shifted", "altered")
STATIONS = {"head_end": "head-end holds", "wire": "wire", "mdms": "meter data management holds", "bill": "bill charges"}
SHORT = {"head_end": "the head-end", "wire": "the wire {wire}", "mdms": "meter data management", "bill": "billing"}

MOST_METERS = 40
"""How many remarkable meters one scenario lists."""

ENOUGH_QUIET_METERS = 4
"""More meters than this with nothing to remark are put together in one table."""

MOST_STRETCHES = 8
"""How many stretches of differing intervals a station lists before one has to open all of them."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive intervals with the same verdict. start: None where the length of an interval cannot be told."""

    start: datetime | None
    end: datetime
    verdict: str
    intervals: int
    measured_wh: int
    found_wh: int | None


@dataclass(frozen=True, slots=True)
class Station:
    """What one station has of one meter. compared_wh: None for registers, whose readings add up to nothing.

    differing: in words; place: where all differing intervals lie, or None.
    """

    title: str
    stage: str
    compared_wh: int | None
    amounts: dict[str, int]
    ok: bool
    differing: str
    stretches: tuple[Stretch, ...]
    unlisted: int
    place: Place | None


@dataclass(frozen=True, slots=True)
class Meter:
    """One meter (or many quiet ones) at every station. why_estimated: in words, where a part of it is."""

    title: str
    stations: tuple[Station, ...]
    ok: bool
    why_estimated: str | None


def meters(truths: Sequence[Truth], parcels: Parcels) -> tuple[tuple[Meter, ...], int]:
    """The meters of one scenario, remarkable ones first, and how many remarkable ones are left out."""
    of_meter: dict[str, list[Truth]] = {}
    for truth in truths:
        of_meter.setdefault(truth.meter, []).append(truth)
    remarkable = {meter: told for meter, told in of_meter.items() if any(map(_is_remarkable, told))}
    quiet = {meter: told for meter, told in of_meter.items() if meter not in remarkable}
    shown = [_meter(meter, told, parcels) for meter, told in list(remarkable.items())[:MOST_METERS]]
    if len(quiet) > ENOUGH_QUIET_METERS:
        shown.append(_together(quiet))
    else:
        shown.extend(_meter(meter, told, parcels) for meter, told in quiet.items())
    return tuple(shown), max(len(remarkable) - MOST_METERS, 0)


def kwh(wh: int) -> str:
    """Energy as it stands on a bill: 24.000."""
    return f"{Decimal(wh) / 1000:,.3f}"


def _is_remarkable(truth: Truth) -> bool:
    return not truth.ok or any(_amounts(truth).values())


def _amounts(truth: Truth) -> dict[str, int]:
    return {amount: getattr(truth, f"{amount}_wh") for amount in AMOUNTS}


def _station_title(truth: Truth) -> str:
    title = STATIONS[truth.stage]
    if truth.stage == "wire" and truth.wire:
        title += f" {wire_title(truth.wire)}"
    return title if truth.what == "intervals" else f"{title}, {truth.what}"


def _meter(title: str, told: Sequence[Truth], parcels: Parcels) -> Meter:
    return Meter(title, tuple(_station(truth, parcels) for truth in told), all(truth.ok for truth in told), _why_estimated(told))


def _station(truth: Truth, parcels: Parcels) -> Station:
    stretches = tuple(_stretches(truth.intervals))
    rows = [[f"{each.end:%Y-%m-%d %H:%M}", each.measured_wh, each.found_wh, each.verdict] for each in truth.intervals]
    return Station(
        title=_station_title(truth),
        stage=truth.stage,
        compared_wh=truth.compared_wh if truth.what == "intervals" else None,
        amounts=_amounts(truth),
        ok=truth.ok,
        differing=truth.text
        if not truth.ok
        else f"{_intervals(len(rows))} {' and '.join(amount for amount, wh in _amounts(truth).items() if wh)}",
        stretches=stretches[:MOST_STRETCHES],
        unlisted=len(stretches[MOST_STRETCHES:]),
        place=parcels.put(rows) if rows else None,
    )


def _together(quiet: dict[str, list[Truth]]) -> Meter:
    of_station: dict[str, int | None] = {}
    for told in quiet.values():
        for truth in told:
            title = _station_title(truth)
            of_station[title] = (of_station.get(title) or 0) + truth.compared_wh if truth.what == "intervals" else None
    nothing = dict.fromkeys(AMOUNTS, 0)
    stations = tuple(Station(title, "", wh, nothing, True, "", (), 0, None) for title, wh in of_station.items())
    return Meter(f"{len(quiet)} meters with nothing to remark, together", stations, True, None)


def _stretches(intervals: Sequence[DifferingInterval]) -> Iterator[Stretch]:
    """Put neighbours together. The shortest distance between two ends is taken for the length of an interval."""
    ends = sorted({each.end for each in intervals})
    length = min((later - earlier for earlier, later in pairwise(ends)), default=None)
    # Two flows of one meter have the same ends: by verdict first, so that they do not cut each other up.
    ordered = sorted(intervals, key=lambda each: (each.verdict, each.end))
    breaks = 0
    numbered: list[tuple[int, DifferingInterval]] = []
    for place, each in enumerate(ordered):
        if place and (each.verdict != ordered[place - 1].verdict or each.end - ordered[place - 1].end > (length or timedelta())):
            breaks += 1
        numbered.append((breaks, each))
    together = [[each for _, each in pairs] for _, pairs in groupby(numbered, key=lambda pair: pair[0])]
    for stretch in sorted(together, key=lambda stretch: stretch[0].end):
        found = [each.found_wh for each in stretch if each.found_wh is not None]
        yield Stretch(
            start=stretch[0].end - length if length else None,
            end=stretch[-1].end,
            verdict=stretch[0].verdict,
            intervals=len(stretch),
            measured_wh=sum(each.measured_wh or 0 for each in stretch),
            found_wh=sum(found) if found else None,
        )


def _why_estimated(told: Sequence[Truth]) -> str | None:
    """Where the intervals that were estimated went missing first."""
    estimating = next((truth for truth in told if truth.estimated_wh), None)
    if estimating is None:
        return None
    if estimating is told[0] and estimating.stage == "bill":
        # A bill of several meters has no way of its own: each of its meters has one.
        return f"{kwh(estimating.estimated_wh)} kWh of this bill are estimates of meter data management: see its meters."
    ends = {each.end for each in estimating.intervals if each.verdict == "estimated"}
    estimated = f"{_intervals(len(ends))} ({kwh(estimating.estimated_wh)} kWh) {_by(estimating)}"
    reasons = []
    unexplained = set(ends)
    for before in told[: told.index(estimating)]:
        differing = [each for each in before.intervals if each.end in unexplained]
        if differing:
            number = len({each.end for each in differing})
            everything = "it" if number == 1 else "they"
            reasons.append(f"{everything if number == len(ends) else f'{number} of them'} {_already(before, differing)}")
            unexplained -= {each.end for each in differing}
    if not reasons:
        return f"{estimated}, although every one of them had come that far as measured."
    rest = f"; {len(unexplained)} had come that far as measured" if unexplained else ""
    return f"{estimated}: {'; '.join(reasons)}{rest}."


def _by(estimating: Truth) -> str:
    """Who estimated, as far as it is known: a value that is on a wire already was estimated before."""
    where = SHORT[estimating.stage].format(wire=wire_title(estimating.wire or ""))
    return f"carried as estimated on {where}" if estimating.stage == "wire" else f"estimated by {where}"


def _already(before: Truth, differing: Sequence[DifferingInterval]) -> str:
    """What had become of intervals at a station before they were estimated."""
    fault = "missing" if all(each.found_wh is None for each in differing) else "not as measured"
    where = SHORT[before.stage].format(wire=wire_title(before.wire or ""))
    cause = " because the scenario itself disturbed the meter" if differing[0].verdict == "excused" else ""
    return f"{'was' if len(differing) == 1 else 'were'} already {fault} {'on' if before.stage == 'wire' else 'at'} {where}{cause}"


def _intervals(number: int) -> str:
    return f"{number} interval" if number == 1 else f"{number} intervals"
