"""The time of a landscape."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from ami.errors import NotTestedError
from harness.clock import PastClock, VirtualClock
from harness.clock_header import CLOCK, clock_header, told_moment

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_virtual_clock_stands_until_it_is_moved() -> None:
    """And then stands again."""
    clock = VirtualClock(NOON)
    clock.move(NOON + HOUR)

    assert [clock.now(), clock.now()] == [NOON + HOUR] * 2


def test_virtual_clock_goes_back_only_for_a_new_story() -> None:
    """Within one, nothing that happened can happen again."""
    clock = VirtualClock(NOON)
    clock.move(NOON - HOUR)
    moved = clock.now()
    clock.start(NOON - HOUR)

    assert (moved, clock.now()) == (NOON, NOON - HOUR)


def test_clock_of_the_past_cannot_be_sent_ahead_of_the_world() -> None:
    """A scenario that needs it is not tested, and says why."""
    clock, tomorrow = PastClock(NOON), datetime.now(UTC) + timedelta(days=1)

    with pytest.raises(NotTestedError, match=f"told at {tomorrow:%Y-%m-%d}, and a real clock cannot be moved"):
        clock.start(tomorrow)
    with pytest.raises(NotTestedError, match=f"until {tomorrow:%Y-%m-%d %H:%M}, and a real clock cannot be moved"):
        clock.move(tomorrow)
    assert clock.now() == NOON


def test_clock_of_the_past_passes_through_days_that_are_over() -> None:
    """As a virtual one does."""
    clock = PastClock(NOON)
    clock.start(NOON - HOUR)
    clock.move(NOON)

    assert clock.now() == NOON


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=5, minutes=30))])
def test_time_is_told_in_a_header(zone: timezone) -> None:
    """And read as UTC."""
    told = told_moment({CLOCK: clock_header(NOON.astimezone(zone), "key")}, "key")

    assert told == NOON
    assert told.tzinfo is UTC


@pytest.mark.parametrize("headers", [{}, {CLOCK: ""}, {CLOCK: NOON.isoformat()}, {CLOCK: f"{NOON.isoformat()} ké"}, {CLOCK: " key"}])
def test_without_the_key_nothing_is_told(headers: dict[str, str]) -> None:
    """A neighbour must not be able to move another's clock."""
    assert told_moment(headers, "key") is None
