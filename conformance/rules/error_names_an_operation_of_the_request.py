"""CV-18: an error about an operation that nobody asked for."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation
from conformance.views.operations import OperationsView


def check(conversation: Conversation) -> Iterator[Breach]:
    """An operationId in a reply that no operation of the request has."""
    for exchange in conversation.exchanges:
        asked = exchange.request.view(OperationsView) if exchange.request else None
        if asked is None:
            continue
        known = {operation.identifier.text for operation in asked.operations}
        for reply in exchange.replies:
            for error in reply.reply.errors if reply.reply is not None else ():
                if error.operation_id is not None and error.operation_id.text not in known:
                    yield Breach(
                        error.operation_id.where, f"operation {error.operation_id.text!r} of {', '.join(sorted(known))}", reply.index
                    )


_EXCHANGE = (
    "<conversation><capture exchange='1' dialect='generic'><MessageID>a</MessageID><root>RequestMessage</root><Verb>execute</Verb>"
    "<Noun>OperationSet</Noun><OperationSet><Operation><operationId>1</operationId><noun>MeterReadSchedule</noun><verb>create</verb>"
    "</Operation></OperationSet></capture><capture exchange='1' leg='reply' dialect='generic'><Reply><Result>FAILED</Result><Error>"
    "<code>2.4</code><level>FATAL</level><operationId>{}</operationId></Error></Reply><MessageID>b</MessageID>"
    "<CorrelationID>a</CorrelationID><Noun>OperationSet</Noun></capture></conversation>"
)

RULE = Rule(
    id="CV-18",
    requires="the operationId of an error to be one of the request",
    source="IEC 61968-100, Error.operationId",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_EXCHANGE.format(1),),
    fails=(_EXCHANGE.format(7),),
    why="Nobody knows which of the orders was not carried out.",
    mend="Copy the operationId of the operation that failed.",
)
