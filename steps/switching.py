"""Sentences about the switch in the meter: commands, orders, the customer's hand."""

from pytest_bdd import given, parsers, then, when

from ami.event_types import ARM_SWITCH, CLOSE_SWITCH, OPEN_SWITCH
from harness.utility import Utility

COMMANDS = {"open": OPEN_SWITCH, "close": CLOSE_SWITCH, "arm": ARM_SWITCH}


@given(parsers.parse('the head-end was told to {command} the switch of meter "{meter}"'))
@when(parsers.parse('the head-end is told to {command} the switch of meter "{meter}"'))
def told(utility: Utility, command: str, meter: str) -> None:
    """Send a command on the wire."""
    utility.answers.append(utility.head_end.command(meter, COMMANDS[command]))


@given(parsers.parse('the switch of meter "{meter}" is open'))
def is_opened(utility: Utility, meter: str) -> None:
    """Open a switch by command."""
    answer = utility.head_end.command(meter, OPEN_SWITCH)
    assert answer.reply.result == "OK", f"the head-end answered {answer}"


@when(parsers.parse('the customer presses the button of meter "{meter}"'))
def presses(utility: Utility, meter: str) -> None:
    """Press the button on the meter."""
    utility.meters.press_button(meter)


@then(parsers.parse('the switch of meter "{meter}" is {state}'))
def is_in_state(utility: Utility, meter: str, state: str) -> None:
    """Look at the meter."""
    shown = utility.meters.face(meter).switch
    assert shown == state, f"the switch of {meter} is {shown}"


@given(parsers.parse('the billing system orders the supply at "{address}" to be cut off'))
@when(parsers.parse('the billing system orders the supply at "{address}" to be cut off'))
def orders_cut_off(utility: Utility, address: str) -> None:
    """Order a disconnection for non-payment."""
    utility.customers.cut_off(address)


@when(parsers.parse('the billing system orders the supply at "{address}" to be restored'))
def orders_restored(utility: Utility, address: str) -> None:
    """Order a reconnection."""
    utility.customers.reconnect(address)


@then(parsers.parse('the order for "{address}" is completed with the reading on the face of meter "{meter}"'))
def order_completed(utility: Utility, address: str, meter: str) -> None:
    """Compare what the order brought back with the face."""
    order, face = utility.customers.last_order(address), utility.meters.face(meter).kwh
    assert (order.state, order.reading_kwh) == ("completed", face), f"the order is {order}, the face of {meter} shows {face} kWh"


@then(parsers.parse('the order for "{address}" has failed'))
def order_failed(utility: Utility, address: str) -> None:
    """Look at the latest order."""
    order = utility.customers.last_order(address)
    assert order.state == "failed", f"the order is {order}"
