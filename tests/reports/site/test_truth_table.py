"""The truth of each meter as a table."""

import pytest

from reports.lines import Truth
from reports.run import read
from reports.site.parcels import Parcels
from reports.site.truth_table import MOST_METERS, MOST_STRETCHES, Meter, kwh, meters
from tests.reports.telling import Telling, at_noon


@pytest.fixture
def told(telling: Telling) -> Telling:
    """A scenario that waits for its truth."""
    return telling.begin().collect({"name": "A"}).start("A")


def truths(told: Telling) -> tuple[Truth, ...]:
    """What was told of it."""
    return read(told.save().path).scenarios[0].truths


def table(told: Telling) -> tuple[Meter, ...]:
    """The meters of the scenario."""
    return meters(truths(told), Parcels("messages"))[0]


def test_stations_follow_the_energy(told: Telling) -> None:
    """From the head-end to the bill, each with its amounts."""
    [meter] = table(told.truth("head_end").truth("wire", "lost", 2).truth("mdms").truth("bill"))

    assert [(station.title, station.ok, station.amounts["lost"]) for station in meter.stations] == [
        ("head-end holds", True, 0),
        ("wire head-end → meter data management", False, 1000),
        ("meter data management holds", True, 0),
        ("bill charges", True, 0),
    ]
    assert not meter.ok


def test_energy_stands_as_on_a_bill() -> None:
    """Three digits behind the point."""
    assert [kwh(wh) for wh in (0, 5, 1_234_567)] == ["0.000", "0.005", "1,234.567"]


def test_registers_have_no_sum(told: Telling) -> None:
    """Readings of a register at two moments add up to nothing that was ever measured."""
    [meter] = table(told.truth("wire", what="registers", compared_wh=20_800_000))

    assert [(station.title, station.compared_wh) for station in meter.stations] == [
        ("wire head-end → meter data management, registers", None)
    ]


def test_neighbouring_intervals_are_one_stretch(told: Telling) -> None:
    """A gap or another verdict begins a new one."""
    ends = [(30, "lost"), (60, "lost"), (90, "altered"), (180, "lost")]
    differing = [
        {"end": at_noon(end), "measured_wh": 500, "found_wh": None if verdict == "lost" else 7, "verdict": verdict} for end, verdict in ends
    ]
    [meter] = table(told.truth("mdms", "lost", 1, intervals_told=differing))

    stretches = [
        (f"{each.start:%H:%M}", f"{each.end:%H:%M}", each.verdict, each.intervals, each.measured_wh, each.found_wh)
        for each in meter.stations[0].stretches
    ]
    assert stretches == [
        ("12:00", "13:00", "lost", 2, 1000, None),
        ("13:00", "13:30", "altered", 1, 500, 7),
        ("14:30", "15:00", "lost", 1, 500, None),
    ]


def test_length_of_a_single_interval_cannot_be_told(told: Telling) -> None:
    """Its end is all that is known."""
    [stretch] = table(told.truth("mdms", "lost", 1))[0].stations[0].stretches

    assert stretch.start is None


def test_all_differing_intervals_are_put_away(told: Telling) -> None:
    """The page lists a few stretches and opens the rest on demand."""
    ends = range(60, 60 * (MOST_STRETCHES + 3), 60)
    differing = [{"end": at_noon(end), "measured_wh": end, "found_wh": None, "verdict": "lost"} for end in ends]
    differing.append({"end": at_noon(30), "measured_wh": 1, "found_wh": 2, "verdict": "altered"})
    parcels = Parcels("messages")
    [meter], _ = meters(truths(told.truth("mdms", "lost", 1, intervals_told=differing)), parcels)
    station = meter.stations[0]

    assert len(station.stretches) == MOST_STRETCHES
    assert station.unlisted == len(differing) - MOST_STRETCHES
    assert station.place is not None


def test_estimate_names_where_the_intervals_went_missing(told: Telling) -> None:
    """What a billing manager asks first."""
    [meter] = table(told.truth("head_end").truth("wire", "lost", 6).truth("mdms", "estimated", 6))

    assert meter.why_estimated == (
        "6 intervals (3.000 kWh) estimated by meter data management: "
        "they were already missing on the wire head-end → meter data management."
    )


def test_estimate_that_the_scenario_asked_for_says_so(told: Telling) -> None:
    """Nobody's fault."""
    [meter] = table(told.truth("head_end", "excused", 2).truth("wire", "excused", 2).truth("mdms", "estimated", 3))

    assert meter.why_estimated == (
        "3 intervals (1.500 kWh) estimated by meter data management: 2 of them were already missing at the head-end "
        "because the scenario itself disturbed the meter; 1 had come that far as measured."
    )


def test_estimate_without_a_reason_says_so(told: Telling) -> None:
    """Suspicious, and worth the words."""
    [meter] = table(told.truth("head_end").truth("mdms", "estimated", 1))

    assert meter.why_estimated == (
        "1 interval (0.500 kWh) estimated by meter data management, although every one of them had come that far as measured."
    )


def test_estimate_that_a_wire_carries_was_made_before_it(told: Telling) -> None:
    """Nobody knows by whom."""
    [meter] = table(told.truth("head_end", "lost", 2).truth("wire", "estimated", 2, wire="mdms->cis"))

    assert meter.why_estimated == (
        "2 intervals (1.000 kWh) carried as estimated on the wire meter data management → customer information and billing: "
        "they were already missing at the head-end."
    )


def test_bill_of_several_meters_points_to_them(told: Telling) -> None:
    """It has no way of its own that could be followed."""
    [meter] = table(told.truth("bill", "estimated", 2, meter="M-1, M-2"))

    assert meter.why_estimated == "1.000 kWh of this bill are estimates of meter data management: see its meters."


def test_quiet_meters_are_put_together(told: Telling) -> None:
    """Behind those with something to remark."""
    for number in range(6):
        told.truth("head_end", meter=f"M-{number}")
        told.truth("mdms", *(("lost", 2) if number == 4 else ()), meter=f"M-{number}")

    first, others = table(told)

    assert first.title == "M-4"
    assert others.title == "5 meters with nothing to remark, together"
    assert [station.compared_wh for station in others.stations] == [5 * 24000, 5 * 24000]


def test_remarkable_meters_have_a_limit(told: Telling) -> None:
    """How many are left out is said."""
    for number in range(MOST_METERS + 2):
        told.truth("mdms", "lost", 1, meter=f"M-{number}")

    shown, unlisted = meters(truths(told), Parcels("messages"))

    assert (len(shown), unlisted) == (MOST_METERS, 2)
