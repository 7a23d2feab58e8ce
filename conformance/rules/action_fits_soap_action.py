"""WA-02: two headers say what a message wants, and they must not disagree."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.addressing import AddressingView


def check(addressing: AddressingView) -> Iterator[Breach]:
    """A wsa:Action other than the SOAPAction of HTTP, where that is known and not empty."""
    action, said = addressing.text("Action"), addressing.soap_action
    said = said.strip().strip('"') if said else ""
    if action is not None and said and action != said:
        yield addressing.breach("Action", f"{action!r} beside SOAPAction {said!r}")


RULE = Rule(
    id="WA-02",
    requires="wsa:Action to be the same as a SOAPAction that is not empty",
    source="WS-Addressing 1.0 SOAP Binding section 4.2",
    severity=Severity.ERROR,
    works_on=AddressingView,
    check=check,
    passes=(
        (
            '<capture soap_action="http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings"><s:Header><wsa:Action>'
            "http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings</wsa:Action></s:Header></capture>"
        ),
    ),
    fails=(
        (
            '<capture soap_action="http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings"><s:Header><wsa:Action>'
            "http://iec.ch/TC57/2011/MeterReadings/ChangedMeterReadings</wsa:Action></s:Header></capture>"
        ),
    ),
    why="A gateway goes by one and the system behind it by the other: a new reading is booked as a correction.",
    mend="Send the same action in both places.",
)
