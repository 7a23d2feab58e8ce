"""Power outages."""

from datetime import UTC, datetime, timedelta

from simulators.mdms.vee.power import Outage, unpowered

START = datetime(2026, 3, 2, tzinfo=UTC)


def after(minutes: int) -> datetime:
    """So many minutes into the stretch."""
    return START + timedelta(minutes=minutes)


def test_only_intervals_wholly_inside_are_without_power() -> None:
    """The two that the outage cuts were partly supplied."""
    outages = [Outage(after(40), after(130))]

    assert unpowered(START, 30, [None] * 6, outages) == {2, 3}


def test_energy_used_is_no_outage() -> None:
    """What a meter counted, it counted."""
    assert unpowered(START, 30, [5, None, 7, 0], [Outage(START, after(120))]) == {1, 3}


def test_outage_without_an_end_ends_with_the_first_use() -> None:
    """A lost restoration message must not darken the rest of the year."""
    assert unpowered(START, 30, [5, 0, 0, 8, 0], [Outage(after(30), None)]) == {1, 2}


def test_outage_that_began_before_reaches_in() -> None:
    """The stretch begins in the dark."""
    assert unpowered(START, 30, [None, None, None], [Outage(after(-100), after(60))]) == {0, 1}
