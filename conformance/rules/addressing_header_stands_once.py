"""WA-04: two destinations are none."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.addressing import AddressingView

ONCE: Final = ("To", "From", "ReplyTo", "FaultTo", "Action", "MessageID")


def check(addressing: AddressingView) -> Iterator[Breach]:
    """A header that may stand once and stands twice."""
    for name in ONCE:
        for again in addressing.named(name)[1:]:
            yield Breach(again.said.where, f"{name} a second time")


RULE = Rule(
    id="WA-04",
    requires="To, From, ReplyTo, FaultTo, Action and MessageID to stand at most once",
    source="WS-Addressing 1.0 SOAP Binding section 3.2",
    severity=Severity.ERROR,
    works_on=AddressingView,
    check=check,
    passes=(
        (
            "<capture><s:Header><wsa:Action>http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings</wsa:Action><wsa:To>"
            "http://mdms.metergate.test/soap</wsa:To></s:Header></capture>"
        ),
    ),
    fails=(
        (
            "<capture><s:Header><wsa:Action>http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings</wsa:Action><wsa:To>"
            "http://mdms.metergate.test/soap</wsa:To><wsa:To>http://mdms.metergate.test/soap</wsa:To></s:Header></capture>"
        ),
    ),
    why="Two systems each take the message for theirs, or neither does.",
    mend="Write each of these headers once.",
)
