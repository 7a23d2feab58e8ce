"""CV-22: two answers to one id, a refusal and a success, and nobody knows which of them came last."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.capture import REQUEST
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation, Said

_REFUSED: Final = "FAILED"


def check(conversation: Conversation) -> Iterator[Breach]:
    """A message that is sent once more under the MessageID of one that was refused, in words that its sender can read."""
    for said in conversation.messages:
        if said.message_id is None or said.capture.leg != REQUEST or said.capture.exchange is None:
            continue
        earlier = (each for each in conversation.requests_before(said.index, said.message_id) if each.capture.wire == said.capture.wire)
        before = [each for each in earlier if _is_refused(conversation, each)]
        if before:
            yield said.breach("MessageID", f"{said.message_id!r} again, which message {before[-1].index + 1} had, and was refused")


def _is_refused(conversation: Conversation, asked: Said) -> bool:
    answers = conversation.answers.get(asked.index, ())
    readable = (each for each in answers if each.reply is not None and each.is_readable and each.correlation_id == asked.message_id)
    return any(each.reply is not None and each.reply.result.text == _REFUSED for each in readable)


_SENT = "<capture wire='hes-&gt;mdms' exchange='{0}'><MessageID>{1}</MessageID></capture>"
_ANSWERED = (
    "<capture wire='hes-&gt;mdms' exchange='{0}' leg='reply'><Reply><Result>{2}</Result><Error><code>{3}</code><level>{4}</level></Error>"
    "</Reply><MessageID>r{0}</MessageID><CorrelationID>{1}</CorrelationID></capture>"
)


def _twice(message_id: str) -> str:
    """A message that was refused, and the same under an id."""
    refused = (_SENT + _ANSWERED).format(1, "a", "FAILED", "5.3", "FATAL")
    return f"<conversation>{refused}{(_SENT + _ANSWERED).format(2, message_id, 'OK', '0.0', 'INFORM')}</conversation>"


RULE = Rule(
    id="CV-22",
    requires="another attempt after a refusal to have a MessageID of its own",
    source="IEC 61968-100, Header.MessageID and Header.CorrelationID",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_twice("b"),),
    fails=(_twice("a"),),
    why="Whoever keeps replies by the id of their request keeps the refusal, and sends the delivery a third time, or never.",
    mend="Give a message that was refused a new MessageID when it is sent again; keep it only where no answer came.",
)
