"""CV-23: who asked for all or nothing must not get a part."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation
from conformance.views.operations import OperationsView

_PARTIAL: Final = "PARTIAL"


def check(conversation: Conversation) -> Iterator[Breach]:
    """A PARTIAL, at once or later, to a set of operations that enforces transactional integrity."""
    for said in conversation.messages:
        asked = said.view(OperationsView)
        if asked is None or not asked.all_or_none or said.reply is not None:
            continue
        later = conversation.later_replies.get(said.message_id or "", ())
        for answer in (*conversation.answers.get(said.index, ()), *later):
            if answer.reply is not None and answer.reply.result.text == _PARTIAL:
                yield answer.breach_of_reply(f"PARTIAL to {said.message_id!r}, of which all or nothing was to be done")


_SET = (
    "<conversation><capture exchange='1' dialect='generic'><MessageID>a</MessageID><root>RequestMessage</root><Verb>execute</Verb>"
    "<Noun>OperationSet</Noun><OperationSet><enforceTransactionalIntegrity>{}</enforceTransactionalIntegrity>"
    "<Operation><operationId>1</operationId><noun>MeterReadSchedule</noun><verb>create</verb></Operation>"
    "<Operation><operationId>2</operationId><noun>MeterReadSchedule</noun><verb>create</verb></Operation></OperationSet></capture>"
    "<capture exchange='1' leg='reply' dialect='generic'><Reply><Result>{}</Result><Error><code>2.4</code><level>FATAL</level>"
    "<ID>M-1</ID><operationId>2</operationId></Error></Reply><MessageID>b</MessageID><CorrelationID>a</CorrelationID><Noun>OperationSet</Noun></capture>"
    "</conversation>"
)

RULE = Rule(
    id="CV-23",
    requires="a set of operations that is to be done as a whole to succeed or to fail as a whole",
    source="IEC 61968-100, OperationSet.enforceTransactionalIntegrity",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_SET.format("true", "FAILED"), _SET.format("false", "PARTIAL")),
    fails=(_SET.format("true", "PARTIAL"),),
    why="The meter was exchanged in one system and not in the other, and the first bill is that of the neighbour.",
    mend="Undo what was done and answer FAILED, or refuse sets that you cannot carry out as a whole.",
)
