"""CH-05: an order that was taken is carried out, or it is said why not."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.choreographies import scheduling, switching
from conformance.choreographies.table import last_state
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """A disconnection or reconnection that stops before it was reported, or a cancelled question that was never settled."""
    for thread in (*switching.threads(conversation), *scheduling.threads(conversation)):
        state = last_state(thread)
        if state not in thread.choreography.ends and state != "ordered":
            yield thread.steps[-1][1].breach("Verb", f"{thread.about} stands at {state!r} as far as was heard")


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
    id="CH-05",
    requires="an order to come to one of its ends, as far as the conversation goes",
    source="IEC 61968-9, MeterServiceRequests and MeterReadSchedule (message flows)",
    severity=Severity.REMARK,
    works_on=Conversation,
    check=check,
    passes=(_ORDER + _SWITCH + _READ + _REPORT,),
    fails=(_ORDER + _SWITCH + _READ + "</conversation>",),
    why="The clerk does not know whether the customer still has power.",
    mend="Report each work order, also when it failed.",
)
