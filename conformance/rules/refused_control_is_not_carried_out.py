"""CH-03: what was refused must not happen."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.choreographies import commanding
from conformance.choreographies.table import walk
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """A message that the table of controls does not allow where it came."""
    for thread in commanding.threads(conversation):
        for left in walk(thread):
            yield left.said.breach("Verb", f"{thread.about}: a system {left.word} where it stands at {left.state!r}")


_CONTROL = (
    "<conversation><capture wire='mdms-&gt;hes' exchange='1'><MessageID>a</MessageID><EndDeviceControl>"
    "<issuerTrackingID>T-1</issuerTrackingID>"
    "<PanDemandResponse/><PanDisplay/><PanPricing/><EndDeviceControlType ref='3.31.0.23'/><EndDevices><mRID>M-1</mRID></EndDevices>"
    "</EndDeviceControl></capture><capture wire='mdms-&gt;hes' exchange='1' leg='reply'><Reply><Result>{}</Result><Error><code>{}</code>"
    "<level>{}</level></Error></Reply><MessageID>ra</MessageID><CorrelationID>a</CorrelationID><Noun>EndDeviceControls</Noun></capture>"
)
_EVENT = (
    "<capture wire='hes-&gt;mdms' exchange='2'><MessageID>e</MessageID><EndDeviceEvent><createdDateTime>2026-03-01T00:55:00Z"
    "</createdDateTime><issuerTrackingID>T-1</issuerTrackingID><Assets><mRID>M-1</mRID></Assets>"
    "<EndDeviceEventType ref='3.31.0.39'/></EndDeviceEvent></capture>"
    "<capture wire='hes-&gt;mdms' exchange='2' leg='reply'><Reply><Result>OK</Result></Reply><MessageID>re</MessageID>"
    "<CorrelationID>e</CorrelationID><Noun>EndDeviceEvents</Noun></capture></conversation>"
)

RULE = Rule(
    id="CH-03",
    requires="a control, its answer and the events that confirm it to follow their table (docs/choreographies.md)",
    source="IEC 61968-9, EndDeviceControls (message flow)",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_CONTROL.format("OK", "0.0", "INFORM") + _EVENT,),
    fails=(_CONTROL.format("FAILED", "5.3", "FATAL") + _EVENT,),
    why="The utility believes that the customer has power, and he sits in the dark.",
    mend="Refuse a control or carry it out, and report what the meter did.",
)
