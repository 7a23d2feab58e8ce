"""WA-08: who wants an answer has to say to what."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.addressing import AddressingView


def check(addressing: AddressingView) -> Iterator[Breach]:
    """A ReplyTo that is no reply's own, without a MessageID."""
    if addressing.named("ReplyTo") and not addressing.is_reply and addressing.text("MessageID") is None:
        yield addressing.breach("ReplyTo", "ReplyTo without a MessageID")


RULE = Rule(
    id="WA-08",
    requires="a wsa:MessageID wherever ReplyTo asks for an answer",
    source="WS-Addressing 1.0 Core section 3.3",
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
            "<wsa:ReplyTo><wsa:Address>http://cis.metergate.test/soap</wsa:Address></wsa:ReplyTo></s:Header></capture>"
        ),
    ),
    why="The answer arrives and cannot be put to its question.",
    mend="Write a wsa:MessageID.",
)
