"""The day of a meter, ready to be drawn."""

from typing import Any

import pytest

from reports.run import read
from reports.site.energy_curves import curves
from tests.reports.telling import Telling, at_noon


@pytest.fixture
def told(telling: Telling) -> Telling:
    """A scenario that waits for its truth."""
    return telling.begin().collect({"name": "A"}).start("A")


def curve(told: Telling) -> Any:
    """The only curve of the scenario."""
    [found] = curves(read(told.save().path).scenarios[0])
    return found


def stations(told: Telling) -> dict[str, list[list[Any]]]:
    """Where each station differs from what was measured."""
    return {station["title"]: station["differs"] for station in curve(told)["stations"]}


def test_stations_differ_where_the_record_says_so(told: Telling) -> None:
    """By the place of the interval in the curve: the half-hour from noon is the 25th of the day."""
    told.measured().truth("head_end").truth("wire", "lost", 1).truth("mdms", "estimated", 2)

    assert stations(told) == {
        "collected": [],
        "delivered": [[24, None, "lost"]],
        "validated": [[24, 500, "estimated"], [25, 500, "estimated"]],
    }


def test_what_is_missing_stays_missing_for_the_same_reason(told: Telling) -> None:
    """A wire is not asked for what the head-end never had; drawn as measured, it would seem delivered."""
    told.measured().truth("head_end", "excused", 1).truth("wire").truth("mdms")

    assert stations(told) == {name: [[24, None, "excused"]] for name in ("collected", "delivered", "validated")}


def test_station_that_nobody_compared_has_no_line(told: Telling) -> None:
    """Nothing is known of it."""
    assert list(stations(told.measured().truth("mdms"))) == ["validated"]


def test_energy_fed_in_does_not_disturb_the_curve_of_energy_taken(told: Telling) -> None:
    """Both stand at the same moments."""
    fed_in = {"end": at_noon(30), "measured_wh": 70, "found_wh": None, "verdict": "lost"}

    assert stations(told.measured(500).truth("wire", "lost", 1, intervals_told=[fed_in])) == {"delivered": []}


def test_bill_that_is_wrong_has_what_was_billed(told: Telling) -> None:
    """Beside what the MDMS holds; a bill names all its meters."""
    wrong = {"end": at_noon(720), "measured_wh": 24000, "found_wh": 25000, "verdict": "altered"}
    told.measured().truth("bill", "altered", 1, meter="M-1, M-2", intervals_told=[wrong])

    assert curve(told)["bills"] == [{"meters": "M-1, M-2", "held": 24000, "billed": 25000, "estimated": 0}]


def test_comparison_that_the_record_cut_off_says_so(told: Telling) -> None:
    """Beyond 500 differing intervals it lists none."""
    assert not curve(told.measured().truth("wire", "lost", 499))["isCut"]


def test_cut_comparison_is_marked(told: Telling) -> None:
    """So that the rest is not taken for delivered."""
    assert curve(told.measured().truth("wire", "lost", 500))["isCut"]
