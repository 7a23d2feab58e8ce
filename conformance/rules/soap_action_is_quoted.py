"""HT-03: an action without quotes is no action to some servers."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.http import HttpView


def check(http: HttpView) -> Iterator[Breach]:
    """A SOAPAction header that is no quoted string."""
    action = http.header("soapaction")
    if http.version == "1.1" and http.is_request and action is not None and not (len(action) > 1 and action[0] == action[-1] == '"'):
        yield http.breach(f"SOAPAction {action!r}")


RULE = Rule(
    id="HT-03",
    requires="the value of SOAPAction to stand in double quotes",
    source="WS-I BP 1.1 (SOAPAction is a quoted string)",
    severity=Severity.WARNING,
    works_on=HttpView,
    check=check,
    passes=('<capture method="POST"/>',),
    fails=('<capture method="POST" soap_action="http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings"/>',),
    why="A strict server answers with an error, and nothing is delivered.",
    mend="Write the double quotes as part of the value.",
)
