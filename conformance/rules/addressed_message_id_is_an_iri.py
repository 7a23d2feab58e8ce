"""WA-06: an id that is no IRI is refused by every library."""

import re
from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.addressing import AddressingView

ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def check(addressing: AddressingView) -> Iterator[Breach]:
    """A wsa:MessageID or RelatesTo that is no absolute IRI."""
    for header in (*addressing.named("MessageID"), *addressing.named("RelatesTo")):
        if not ABSOLUTE.match(header.said.text):
            yield Breach(header.said.where, f"{header.name} {header.said.text!r}")


RULE = Rule(
    id="WA-06",
    requires="wsa:MessageID and RelatesTo to be absolute IRIs",
    source="WS-Addressing 1.0 Core section 3.1",
    severity=Severity.ERROR,
    works_on=AddressingView,
    check=check,
    passes=(
        (
            "<capture><s:Header><wsa:Action>http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings</wsa:Action>"
            "<wsa:MessageID>urn:uuid:6a1f0c52-8f5e-4d0b-9a43-0c1f0e6f7b11</wsa:MessageID></s:Header></capture>"
        ),
    ),
    fails=(
        (
            "<capture><s:Header><wsa:Action>http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings</wsa:Action>"
            "<wsa:MessageID>6a1f0c52-8f5e-4d0b-9a43-0c1f0e6f7b11</wsa:MessageID></s:Header></capture>"
        ),
        (
            "<capture><s:Header><wsa:Action>http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings</wsa:Action>"
            "<wsa:MessageID/></s:Header></capture>"
        ),
    ),
    why="The receiver's library refuses the message before anybody sees it.",
    mend="Write urn:uuid: before a UUID.",
)
