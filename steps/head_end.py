"""Sentences about how the head-end delivers."""

from datetime import timedelta

from pytest_bdd import given, parsers, then

from harness.utility import Utility
from harness.utility.head_end import HABITS


@given(parsers.re(r"the head-end delivers (?P<manner>twice|in reverse order)"))
def delivers(utility: Utility, manner: str) -> None:
    """Give the head-end a habit."""
    assert manner in HABITS, f"nobody has told the head-end how to deliver {manner}"
    utility.head_end.deliver(manner)


@given(parsers.parse("the head-end delivers {hours:d} hours late"))
def delivers_late(utility: Utility, hours: int) -> None:
    """Let the head-end keep back what it collects for so many hours after the day."""
    utility.head_end.hold_back_until((utility.day_span().end + timedelta(hours=hours)).isoformat())


@then(parsers.parse("no message carries more than {most:d} meters"))
def carries_at_most(utility: Utility, most: int) -> None:
    """Count the meters in every delivery."""
    carried = utility.head_end.meters_per_delivery()
    assert carried, "nothing was delivered"
    assert max(carried) <= most, f"the deliveries carry {carried} meters"
