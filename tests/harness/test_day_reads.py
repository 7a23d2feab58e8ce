"""How the readings of a day reached the MDMS: counted in a landscape that runs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from conformance.judge import Judge
from harness import environment
from harness.day_reads import DayRead, day_reads
from harness.faults import parse
from harness.landscape import Landscape
from harness.measured import measured
from harness.story import Story

DAY = datetime(2026, 3, 2, tzinfo=UTC)


class Told(Story):
    """A scenario with one meter that draws 1 kWh an hour from the start of DAY on."""

    def install(self) -> None:
        """Put the meter in."""
        self.begin(DAY)
        meter = {"meter": "M-1", "interval_minutes": 30, "profile": {"kind": "constant", "wh": 500}, "at": DAY.isoformat()}
        self.landscape.control("hes", "install", meters=[meter | {"register_wh": 12_345_000, "register_digits": 6}])
        self.landscape.control("cis", "install_meter", usage_point="UP-1", meter="M-1", at=DAY.isoformat())

    def counted_at(self, hours: int) -> list[DayRead]:
        """What is counted so many hours after the start of DAY."""
        self.landscape.advance(DAY + timedelta(hours=hours))
        return day_reads(self.landscape, self.observe(), measured(self.landscape))


@pytest.fixture
def story(request: pytest.FixtureRequest) -> Iterator[Told]:
    """A scenario in a landscape whose wires misbehave as the test asks for."""
    faults = dict(map(parse, getattr(request, "param", ())))
    with Landscape(environment.load(None), seed=1, faults=faults) as landscape:
        told = Told(landscape, Judge("2011"), None, "a story")
        told.install()
        yield told


def test_day_that_is_delivered_is_read_in_time_and_as_measured(story: Told) -> None:
    """All of its 48 half-hours."""
    assert story.counted_at(30) == [DayRead(DAY.date(), 1, 48, 48, 0, 48, 0, 48, 48)]


@pytest.mark.parametrize("story", [("hes->mdms=drop-interval",)], indirect=True)
def test_interval_that_is_lost_stays_open_until_its_time_is_up(story: Told) -> None:
    """Nobody can say yet that it came too late."""
    [early] = story.counted_at(30)
    late = story.counted_at(100)[0]

    assert (early.due, early.in_day, early.open_in_day) == (48, 47, 1)
    assert (late.in_day, late.open_in_day, late.in_three_days, late.open_in_three_days) == (47, 0, 47, 0)


@pytest.mark.parametrize("story", [("hes->mdms=scale",)], indirect=True)
def test_value_that_is_altered_is_not_accurate(story: Told) -> None:
    """It came in time all the same."""
    [read] = story.counted_at(30)

    assert (read.in_day, read.compared) == (48, 48)
    assert read.accurate < 48


def test_scenario_that_disturbs_the_head_end_counts_nothing(story: Told) -> None:
    """Late was what it asked for."""
    story.landscape.control("hes", "delivery", hold_until=(DAY + timedelta(hours=80)).isoformat())

    assert story.counted_at(100) == []
