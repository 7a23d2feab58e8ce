"""CV-16: an answer that says it is from the one who asked was copied from the question."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """A reply with the Source of its request, between two different systems."""
    for exchange in conversation.exchanges:
        request = exchange.request
        asked = request.header.source if request is not None and request.header is not None else None
        wire = request.capture.wire if request is not None else None
        for reply in exchange.replies if asked and wire is not None and wire.source != wire.target else ():
            if reply.header is not None and reply.header.source == asked:
                yield reply.breach("Source", f"{asked!r}, which is the Source of the request")


_EXCHANGE = (
    "<conversation><capture wire='hes-&gt;mdms' exchange='1'><MessageID>a</MessageID><Source>hes</Source></capture>"
    "<capture wire='hes-&gt;mdms' exchange='1' leg='reply'><Reply><Result>OK</Result></Reply><MessageID>b</MessageID>"
    "<CorrelationID>a</CorrelationID><Source>{}</Source></capture></conversation>"
)

RULE = Rule(
    id="CV-16",
    requires="a reply to name its own system as Source",
    source="IEC 61968-100, Header.Source",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_EXCHANGE.format("mdms"),),
    fails=(_EXCHANGE.format("hes"),),
    why="Whoever looks into a refused delivery asks the wrong vendor.",
    mend="Write the name of the answering system into Source.",
)
