"""CV-01: an id that comes twice on a wire is a message that was repeated."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.capture import REQUEST
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation, Said

_REFUSED: Final = "FAILED"
_FIRST_ERROR_STATUS: Final = 300


def check(conversation: Conversation) -> Iterator[Breach]:
    """A MessageID that was heard before on the same wire in the same direction.

    Sending again what was never taken, as far as its sender could read, is allowed; so is the same reply to such a repetition. After a
    refusal a new MessageID is better (CV-22).
    """
    first: dict[tuple[object, str, str], int] = {}
    repeated: set[int] = set()
    for said in conversation.messages:
        if said.message_id is None:
            continue
        key = said.capture.wire, said.capture.leg, said.message_id
        earlier = first.setdefault(key, said.index)
        if earlier == said.index:
            continue
        if said.capture.leg == REQUEST and said.capture.exchange is not None:
            repeated.add(said.capture.exchange)
        if said.capture.leg != REQUEST and said.capture.exchange in repeated:
            continue
        if said.capture.leg == REQUEST and not _was_taken(conversation, conversation.messages[earlier], said):
            continue
        yield said.breach("MessageID", f"{said.message_id!r} again, on message {said.index + 1} after message {earlier + 1}")


def _was_taken(conversation: Conversation, earlier: Said, said: Said) -> bool:
    """Whether the sender knew that a message with the same id had arrived, so that there was no need to say it again."""
    if earlier.capture.exchange is None:
        return True
    before = (each for each in conversation.requests_before(said.index, said.message_id or "") if each.capture.wire == said.capture.wire)
    return any(_takes(reply, said.message_id) for each in before for reply in conversation.answers.get(each.index, ()))


def _takes(answer: Said, message_id: str | None) -> bool:
    """Whether an answer says, so that a strict reader understands it, that the message was taken, in whole or in part."""
    if answer.reply is None or not answer.is_readable or answer.correlation_id != message_id:
        return False  # a Fault, no message, one in wrong namespaces, or the answer to something else
    is_success = answer.capture.status is None or answer.capture.status < _FIRST_ERROR_STATUS
    return is_success and answer.reply.result.text != _REFUSED


_SENT = "<capture wire='hes-&gt;mdms' exchange='{0}'><MessageID>{1}</MessageID></capture>"
_REPLY = (
    "<capture wire='hes-&gt;mdms' exchange='{{0}}' leg='reply'><Reply><Result>{0}</Result>{1}</Reply>"
    "<MessageID>r{{0}}</MessageID><CorrelationID>{{1}}</CorrelationID></capture>"
)
_ANSWERED = _REPLY.format("OK", "")
_PARTIAL = _REPLY.format("PARTIAL", "<Error><code>2.4</code><level>FATAL</level><ID>M-7</ID></Error>")


def _twice(first_answer: str) -> str:
    """The same message two times, and what came back on the first."""
    return f"<conversation>{_SENT.format(1, 'a')}{first_answer}{(_SENT + _ANSWERED).format(2, 'a')}</conversation>"


RULE = Rule(
    id="CV-01",
    requires="a new MessageID for every message on a wire",
    source="IEC 61968-100, Header.MessageID",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(
        f"<conversation>{(_SENT + _ANSWERED).format(1, 'a')}{(_SENT + _ANSWERED).format(2, 'b')}</conversation>",
        _twice(""),
    ),
    fails=(_twice(_ANSWERED.format(1, "a")), _twice(_PARTIAL.format(1, "a"))),
    why="A delivery that is taken twice is billed twice, and a command that is taken twice acts twice.",
    mend="Give each message a new MessageID; send one again only if no answer said that it was taken.",
)
