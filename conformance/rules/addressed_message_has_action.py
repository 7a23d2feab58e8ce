"""WA-01: an addressed message that does not say what it wants."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.addressing import AddressingView


def check(addressing: AddressingView) -> Iterator[Breach]:
    """WS-Addressing headers without an Action, or with an empty one."""
    if addressing.text("Action") is None:
        yield addressing.breach("Action", "no Action among the WS-Addressing headers")


RULE = Rule(
    id="WA-01",
    requires="an Action wherever a message has WS-Addressing headers",
    source="WS-Addressing 1.0 Core section 3.2",
    severity=Severity.ERROR,
    works_on=AddressingView,
    check=check,
    passes=(
        ("<capture><s:Header><wsa:Action>http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings</wsa:Action></s:Header></capture>"),
    ),
    fails=(
        "<capture><s:Header><wsa:To>http://mdms.metergate.test/soap</wsa:To></s:Header></capture>",
        "<capture><s:Header><wsa:Action/></s:Header></capture>",
    ),
    why="The receiver has to refuse the message: it does not know which of its services is meant.",
    mend="Write wsa:Action with the action that the WSDL gives for the operation.",
)
