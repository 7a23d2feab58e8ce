"""WA-05: two versions of WS-Addressing in one message contradict each other."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.addressing import AddressingView


def check(addressing: AddressingView) -> Iterator[Breach]:
    """Headers of both namespaces of WS-Addressing."""
    spaces = {header.namespace for header in addressing.headers}
    for header in addressing.headers:
        if len(spaces) > 1 and header.namespace != addressing.headers[0].namespace:
            yield Breach(header.said.where, f"{header.name} of {header.namespace!r} beside {addressing.headers[0].namespace!r}")
            return


RULE = Rule(
    id="WA-05",
    requires="all WS-Addressing headers of a message to be of one version",
    source="WS-Addressing 1.0 SOAP Binding (namespace)",
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
            "<capture><s:Header><wsa:Action>http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings</wsa:Action><old:To>"
            "http://mdms.metergate.test/soap</old:To></s:Header></capture>"
        ),
    ),
    why="The receiver reads half of them and sends its answer to the wrong place.",
    mend="Write all of them in the namespace of 2005.",
)
