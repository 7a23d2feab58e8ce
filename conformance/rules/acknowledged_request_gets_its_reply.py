"""CV-06: who was told that the answer comes later is still waiting for it."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation, acknowledges


def check(conversation: Conversation) -> Iterator[Breach]:
    """A request with AsyncReplyFlag that was acknowledged, and whose reply was not heard before the conversation ended."""
    for exchange in conversation.exchanges:
        request = exchange.request
        if request is None or request.header is None or not request.header.asks_for_later_reply or request.message_id is None:
            continue
        is_acknowledged = any(acknowledges(reply, request) for reply in exchange.replies)
        if is_acknowledged and request.message_id not in conversation.later_replies and not _is_cancelled(conversation, request.message_id):
            yield request.breach("AsyncReplyFlag", f"no reply{request.from_whom_it_went_to} to {request.message_id!r} as far as was heard")


def _is_cancelled(conversation: Conversation, message_id: str) -> bool:
    """Whether who asked said that he does not want an answer any more, and that was confirmed."""
    return any(
        answer.reply is not None and answer.reply.result.text == "OK"
        for said in conversation.messages
        if said.header is not None and said.header.verb == "cancel" and said.correlation_id == message_id
        for answer in conversation.answers.get(said.index, ())
    )


_ASKED = (
    "<conversation><capture wire='cis-&gt;mdms' exchange='1'><AsyncReplyFlag>true</AsyncReplyFlag>"
    "<ReplyAddress>http://cis.metergate.test/soap</ReplyAddress><MessageID>a</MessageID>"
    "<GetMeterReadings><EndDevice><mRID>M-1</mRID></EndDevice></GetMeterReadings></capture>"
    "<capture wire='cis-&gt;mdms' exchange='1' leg='reply'><Reply><Result>OK</Result>{}</Reply><CorrelationID>a</CorrelationID></capture>"
    "{}</conversation>"
)
_TAKEN = "<Error><code>0.3</code><level>INFORM</level></Error>"
_LATER = (
    "<capture wire='mdms-&gt;cis' leg='request'><Reply><Result>FAILED</Result><Error><code>4.1</code><level>FATAL</level></Error></Reply>"
    "<CorrelationID>{}</CorrelationID></capture>"
)

RULE = Rule(
    id="CV-06",
    requires="a reply to follow every acknowledgement, as far as the conversation goes",
    source="IEC 61968-100, Header.AsyncReplyFlag",
    severity=Severity.REMARK,
    works_on=Conversation,
    check=check,
    passes=(_ASKED.format(_TAKEN, _LATER.format("a")), _ASKED.format("", _LATER.format("a"))),
    fails=(_ASKED.format(_TAKEN, ""), _ASKED.format("", "")),
    why="The customer was promised a reading and never gets it.",
    is_owed=True,
    mend="Send the reply to ReplyAddress, with errors where there is nothing to deliver.",
)
