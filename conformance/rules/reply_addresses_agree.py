"""WA-10: two places say where the answer belongs, and they must not disagree."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.addressing import ANONYMOUS, AddressingView


def check(addressing: AddressingView) -> Iterator[Breach]:
    """A ReplyTo with another address than Header.ReplyAddress; the anonymous address is left aside."""
    wanted = addressing.message.text("ReplyAddress") if addressing.message else None
    told = addressing.text("ReplyTo")
    if wanted and told and told not in ANONYMOUS and told != wanted:
        yield addressing.breach("ReplyTo", f"{told!r} beside ReplyAddress {wanted!r}")


RULE = Rule(
    id="WA-10",
    requires="wsa:ReplyTo and Header.ReplyAddress to name the same address",
    source="IEC 61968-100, Header.ReplyAddress; WS-Addressing 1.0 Core section 3.1",
    severity=Severity.ERROR,
    works_on=AddressingView,
    check=check,
    passes=(
        (
            "<capture><s:Header><wsa:Action>http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings</wsa:Action>"
            "<wsa:ReplyTo><wsa:Address>http://cis.metergate.test/soap</wsa:Address></wsa:ReplyTo><wsa:MessageID>"
            "urn:a</wsa:MessageID></s:Header><ReplyAddress>http://cis.metergate.test/soap</ReplyAddress></capture>"
        ),
    ),
    fails=(
        (
            "<capture><s:Header><wsa:Action>http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings</wsa:Action>"
            "<wsa:ReplyTo><wsa:Address>http://oms.metergate.test/soap</wsa:Address></wsa:ReplyTo><wsa:MessageID>"
            "urn:a</wsa:MessageID></s:Header><ReplyAddress>http://cis.metergate.test/soap</ReplyAddress></capture>"
        ),
    ),
    why="The reading is delivered to a system that did not ask for it.",
    mend="Write the same address in both places.",
)
