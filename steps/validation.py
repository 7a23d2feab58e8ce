"""Sentences about the MDMS: what it holds, what it estimated, who changed what."""

from decimal import Decimal

from pytest_bdd import given, parsers, then, when

from ami.reading_type import FORWARD
from harness.truth import Interval
from harness.utility import Utility
from steps.words import clock_time


@then(parsers.parse('the MDMS has {count:d} estimated readings of meter "{meter}"'))
@then(parsers.parse('the MDMS has {count:d} estimated reading of meter "{meter}"'))
def has_estimated(utility: Utility, count: int, meter: str) -> None:
    """Count the estimates of the day."""
    estimated = [interval for interval in utility.data.held(meter, utility.day_span()) if interval.is_estimated]
    assert len(estimated) == count, f"the MDMS has {len(estimated)} estimated readings of {meter}"


@then(parsers.parse('the day of meter "{meter}" comes to {kwh} kWh at the MDMS'))
def day_comes_to(utility: Utility, meter: str, kwh: str) -> None:
    """Add up the day."""
    wh = sum(interval.wh for interval in utility.data.held(meter, utility.day_span()))
    assert wh == Decimal(kwh) * 1000, f"the day of {meter} comes to {wh} Wh at the MDMS"


@then(parsers.parse('the MDMS holds every interval of the day of meter "{meter}" as valid'))
def holds_the_day_valid(utility: Utility, meter: str) -> None:
    """Compare the day at the MDMS with the truth, and look for estimates."""
    held, truth = utility.data.held(meter, utility.day_span()), utility.meters.intervals(meter, utility.day_span())
    right = [interval for interval in held if truth.get(Interval(FORWARD, interval.end)) == interval.wh]
    assert len(right) == len(held) == len(truth), f"the MDMS holds {len(right)} of {len(truth)} intervals of {meter} as measured"
    assert not any(interval.is_estimated for interval in held), f"a part of the day of {meter} is still estimated"


@then(parsers.parse("{count:d} meters have every interval of the day at the MDMS"))
def all_hold_the_day(utility: Utility, count: int) -> None:
    """The same for many meters."""
    for meter in utility.many(count):
        holds_the_day_valid(utility, meter)


@then(parsers.parse('the MDMS says that the intervals from {start} to {end} of meter "{meter}" are estimated'))
def says_estimated(utility: Utility, start: str, end: str, meter: str) -> None:
    """Look at the qualities of a part of the day, and of the rest."""
    span = utility.span(clock_time(start), clock_time(end))
    day = utility.data.held(meter, utility.day_span())
    estimated = {interval.end for interval in day if interval.is_estimated}
    assert estimated == {interval.end for interval in day if span.start < interval.end <= span.end}


@when(parsers.parse('"{user}" changes the interval at {moment} of meter "{meter}" to {kwh} kWh because "{reason}"'))
def changes_interval(utility: Utility, user: str, moment: str, meter: str, kwh: str, reason: str) -> None:
    """Have a person change an interval, named by its end."""
    utility.data.edit(meter, utility.moment(clock_time(moment)), Decimal(kwh), user, reason)


@then(parsers.parse('the MDMS shows that "{user}" changed it from {before} to {after} kWh because "{reason}"'))
def shows_change(utility: Utility, user: str, before: str, after: str, reason: str) -> None:
    """Look into the audit trail of the story's meter."""
    audit = utility.data.audit(utility.landscape.called("M-1"))
    changes = [(entry["user"], entry["before"], entry["after"], entry["reason"]) for entry in audit]
    assert (user, int(Decimal(before) * 1000), int(Decimal(after) * 1000), reason) in changes, f"the audit trail has {changes}"


@then(parsers.parse('the MDMS has set the readings of meter "{meter}" aside'))
def has_set_aside(utility: Utility, meter: str) -> None:
    """Look for a meter among the strangers."""
    assert meter in utility.data.set_aside(), f"set aside are the readings of {utility.data.set_aside()}"


@then(parsers.parse('once it is told of meter "{meter}", the MDMS holds every interval of the day'))
def holds_once_told(utility: Utility, meter: str) -> None:
    """Tell the MDMS, and compare."""
    answer = utility.data.link(meter, utility.day_span().start)
    assert answer.reply.result == "OK", f"the MDMS answered {answer}"
    holds_the_day_valid(utility, meter)


@given(parsers.parse('the customer at "{address}" lets "{organization}" see the readings'))
def lets_see(utility: Utility, address: str, organization: str) -> None:
    """Give consent."""
    utility.data.consent(organization, utility.customers.usage_point(address))
