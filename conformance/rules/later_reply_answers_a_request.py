"""CV-03: a reply that comes later answers something that was asked before."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.capture import REQUEST
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """A reply on a connection of its own whose CorrelationID nobody used as a MessageID before."""
    for said in conversation.messages:
        if said.reply is None or said.capture.leg != REQUEST or said.correlation_id is None:
            continue
        if next(conversation.requests_before(said.index, said.correlation_id), None) is None:
            yield said.breach("CorrelationID", f"{said.correlation_id!r}, which no message before it had as MessageID")


_LATER = (
    "<conversation><capture wire='cis-&gt;mdms'><MessageID>a</MessageID></capture>"
    "<capture wire='mdms-&gt;cis' leg='request'>"
    "<Reply><Result>OK</Result></Reply><CorrelationID>{}</CorrelationID></capture></conversation>"
)

RULE = Rule(
    id="CV-03",
    requires="the CorrelationID of a later reply to be the MessageID of an earlier request",
    source="IEC 61968-100, Header.CorrelationID",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_LATER.format("a"),),
    fails=(_LATER.format("b"),),
    why="A reading arrives that nobody asked for, while somebody still waits for his.",
    mend="Keep the MessageID of the request until its reply is sent, and put it into CorrelationID.",
)
