"""CV-02: what comes back on a connection answers what was sent on it."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """A reply whose CorrelationID is not the MessageID of the request on the same connection."""
    for exchange in conversation.exchanges:
        if exchange.request is None or exchange.request.message_id is None:
            continue
        asked = exchange.request.message_id
        for reply in exchange.replies:
            if reply.correlation_id is not None and reply.correlation_id != asked:
                echoed = reply.correlation_id == exchange.request.correlation_id
                hint = ", which is the CorrelationID of that request" if echoed else ""
                yield reply.breach("CorrelationID", f"{reply.correlation_id!r} in the reply to {asked!r}{hint}")


_EXCHANGE = (
    "<conversation><capture exchange='1'><MessageID>a</MessageID></capture>"
    "<capture exchange='1' leg='reply'><Reply><Result>OK</Result></Reply><CorrelationID>{}</CorrelationID></capture></conversation>"
)

RULE = Rule(
    id="CV-02",
    requires="a reply's CorrelationID to be the MessageID of its request",
    source="IEC 61968-100, Header.CorrelationID",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_EXCHANGE.format("a"),),
    fails=(_EXCHANGE.format("b"),),
    why="The answer is put to another customer's question.",
    mend="Copy the MessageID of the request into CorrelationID of the reply.",
)
