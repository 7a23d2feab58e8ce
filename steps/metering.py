"""Sentences about meters in the field: what they are, what befalls them, what they measured."""

from decimal import Decimal

from pytest_bdd import given, parsers, then, when

from ami.reading_type import FORWARD, REVERSE
from harness.utility import Utility
from harness.utility.meters import REGISTER_END_WH
from steps.words import clock_time, same, watts

HAPPENINGS = {"the supply is lost": "cut_one", "the cover is opened": "open_cover"}
FLAWS = {"a spike": "spike", "a negative value": "negative", "a zero": "zero"}


@given(parsers.parse('meter "{meter}" is installed'))
def installed(utility: Utility, meter: str) -> None:
    """Put a meter in that draws what the readings say."""
    utility.install([meter])


@given(parsers.parse('meter "{meter}" is installed and uses {kwh} kWh an hour'))
def installed_constant(utility: Utility, meter: str, kwh: str) -> None:
    """Put a meter in behind a constant draw."""
    utility.install([meter], watts=watts(kwh))


@given(parsers.parse('meter "{meter}" is installed with intervals of {minutes:d} minutes'))
def installed_spaced(utility: Utility, meter: str, minutes: int) -> None:
    """Put a meter in with another interval."""
    utility.install([meter], minutes=minutes)


@given(parsers.parse('meter "{meter}" is installed with intervals of {minutes:d} minutes and uses {kwh} kWh an hour'))
def installed_spaced_constant(utility: Utility, meter: str, minutes: int, kwh: str) -> None:
    """Put a meter in with another interval behind a constant draw."""
    utility.install([meter], minutes=minutes, watts=watts(kwh))


@given(parsers.parse('meter "{meter}" is installed with a solar roof behind it'))
def installed_solar(utility: Utility, meter: str) -> None:
    """Put a meter in that measures both directions."""
    utility.install([meter], is_solar=True)


@given(parsers.parse('meter "{meter}" is installed, and the MDMS is not told'))
def installed_untold(utility: Utility, meter: str) -> None:
    """Put a meter in that only the head-end hears of."""
    utility.install_untold(meter)


@given(parsers.parse("{count:d} meters are installed"))
def many_installed(utility: Utility, count: int) -> None:
    """Put many meters in."""
    utility.install(utility.many(count))


@given(parsers.parse("{count:d} meters are known to the head-end"))
def many_known_to_head_end(utility: Utility, count: int) -> None:
    """Put many meters in that only the head-end is told of."""
    for meter in utility.many(count):
        utility.install_untold(meter)


@given(parsers.parse('the register of meter "{meter}" stands {kwh:d} kWh before its end'))
def register_near_its_end(utility: Utility, meter: str, kwh: int) -> None:
    """Let the register run over after so much."""
    utility.meters.set_register(meter, REGISTER_END_WH - kwh * 1000)


@given(parsers.parse('meter "{meter}" does not answer for {hours:d} hours'))
def does_not_answer(utility: Utility, meter: str, hours: int) -> None:
    """Let nobody reach the meter."""
    utility.meters.silence(meter, hours)


@given(parsers.parse('meter "{meter}" was silent from {start} to {end}'))
def was_silent(utility: Utility, meter: str, start: str, end: str) -> None:
    """Let the readings of a span never come out of the meter."""
    utility.meters.misread(meter, utility.span(clock_time(start), clock_time(end)), "missing")


@given(parsers.parse('meter "{meter}" delivers {flaw} from {start} to {end}'))
def delivers_flaw(utility: Utility, meter: str, flaw: str, start: str, end: str) -> None:
    """Let what comes out of the meter for a span be wrong."""
    utility.meters.misread(meter, utility.span(clock_time(start), clock_time(end)), FLAWS[flaw])


@given(parsers.parse('the clock of meter "{meter}" is {seconds:d} seconds fast'))
def clock_is_fast(utility: Utility, meter: str, seconds: int) -> None:
    """Set a meter's clock wrong."""
    utility.meters.set_clock(meter, seconds)


@when(parsers.parse('{happening} at meter "{meter}"'))
def happens(utility: Utility, happening: str, meter: str) -> None:
    """Let something befall a meter."""
    getattr(utility.meters, HAPPENINGS[happening])(meter)


@then(parsers.parse('the log of meter "{meter}" has the event "{event}"'))
def log_has(utility: Utility, meter: str, event: str) -> None:
    """Look into the meter's log."""
    assert event in utility.meters.face(meter).log, f"the log of {meter} has {utility.meters.face(meter).log}"


@then(parsers.parse('the clock of meter "{meter}" is right'))
def clock_is_right(utility: Utility, meter: str) -> None:
    """Compare the meter's clock with the time that it is."""
    shown = utility.meters.face(meter).clock_at
    assert shown == utility.now, f"the clock of {meter} shows {shown} at {utility.now}"


@then(parsers.parse('the face of meter "{meter}" shows {kwh} kWh'))
def face_shows(utility: Utility, meter: str, kwh: str) -> None:
    """Read the face at the end of the story's day."""
    shown = utility.meters.register_at_end_of(meter, utility.day_span())
    assert shown == Decimal(kwh), f"the face of {meter} showed {shown} kWh at midnight"


@then(parsers.parse('the register of meter "{meter}" has moved by the sum of the day\'s intervals'))
def register_moved(utility: Utility, meter: str) -> None:
    """Compare the registers that were delivered with the intervals that were."""
    moved, summed = utility.head_end.moved_and_summed_wh(meter, utility.day_span())
    assert moved == summed, f"the register moved by {moved} Wh, the intervals come to {summed} Wh"


@then(parsers.parse('meter "{meter}" has measured {kwh} kWh on the day'))
def measured_on_the_day(utility: Utility, meter: str, kwh: str) -> None:
    """Ask the truth."""
    wh = utility.meters.measured_wh(meter, utility.day_span())
    assert wh == Decimal(kwh) * 1000, f"{meter} measured {wh} Wh"


@then(parsers.parse('the head-end holds every interval of the day of meter "{meter}"'))
def head_end_holds_the_day(utility: Utility, meter: str) -> None:
    """Compare what the head-end holds with what was measured."""
    held, truth = utility.head_end.held(meter, utility.day_span()), utility.meters.intervals(meter, utility.day_span(), FORWARD)
    assert held == truth, f"the head-end holds {same(held, truth)} of {len(truth)} intervals as measured"


@then(parsers.parse('the head-end holds every interval of the day of meter "{meter}" in both directions'))
def head_end_holds_both(utility: Utility, meter: str) -> None:
    """The same for what was drawn and what was fed in."""
    head_end_holds_the_day(utility, meter)
    held, truth = utility.head_end.held(meter, utility.day_span(), REVERSE), utility.meters.intervals(meter, utility.day_span(), REVERSE)
    assert truth, f"{meter} fed nothing in"
    assert held == truth, f"the head-end holds {same(held, truth)} of {len(truth)} intervals of what was fed in"


@then(parsers.parse('the head-end holds {count:d} readings of the day of meter "{meter}"'))
def head_end_holds_count(utility: Utility, count: int, meter: str) -> None:
    """Count what the head-end holds."""
    held = utility.head_end.held(meter, utility.day_span())
    assert len(held) == count, f"the head-end holds {len(held)} readings of {meter}"


@then(parsers.parse('the head-end has delivered every interval of the day of meter "{meter}"'))
def head_end_delivered_the_day(utility: Utility, meter: str) -> None:
    """Compare what was on the wire with what was measured."""
    sent, truth = utility.head_end.delivered(meter, utility.day_span()), utility.meters.intervals(meter, utility.day_span(), FORWARD)
    assert sent == truth, f"{same(sent, truth)} of {len(truth)} intervals of {meter} were delivered as measured"


@then(parsers.parse('the head-end has delivered the intervals from {start} to {end} of meter "{meter}"'))
def head_end_delivered_span(utility: Utility, start: str, end: str, meter: str) -> None:
    """The same for a part of the day."""
    span = utility.span(clock_time(start), clock_time(end))
    sent, truth = utility.head_end.delivered(meter, span), utility.meters.intervals(meter, span, FORWARD)
    assert sent == truth, f"{same(sent, truth)} of {len(truth)} intervals of {meter} were delivered as measured"
