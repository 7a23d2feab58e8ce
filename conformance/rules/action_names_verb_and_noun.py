"""WA-03: the action of an addressed message is that of its verb and noun."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.addressing import AddressingView

OURS: Final = ("http://iec.ch/TC57/", "http://www.iec.ch/TC57/")


def check(addressing: AddressingView) -> Iterator[Breach]:
    """A wsa:Action of our namespaces that names another verb or noun than the header; any other action is left to the WSDL."""
    action, message = addressing.text("Action"), addressing.message
    if action is None or message is None or message.verb is None or message.noun is None or addressing.is_reply:
        return
    expected = message.wrapping.dialect.action(message.verb, message.noun)
    if action.startswith(OURS) and action != expected:
        yield addressing.breach("Action", f"{action!r} instead of {expected!r}")


RULE = Rule(
    id="WA-03",
    requires="wsa:Action to name the verb and the noun of the message",
    source="IEC 61968-100 (SOAP binding), WS-Addressing 1.0 Core section 3.2",
    severity=Severity.ERROR,
    works_on=AddressingView,
    check=check,
    passes=(
        ("<capture><s:Header><wsa:Action>http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings</wsa:Action></s:Header></capture>"),
    ),
    fails=(
        ("<capture><s:Header><wsa:Action>http://iec.ch/TC57/2011/MeterReadings/ChangedMeterReadings</wsa:Action></s:Header></capture>"),
    ),
    why="The message is routed to another service than the one that can take it.",
    mend="Write the action that the WSDL gives for the operation.",
)
