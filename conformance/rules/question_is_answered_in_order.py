"""CH-01: a question is answered once, and not after it was given up."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.choreographies import question
from conformance.choreographies.table import walk
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """A message that the table of questions and answers does not allow where it came."""
    for thread in question.threads(conversation):
        for left in walk(thread):
            yield left.said.breach("Verb", f"{thread.about}: a system {left.word} where it stands at {left.state!r}")


_ASKED = (
    "<conversation><capture wire='cis-&gt;mdms' exchange='1'><AsyncReplyFlag>true</AsyncReplyFlag>"
    "<ReplyAddress>http://cis.metergate.test/soap</ReplyAddress><MessageID>a</MessageID>"
    "<GetMeterReadings><EndDevice><mRID>M-1</mRID></EndDevice></GetMeterReadings></capture>"
    "<capture wire='cis-&gt;mdms' exchange='1' leg='reply'><Reply><Result>OK</Result><Error><code>0.3</code><level>INFORM</level></Error>"
    "</Reply><CorrelationID>a</CorrelationID></capture>{}</conversation>"
)
_LATER = (
    "<capture wire='mdms-&gt;cis' leg='request'><MessageID>{0}</MessageID><Reply><Result>{1}</Result><Error><code>4.1</code>"
    "<level>FATAL</level></Error></Reply><CorrelationID>a</CorrelationID></capture>"
)
_PART = (
    "<capture wire='mdms-&gt;cis' leg='request'><MessageID>b</MessageID><Reply><Result>OK</Result><Error><code>0.1</code>"
    "<level>INFORM</level></Error></Reply><CorrelationID>a</CorrelationID></capture>"
)

RULE = Rule(
    id="CH-01",
    requires="a question and its answers to follow their table (docs/choreographies.md)",
    source="IEC 61968-100, message exchange patterns (request and reply, asynchronous reply)",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(
        _ASKED.format(_LATER.format("b", "FAILED")),
        _ASKED.format(_PART + _LATER.format("c", "FAILED")),
    ),
    fails=(_ASKED.format(_LATER.format("b", "FAILED") + _LATER.format("c", "FAILED")),),
    why="The same reading is booked twice, or one that nobody waits for any more.",
    mend="Answer each request once; say 0.1 where more is to come.",
)
