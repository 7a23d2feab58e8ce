"""CV-19: where all failed, nothing was partial."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """A PARTIAL to a query of which every meter that was asked for failed."""
    for exchange in conversation.exchanges:
        asked = set(exchange.request.query.meters) if exchange.request and exchange.request.query else set()
        for said in exchange.replies if asked else ():
            if said.reply is not None and said.reply.result.text == "PARTIAL" and asked <= said.reply.failed and said.readings is None:
                yield said.breach_of_reply(f"PARTIAL although all of {', '.join(sorted(asked))} failed")


_EXCHANGE = (
    "<conversation><capture exchange='1'><MessageID>a</MessageID><GetMeterReadings><EndDevice><mRID>M-1</mRID></EndDevice>"
    "</GetMeterReadings></capture><capture exchange='1' leg='reply'><Reply><Result>{}</Result><Error><code>5.3</code>"
    "<level>FATAL</level><ID>M-1</ID></Error></Reply><MessageID>b</MessageID><CorrelationID>a</CorrelationID></capture></conversation>"
)

RULE = Rule(
    id="CV-19",
    requires="a reply that says PARTIAL to leave something that did not fail",
    source="IEC 61968-100, Reply.Result",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_EXCHANGE.format("FAILED"),),
    fails=(_EXCHANGE.format("PARTIAL"),),
    why="The operator believes that the reading is on its way.",
    mend="Say FAILED where nothing could be done.",
)
