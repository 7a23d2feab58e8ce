"""CV-08: a question about readings is not answered with events."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """A reply whose noun is not that of the request on the same connection."""
    for exchange in conversation.exchanges:
        asked = exchange.request.header.noun if exchange.request and exchange.request.header else None
        for reply in exchange.replies if asked else ():
            if reply.header and reply.header.noun and reply.header.noun != asked:
                yield reply.breach("Noun", f"{reply.header.noun!r} in the reply to {asked!r}")


_EXCHANGE = (
    "<conversation><capture exchange='1'><MessageID>5f0c</MessageID></capture><capture exchange='1' leg='reply'>"
    "<Reply><Result>OK</Result></Reply><CorrelationID>5f0c</CorrelationID><Noun>{}</Noun></capture></conversation>"
)

RULE = Rule(
    id="CV-08",
    requires="a reply to keep the noun of its request",
    source="IEC 61968-100, Header.Noun",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_EXCHANGE.format("MeterReadings"),),
    fails=(_EXCHANGE.format("EndDeviceEvents"),),
    why="The reply lands on the wrong desk, and the question stays open.",
    mend="Copy the Noun of the request.",
)
