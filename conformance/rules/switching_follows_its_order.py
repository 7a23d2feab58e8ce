"""CH-04: first the switch, then the closing reading, then the report; and the other way round when power comes back."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.choreographies import switching
from conformance.choreographies.table import walk
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """A message that the table of disconnections or reconnections does not allow where it came."""
    for thread in switching.threads(conversation):
        for left in walk(thread):
            yield left.said.breach("Verb", f"{thread.about}: a system {left.word} where it stands at {left.state!r}")


_REPLY = (
    "<capture wire='{0}' exchange='{1}' leg='reply'><Reply><Result>OK</Result><Error><code>{4}</code><level>INFORM</level></Error></Reply>"
    "<MessageID>r{1}</MessageID><CorrelationID>{2}</CorrelationID><Noun>{3}</Noun>{5}</capture>"
)
_WORK = "<MeterServiceWork><kind>disconnect</kind>{}<Meter><mRID>M-1</mRID></Meter>{}</MeterServiceWork>"
_ORDER = (
    "<conversation><capture wire='cis-&gt;mdms' exchange='1'><MessageID>a</MessageID>"
    + _WORK.format("<requestDateTime>2026-03-01T01:00:00Z</requestDateTime>", "")
    + "</capture>"
    + _REPLY.format("cis-&gt;mdms", 1, "a", "MeterServiceRequests", "0.3", "")
)
_SWITCH = (
    "<capture wire='mdms-&gt;hes' exchange='2'><MessageID>b</MessageID><EndDeviceControl><issuerTrackingID>a</issuerTrackingID>"
    "<PanDemandResponse/><PanDisplay/><PanPricing/><EndDeviceControlType ref='3.31.0.23'/><EndDevices><mRID>M-1</mRID></EndDevices>"
    "</EndDeviceControl></capture>" + _REPLY.format("mdms-&gt;hes", 2, "b", "EndDeviceControls", "0.0", "")
)
_SEEN = (
    "<MeterReading><Meter><mRID>M-1</mRID></Meter><Readings><timeStamp>2026-03-01T01:00:00Z</timeStamp><value>7</value>"
    '<ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></Readings></MeterReading>'
)
_READ = (
    "<capture wire='mdms-&gt;hes' exchange='3'><MessageID>c</MessageID><GetMeterReadings><EndDevice><mRID>M-1</mRID></EndDevice>"
    "</GetMeterReadings></capture>" + _REPLY.format("mdms-&gt;hes", 3, "c", "MeterReadings", "0.0", _SEEN)
)
_REPORT = (
    "<capture wire='mdms-&gt;cis' exchange='4'><root>ChangedMeterServiceRequests</root><Verb>changed</Verb><MessageID>d</MessageID>"
    "<CorrelationID>a</CorrelationID>"
    + _WORK.format("", "<status><dateTime>2026-03-01T01:00:10Z</dateTime><value>completed</value></status>")
    + "</capture>"
    + _REPLY.format("mdms-&gt;cis", 4, "d", "MeterServiceRequests", "0.0", "")
    + "</conversation>"
)

RULE = Rule(
    id="CH-04",
    requires="a disconnection or reconnection to follow its table (docs/choreographies.md)",
    source="IEC 61968-9, MeterServiceRequests (disconnect and reconnect message flows)",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_ORDER + _SWITCH + _READ + _REPORT,),
    fails=(
        _ORDER + _SWITCH + _REPORT,
        _ORDER.replace("0.3", "2.4").replace(">OK<", ">FAILED<") + _SWITCH + _READ + _REPORT,
    ),
    why="The final bill is written from a reading that was taken before the switch was open, or from none.",
    mend="Report the work as completed only when the meter has answered and the reading is there.",
)
