"""CV-10: who waits too long asks again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation

LONGEST: Final = timedelta(seconds=60)


def check(conversation: Conversation) -> Iterator[Breach]:
    """A reply that came long after its request on the same connection."""
    for exchange in conversation.exchanges:
        asked_at = exchange.request.capture.at if exchange.request else None
        for reply in exchange.replies if asked_at is not None else ():
            if reply.capture.at is not None and asked_at is not None and reply.capture.at - asked_at > LONGEST:
                yield reply.breach("Timestamp", f"a reply {(reply.capture.at - asked_at).total_seconds():.0f} s after its request")


_EXCHANGE = (
    "<conversation><capture exchange='1' at='2026-03-01T01:00:11Z'><MessageID>a</MessageID></capture>"
    "<capture exchange='1' leg='reply' at='{0}'><Reply><Result>OK</Result></Reply><MessageID>b</MessageID>"
    "<CorrelationID>a</CorrelationID><Timestamp>{0}</Timestamp></capture></conversation>"
)

RULE = Rule(
    id="CV-10",
    requires=f"a reply on the connection of its request within {LONGEST.seconds} seconds",
    source="IEC 61968-100, request and reply (time-out is left to the partners)",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_EXCHANGE.format("2026-03-01T01:00:30Z"),),
    fails=(_EXCHANGE.format("2026-03-01T01:02:00Z"),),
    why="The sender gives up and sends everything again; one of the two deliveries is lost or booked twice.",
    mend="Acknowledge at once, and deliver what takes longer to ReplyAddress.",
)
