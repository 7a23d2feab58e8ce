"""CH-02: a schedule that was refused or cancelled delivers nothing more."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.choreographies import scheduling
from conformance.choreographies.table import walk
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """A message that the table of reading schedules does not allow where it came."""
    for thread in scheduling.threads(conversation):
        for left in walk(thread):
            yield left.said.breach("Verb", f"{thread.about}: a system {left.word} where it stands at {left.state!r}")


_ORDER = (
    "<conversation><capture wire='mdms-&gt;hes' exchange='1'><MessageID>a</MessageID><EndDevice><mRID>M-1</mRID></EndDevice>"
    "<TimeSchedule><scheduleInterval><end>2026-03-31T00:00:00Z</end><start>2026-03-01T00:00:00Z</start></scheduleInterval></TimeSchedule>"
    "</capture>"
)
_ANSWER = (
    "<capture wire='mdms-&gt;hes' exchange='{0}' leg='reply'><Reply><Result>OK</Result></Reply><MessageID>r{0}</MessageID>"
    "<CorrelationID>{1}</CorrelationID><Noun>MeterReadSchedule</Noun></capture>"
)
_TAKEN = _ANSWER.format(1, "a")
_CANCELED = (
    "<capture wire='mdms-&gt;hes' exchange='2'><MessageID>b</MessageID><Verb>cancel</Verb><CorrelationID>a</CorrelationID>"
    "<root>CancelMeterReadSchedule</root><EndDevice><mRID>M-1</mRID></EndDevice></capture>" + _ANSWER.format(2, "b")
)
_DELIVERY = (
    "<capture wire='hes-&gt;mdms' exchange='{0}'><MessageID>d</MessageID><Meter><mRID>M-1</mRID></Meter></capture>"
    "<capture wire='hes-&gt;mdms' exchange='{0}' leg='reply'><Reply><Result>OK</Result></Reply><MessageID>r{0}</MessageID>"
    "<CorrelationID>d</CorrelationID></capture>"
)

RULE = Rule(
    id="CH-02",
    requires="a reading schedule, its answer and its deliveries to follow their table (docs/choreographies.md)",
    source="IEC 61968-9, MeterReadSchedule (message flow)",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_ORDER + _TAKEN + _DELIVERY.format(4) + "</conversation>",),
    fails=(_ORDER + _TAKEN + _CANCELED + _DELIVERY.format(4) + "</conversation>",),
    why="The customer of another supplier goes on being read, and the utility pays for it.",
    mend="Stop delivering when the cancellation is confirmed.",
)
