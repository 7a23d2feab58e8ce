"""Sentences about lost and restored supply."""

from datetime import timedelta

from pytest_bdd import given, parsers, then, when

from harness.utility import Utility
from steps.words import clock_time

MINUTE = timedelta(minutes=1)


@given(parsers.parse('the supply of meter "{meter}" is lost'))
def lost(utility: Utility, meter: str) -> None:
    """Take the supply of one meter away."""
    utility.meters.cut([meter])


@when(parsers.parse('the supply of meter "{meter}" is restored'))
def restored(utility: Utility, meter: str) -> None:
    """Give it back."""
    utility.meters.restore([meter])


@given(parsers.parse("the supply of {count:d} meters is lost"))
@when(parsers.parse("the supply of {count:d} meters is lost"))
def many_lost(utility: Utility, count: int) -> None:
    """Take the supply of many meters away."""
    utility.meters.cut(utility.many(count))


@when(parsers.parse("the supply of {count:d} meters is restored"))
def many_restored(utility: Utility, count: int) -> None:
    """Give it back."""
    utility.meters.restore(utility.many(count))


@when(parsers.parse("the supply of {count:d} meters is lost for {hours:d} hours"))
def many_lost_for(utility: Utility, count: int, hours: int) -> None:
    """Take the supply of many meters away, let hours pass, and give it back."""
    utility.meters.cut(utility.many(count))
    utility.wait_until(utility.now + timedelta(hours=hours))
    utility.meters.restore(utility.many(count))


@when(parsers.parse('the supply of meter "{meter}" is lost, comes back for a minute, and is lost again'))
def lost_twice(utility: Utility, meter: str) -> None:
    """An outage that seems to be over, and is not."""
    for change in (utility.meters.cut, utility.meters.restore, utility.meters.cut):
        change([meter])
        utility.wait_until(utility.now + MINUTE)


@then(parsers.parse('the outage management knows that meter "{meter}" is without supply'))
def knows_dark(utility: Utility, meter: str) -> None:
    """Ask the control room."""
    assert utility.outages.is_dark(meter), f"the outage management knows of {utility.outages.known()}"


@then(parsers.parse('the outage management knows that meter "{meter}" has supply again'))
def knows_light(utility: Utility, meter: str) -> None:
    """Ask the control room."""
    known = utility.outages.known()
    assert not utility.outages.is_dark(meter), f"the outage management knows of {known}"
    assert utility.outages.count_ended(), "the outage management has never known of an outage"


@then(parsers.parse("the outage management has seen {count:d} outages begin and end"))
def seen_begin_and_end(utility: Utility, count: int) -> None:
    """Count the outages that are over."""
    assert utility.outages.count_ended() == count, f"{utility.outages.count_ended()} outages are over"


@then(parsers.parse("{count:d} meters measured nothing from {start} to {end}"))
def measured_nothing(utility: Utility, count: int, start: str, end: str) -> None:
    """Collect the day and ask the truth."""
    utility.collect()
    span, truth = utility.span(clock_time(start), clock_time(end)), utility.meters.measured()
    drew = {meter: truth[meter].sum_wh(span) for meter in utility.many(count)}
    assert not any(drew.values()), f"in the dark the meters drew {drew}"


@then(parsers.parse("within {minutes:d} minutes the outage management knows of at least {percent:d} % of {count:d} outages"))
def known_in_time(utility: Utility, minutes: int, percent: int, count: int) -> None:
    """Let the minutes pass and count."""
    utility.wait_until(utility.now + timedelta(minutes=minutes))
    assert utility.outages.count_dark() * 100 >= percent * count, f"{utility.outages.count_dark()} of {count} outages are known"


@then(parsers.parse("within {minutes:d} minutes the outage management knows of at least {percent:d} % of {count:d} restorations"))
def restored_in_time(utility: Utility, minutes: int, percent: int, count: int) -> None:
    """Let the minutes pass and count."""
    utility.wait_until(utility.now + timedelta(minutes=minutes))
    assert utility.outages.count_ended() * 100 >= percent * count, f"{utility.outages.count_ended()} of {count} restorations are known"
