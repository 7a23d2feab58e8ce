"""CV-01: an id that comes twice on a wire is a message that was repeated."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.capture import REQUEST
from conformance.form import FAULTS
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation, Said


def check(conversation: Conversation) -> Iterator[Breach]:
    """A MessageID that was heard before on the same wire in the same direction.

    Sending again what was never answered, or answered by a Fault alone, is allowed; so is the same reply to such a repetition.
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
    """Whether anybody answered an earlier message with the same id, so that there was no need to say it again."""
    if earlier.capture.exchange is None:
        return True
    before = (each for each in conversation.requests_before(said.index, said.message_id or "") if each.capture.wire == said.capture.wire)
    return any(reply.form not in FAULTS for each in before for reply in conversation.answers.get(each.index, ()))


_SENT = "<capture wire='hes-&gt;mdms' exchange='{0}'><MessageID>{1}</MessageID></capture>"
_ANSWERED = (
    "<capture wire='hes-&gt;mdms' exchange='{0}' leg='reply'><Reply><Result>OK</Result></Reply>"
    "<MessageID>r{0}</MessageID><CorrelationID>{1}</CorrelationID></capture>"
)

RULE = Rule(
    id="CV-01",
    requires="a new MessageID for every message on a wire",
    source="IEC 61968-100, Header.MessageID",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(
        f"<conversation>{(_SENT + _ANSWERED).format(1, 'a')}{(_SENT + _ANSWERED).format(2, 'b')}</conversation>",
        f"<conversation>{_SENT.format(1, 'a')}{(_SENT + _ANSWERED).format(2, 'a')}</conversation>",
    ),
    fails=(f"<conversation>{(_SENT + _ANSWERED).format(1, 'a')}{(_SENT + _ANSWERED).format(2, 'a')}</conversation>",),
    why="A delivery that is taken twice is billed twice, and a command that is taken twice acts twice.",
    mend="Give each message a new MessageID; send one again only if it was not answered.",
)
