"""Sentences about customers: who lives where, who moves, whose meter is exchanged, who asks for a reading."""

from datetime import time

from pytest_bdd import given, parsers, then, when

from harness.utility import Utility
from steps.words import watts


@given(parsers.parse('the customer at "{address}" is supplied through meter "{meter}"'))
def supplied(utility: Utility, address: str, meter: str) -> None:
    """A customer moves in behind a meter that draws what the readings say."""
    utility.meters.put_in([meter])
    utility.customers.move_in(address, meter)


@given(parsers.re(r'the customer at "(?P<address>[^"]+)" is supplied through meter "(?P<meter>[^"]+)" that uses (?P<kwh>\S+) kWh an hour'))
def supplied_constant(utility: Utility, address: str, meter: str, kwh: str) -> None:
    """A customer moves in behind a meter with a constant draw."""
    utility.meters.put_in([meter], watts=watts(kwh))
    utility.customers.move_in(address, meter)


@given(
    parsers.parse('the customer at "{address}" with the tariff "{tariff}" is supplied through meter "{meter}" that uses {kwh} kWh an hour')
)
def supplied_on_tariff(utility: Utility, address: str, tariff: str, meter: str, kwh: str) -> None:
    """The same on a tariff."""
    utility.meters.put_in([meter], watts=watts(kwh))
    utility.customers.move_in(address, meter, tariff=tariff)


@given(parsers.parse('the customer at "{address}" with the tariff "{tariff}" has meter "{meter}" with a solar roof behind it'))
def supplied_solar(utility: Utility, address: str, tariff: str, meter: str) -> None:
    """A customer who draws and feeds in."""
    utility.meters.put_in([meter], is_solar=True)
    utility.customers.move_in(address, meter, tariff=tariff)


@given(parsers.parse('the customer at "{address}" moves out on {day}'))
def moves_out(utility: Utility, address: str, day: str) -> None:
    """Let the days pass until a customer moves out at midnight."""
    utility.wait_until(utility.moment(time(), utility.a_day(day)))
    utility.customers.move_out(address, utility.now)


@given(parsers.parse('another customer moves in at "{address}" on {day}'))
def another_moves_in(utility: Utility, address: str, day: str) -> None:
    """The next customer takes over the meter."""
    utility.wait_until(utility.moment(time(), utility.a_day(day)))
    utility.customers.move_in(address, None)


@given(parsers.parse('meter "{old}" is exchanged for meter "{new}" that uses {kwh} kWh an hour at {moment} of {day}'))
def exchanged(utility: Utility, old: str, new: str, kwh: str, moment: str, day: str) -> None:
    """Let the days pass until a fitter changes the meter."""
    utility.exchange(old, new, watts(kwh), moment, utility.a_day(day))


@given(parsers.parse('the customer service waits for the reading at "{address}"'))
def waits_for_reading(utility: Utility, address: str) -> None:
    """Ask, and do not let the answer come yet."""
    utility.customers.await_reading(address)


@when(parsers.parse('the customer service asks for the reading at "{address}"'))
def asks_for_reading(utility: Utility, address: str) -> None:
    """Ask, and let the answer come."""
    utility.customers.ask_reading(address)


@then(parsers.parse('the customer service sees the value on the face of meter "{meter}"'))
def sees_the_face(utility: Utility, meter: str) -> None:
    """Compare the last answer with the face."""
    seen, face = utility.customers.last_reading_kwh(), utility.meters.face(meter).kwh
    assert seen == face, f"the customer service sees {seen} kWh, the face of {meter} shows {face} kWh"


@then(parsers.parse("the customer service has no reading of {kwh} kWh"))
def has_no_reading_of(utility: Utility, kwh: str) -> None:
    """Look whether a value was believed."""
    believed = [str(value) for value in utility.customers.readings_kwh()]
    assert kwh not in believed, f"the customer service has {believed}"


@then(parsers.parse('the billing system has a notice about meter "{meter}"'))
def has_notice(utility: Utility, meter: str) -> None:
    """Look for the notice."""
    about = [notice.get("meter") for notice in utility.customers.notices()]
    assert meter in about, f"the billing system has notices about {about}"
