"""CV-11: an answer belongs to who asked."""

from collections.abc import Iterator

from ami.findings import Severity
from ami.names import Wire
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """A later reply to another system than the one that asked, or from another one than was asked."""
    for message_id, replies in conversation.later_replies.items():
        asked = {said.capture.wire for said in conversation.requests_with(message_id) if said.reply is None and said.capture.wire}
        for reply in replies:
            wire = reply.capture.wire
            if wire is not None and asked and Wire(wire.target, wire.source) not in asked:
                ways = ", ".join(sorted(map(str, asked)))
                yield reply.breach("CorrelationID", f"a reply on {wire} to what was asked on {ways}")


_ASKED = (
    "<conversation><capture wire='cis-&gt;mdms'><MessageID>a</MessageID></capture>"
    "<capture wire='{}' leg='request'><Reply><Result>OK</Result></Reply><CorrelationID>a</CorrelationID></capture></conversation>"
)

RULE = Rule(
    id="CV-11",
    requires="a later reply to go back to the system that asked, from the one that was asked",
    source="IEC 61968-100, Header.ReplyAddress and Header.CorrelationID",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_ASKED.format("mdms-&gt;cis"),),
    fails=(_ASKED.format("mdms-&gt;oms"),),
    why="The customer's reading lies in a system that does not know him.",
    mend="Send the reply to the ReplyAddress of its request.",
)
