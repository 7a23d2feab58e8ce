"""HT-08: SOAP 1.2 says in Content-Type what a message wants, and it must be what the message says."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.http import HttpView


def check(http: HttpView) -> Iterator[Breach]:
    """An action of Content-Type other than that of the header's verb and noun."""
    action = http.parameter("action")
    if http.version == "1.2" and http.is_request and action and http.action is not None and action != http.action:
        yield http.breach(f"action {action!r} instead of {http.action!r}")


RULE = Rule(
    id="HT-08",
    requires="the action of Content-Type to name the verb and the noun of the message",
    source="SOAP 1.2 part 2 section 6.5, IEC 61968-100 (SOAP binding)",
    severity=Severity.ERROR,
    works_on=HttpView,
    check=check,
    passes=(
        '<capture soap="1.2" method="POST" content_type="application/soap+xml; action=&quot;http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings&quot;"/>',
    ),
    fails=(
        '<capture soap="1.2" method="POST" content_type="application/soap+xml; action=&quot;http://iec.ch/TC57/2011/MeterReadings/ChangedMeterReadings&quot;"/>',
    ),
    why="Gateways go by it: a new reading is routed as a correction.",
    mend="Write the action that the WSDL gives for the operation.",
)
