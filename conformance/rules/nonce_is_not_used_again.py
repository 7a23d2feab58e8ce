"""CV-14: a nonce that comes twice is a message that was recorded."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation, Said
from conformance.views.nonces import UsedNonces


def check(conversation: Conversation) -> Iterator[Breach]:
    """A Nonce of ReplayDetection or of a UsernameToken that the same sender used before in another message."""
    first: dict[tuple[str, str], Said] = {}
    for said in conversation.messages:
        used = said.view(UsedNonces)
        for nonce in used.nonces if used is not None else ():
            earlier = first.setdefault((said.capture.sender or "", nonce.text), said)
            if earlier is not said and earlier.capture.body != said.capture.body:
                yield Breach(nonce.where, f"Nonce {nonce.text!r} again, which message {earlier.index + 1} had", said.index)


_SAID = (
    "<conversation><capture wire='hes-&gt;mdms'><MessageID>a</MessageID><ReplayDetection><Nonce>n-1</Nonce>"
    "<Created>2026-03-01T01:00:10Z</Created></ReplayDetection></capture>"
    "<capture wire='hes-&gt;mdms'><MessageID>b</MessageID><ReplayDetection><Nonce>{}</Nonce>"
    "<Created>2026-03-01T01:00:10Z</Created></ReplayDetection></capture></conversation>"
)

RULE = Rule(
    id="CV-14",
    requires="a new Nonce in every message of a sender",
    source="IEC 61968-100, Header.ReplayDetection; WS-Security UsernameToken Profile 1.1 section 3.1",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_SAID.format("n-2"),),
    fails=(_SAID.format("n-1"),),
    why="Whoever has recorded one message can make others from it.",
    mend="Make a new Nonce for each message.",
)
