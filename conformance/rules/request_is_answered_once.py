"""CV-05: every request is answered, and answered once."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation, Said


def check(conversation: Conversation) -> Iterator[Breach]:
    """A request with no reply on its connection, or with several. A SOAP Fault is a reply."""
    for exchange in conversation.exchanges:
        request = exchange.request
        if request is None or len(exchange.replies) == 1:
            continue
        if exchange.replies:
            yield exchange.replies[1].breach("CorrelationID", f"{len(exchange.replies)} replies to {request.message_id!r}")
        elif not _was_answered_later(conversation, request):
            yield request.breach("MessageID", f"no reply{request.from_whom_it_went_to}")


def _was_answered_later(conversation: Conversation, request: Said) -> bool:
    """Whether the same message was sent again after it had got lost, and answered then."""
    return any(conversation.answers.get(again.index) for again in conversation.requests_with(request.message_id or ""))


_REPLY = "<capture exchange='1' leg='reply'><Reply><Result>OK</Result></Reply><CorrelationID>a</CorrelationID></capture>"
_ASKED = "<capture exchange='1'><MessageID>a</MessageID></capture>"

RULE = Rule(
    id="CV-05",
    requires="exactly one reply to every request",
    source="WS-I BP 1.1 (request-response operations), IEC 61968-100",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(f"<conversation>{_ASKED}{_REPLY}</conversation>",),
    fails=(f"<conversation>{_ASKED}</conversation>", f"<conversation>{_ASKED}{_REPLY}{_REPLY}</conversation>"),
    why="Nobody knows whether the readings arrived, so they are sent again, or never.",
    is_owed=True,
    mend="Answer each request on the connection that it came on, with a reply or a SOAP Fault.",
)
