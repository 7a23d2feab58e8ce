"""Sentences about questions on the wire and the answers to them."""

from pytest_bdd import parsers, then, when

from harness.utility import Utility
from harness.utility.data_management import intervals
from steps.words import clock_time


@when(parsers.parse('meter "{meter}" is read on demand'))
def read_on_demand(utility: Utility, meter: str) -> None:
    """Read a meter through the head-end."""
    utility.answers.append(utility.head_end.read(meter))


@then(parsers.parse('the value read is the one on the face of meter "{meter}"'))
def value_is_the_face(utility: Utility, meter: str) -> None:
    """Compare the answer with the face."""
    answer, face = utility.answers[-1], utility.meters.face(meter).kwh
    assert answer.register_kwh == face, f"{answer.register_kwh} kWh were read ({answer}), the face of {meter} shows {face} kWh"


@when(parsers.parse('the readings from {start} to {end} of meter "{meter}" are ordered'))
def readings_ordered(utility: Utility, start: str, end: str, meter: str) -> None:
    """Order the delivery of a span."""
    utility.answers.append(utility.head_end.order(meter, utility.span(clock_time(start), clock_time(end))))


@when(parsers.parse('the MDMS is asked for the day of the meter "{identifier}"'))
def mdms_asked(utility: Utility, identifier: str) -> None:
    """Ask for a day, whatever the name."""
    utility.answers.append(utility.data.ask_span(utility.day_span(), utility.feed.interval_minutes, meter=identifier))


@when(parsers.parse('"{organization}" asks for the day at "{address}"'))
def third_party_asks(utility: Utility, organization: str, address: str) -> None:
    """Ask for a day in the name of a third party."""
    point = utility.customers.usage_point(address)
    answer = utility.data.ask_span(utility.day_span(), utility.feed.interval_minutes, usage_point=point, organization=organization)
    utility.answers.append(answer)


@then(parsers.parse('"{organization}" receives every interval of the day of meter "{meter}"'))
def third_party_receives(utility: Utility, organization: str, meter: str) -> None:
    """Compare the answer with the truth."""
    received, truth = intervals(utility.answers[-1]), utility.meters.intervals(meter, utility.day_span())
    assert received == {interval.end: wh for interval, wh in truth.items()}, (
        f"{organization} received {len(received)} intervals: {utility.answers[-1]}"
    )


@then(parsers.parse('the head-end refuses with code "{code}"'))
@then(parsers.parse('the MDMS refuses with code "{code}"'))
def refuses(utility: Utility, code: str) -> None:
    """Look at the last answer."""
    answer = utility.answers[-1]
    assert answer.reply.result == "FAILED", f"the answer is {answer}"
    assert code in answer.codes, f"the answer is {answer}"
