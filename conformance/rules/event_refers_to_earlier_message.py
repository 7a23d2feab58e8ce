"""CV-04: an event that names a cause names a message that there was."""

from collections.abc import Iterator

from ami.findings import Severity
from ami.messages import Kind
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """An event whose CorrelationID nobody used as a MessageID before."""
    for said in conversation.messages:
        if said.header is None or said.header.wrapping.kind is not Kind.EVENT or said.correlation_id is None:
            continue
        if next(conversation.requests_before(said.index, said.correlation_id), None) is None:
            yield said.breach("CorrelationID", f"{said.correlation_id!r}, which no message before it had as MessageID")


_EVENT = (
    "<conversation><capture wire='cis-&gt;mdms'><MessageID>a</MessageID></capture>"
    "<capture wire='mdms-&gt;cis'><MessageID>c</MessageID><CorrelationID>{}</CorrelationID></capture></conversation>"
)

RULE = Rule(
    id="CV-04",
    requires="an event's CorrelationID, where it has one, to be the MessageID of an earlier message",
    source="IEC 61968-100, Header.CorrelationID",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_EVENT.format("a"), "<conversation><capture><MessageID>a</MessageID></capture></conversation>"),
    fails=(_EVENT.format("b"),),
    why="The customer's order cannot be closed, since nothing says which work was done for it.",
    mend="Put the MessageID of the message that caused the event into CorrelationID, or leave it out.",
)
