"""WA-07: an endpoint without an address cannot be answered."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.addressing import AddressingView


def check(addressing: AddressingView) -> Iterator[Breach]:
    """A ReplyTo, FaultTo or From without an Address."""
    for name in ("ReplyTo", "FaultTo", "From"):
        for header in addressing.named(name):
            if not header.said.text:
                yield Breach(header.said.where, f"{name} without an Address")


RULE = Rule(
    id="WA-07",
    requires="ReplyTo, FaultTo and From to have an Address",
    source="WS-Addressing 1.0 Core section 2.1",
    severity=Severity.ERROR,
    works_on=AddressingView,
    check=check,
    passes=(
        (
            "<capture><s:Header><wsa:Action>http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings</wsa:Action>"
            "<wsa:ReplyTo><wsa:Address>http://cis.metergate.test/soap</wsa:Address></wsa:ReplyTo><wsa:MessageID>"
            "urn:a</wsa:MessageID></s:Header></capture>"
        ),
    ),
    fails=(
        (
            "<capture><s:Header><wsa:Action>http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings</wsa:Action>"
            "<wsa:ReplyTo><wsa:Address/></wsa:ReplyTo><wsa:MessageID>urn:a</wsa:MessageID></s:Header></capture>"
        ),
    ),
    why="The reading is taken, and there is nowhere to send it.",
    mend="Write the address that takes the answer, or leave the endpoint out.",
)
