"""CV-15: who sends a message again sends the same one."""

import re
from collections.abc import Iterator

from ami.findings import Severity
from conformance.capture import REQUEST
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation, Said

_OF_THE_MOMENT = re.compile(rb"<(?:[\w.-]+:)?(Timestamp|ReplayDetection|Created|Expires|Nonce)\b[^>]*>.*?</(?:[\w.-]+:)?\1>", re.DOTALL)


def _content(said: Said) -> bytes:
    """A message without what is new each time that it is sent."""
    body = said.capture.body
    return _OF_THE_MOMENT.sub(b"", body) if b"\0" not in body else body


def check(conversation: Conversation) -> Iterator[Breach]:
    """A message with the MessageID of an earlier one on its wire that asks for another thing."""
    for said in conversation.messages:
        if said.message_id is None or said.header is None or said.capture.leg != REQUEST:
            continue
        for earlier in conversation.requests_before(said.index, said.message_id):
            if earlier.capture.wire == said.capture.wire and earlier.header is not None and _content(earlier) != _content(said):
                yield said.breach("MessageID", f"{said.message_id!r} with another content than message {earlier.index + 1}")
                break


_AGAIN = (
    "<conversation><capture wire='hes-&gt;mdms' exchange='1'><MessageID>a</MessageID><value>0.250</value></capture>"
    "<capture wire='hes-&gt;mdms' exchange='2'><MessageID>a</MessageID><Timestamp>2026-03-01T01:00:11Z</Timestamp>"
    "<value>{}</value></capture><capture wire='hes-&gt;mdms' exchange='2' leg='reply'><Reply><Result>OK</Result></Reply>"
    "<MessageID>b</MessageID><CorrelationID>a</CorrelationID></capture></conversation>"
)

RULE = Rule(
    id="CV-15",
    requires="a message that is sent again to say the same as the first time, but for its time",
    source="IEC 61968-100, Header.MessageID",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_AGAIN.format("0.250"),),
    fails=(_AGAIN.format("0.750"),),
    why="One system keeps the first delivery and another the second: the same hour is billed with two values.",
    mend="Give a changed message a new MessageID.",
)
