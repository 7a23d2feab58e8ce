"""SO-11: who demands to be understood must speak a language that others know."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.envelope import EnvelopeView

KNOWN: Final = (
    "http://www.w3.org/2005/08/addressing",
    "http://schemas.xmlsoap.org/ws/2004/08/addressing",
    "http://docs.oasis-open.org/wss/",
    "http://docs.oasis-open.org/ws-rx/",
)


def check(envelope: EnvelopeView) -> Iterator[Breach]:
    """A block with mustUnderstand that belongs to no standard that a receiver of these messages is expected to know."""
    for block in envelope.blocks:
        if block.must_understand in ("1", "true") and block.namespace and not block.namespace.startswith(KNOWN):
            yield Breach(block.where, f"{block.name} of {block.namespace!r}")


RULE = Rule(
    id="SO-11",
    requires="mustUnderstand only on headers of WS-Addressing and WS-Security, unless both sides agreed on more",
    source="SOAP 1.1 section 4.2.3",
    severity=Severity.WARNING,
    works_on=EnvelopeView,
    check=check,
    passes=('<s:Header><a:Tracking xmlns:a="urn:utility" s:mustUnderstand="0">7</a:Tracking></s:Header>',),
    fails=('<s:Header><a:Tracking xmlns:a="urn:utility" s:mustUnderstand="1">7</a:Tracking></s:Header>',),
    why="Every other product has to refuse the message as a whole.",
    mend="Leave mustUnderstand out of headers of your own.",
)
