"""CV-17: an addressed answer relates to what was asked."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.addressing import AddressingView
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """A RelatesTo on a reply that is not the wsa:MessageID of its request."""
    for exchange in conversation.exchanges:
        asked = exchange.request.view(AddressingView) if exchange.request else None
        expected = asked.text("MessageID") if asked is not None else None
        for reply in exchange.replies if expected is not None else ():
            addressed = reply.view(AddressingView)
            told = addressed.text("RelatesTo") if addressed is not None else None
            if addressed is not None and told is not None and told != expected:
                yield Breach(addressed.breach("RelatesTo", "").where, f"{told!r} in the reply to {expected!r}", reply.index)


_EXCHANGE = (
    "<conversation><capture exchange='1'><s:Header><wsa:Action>urn:ask</wsa:Action><wsa:MessageID>urn:a</wsa:MessageID></s:Header>"
    "<MessageID>a</MessageID></capture><capture exchange='1' leg='reply'><s:Header><wsa:Action>urn:reply</wsa:Action>"
    "<wsa:RelatesTo>{}</wsa:RelatesTo></s:Header><Reply><Result>OK</Result></Reply><MessageID>b</MessageID>"
    "<CorrelationID>a</CorrelationID></capture></conversation>"
)

RULE = Rule(
    id="CV-17",
    requires="RelatesTo of a reply to be the wsa:MessageID of its request",
    source="WS-Addressing 1.0 Core section 3.4",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_EXCHANGE.format("urn:a"),),
    fails=(_EXCHANGE.format("urn:b"),),
    why="The sender's library puts the answer to another question, or drops it.",
    mend="Copy the wsa:MessageID of the request into RelatesTo.",
)
