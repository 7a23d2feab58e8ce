"""SO-08: an encodingStyle asks for another way of reading than the schema does."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.envelope import EnvelopeView
from conformance.views.place import local_name, where


def check(envelope: EnvelopeView) -> Iterator[Breach]:
    """An encodingStyle on the envelope, its parts, or the element in its Body."""
    for element in envelope.styled():
        yield Breach(where(element), f"encodingStyle on {local_name(element)}")


RULE = Rule(
    id="SO-08",
    requires="no encodingStyle on the envelope, its parts or the message",
    source="WS-I BP 1.1 (encodingStyle attribute)",
    severity=Severity.ERROR,
    works_on=EnvelopeView,
    check=check,
    passes=("<s:Body><message/></s:Body>",),
    fails=('<s:Body s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><message/></s:Body>',),
    why="A receiver that follows it reads other values than were written.",
    mend="Leave encodingStyle out: messages are document/literal.",
)
