"""SO-12: a type hint on the envelope changes what a reader sees."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.envelope import EnvelopeView
from conformance.views.place import children, local_name, where

INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"


def check(envelope: EnvelopeView) -> Iterator[Breach]:
    """A schemaLocation or an xsi:type on the envelope, its parts or the element in its Body."""
    for element in (envelope.root, *children(envelope.root), *envelope.contents()):
        for name in element.attrib:
            if str(name).startswith(f"{{{INSTANCE}}}") and not str(name).endswith("}nil"):
                yield Breach(where(element), f"{str(name).rpartition('}')[2]} on {local_name(element)}")


RULE = Rule(
    id="SO-12",
    requires="no xsi:schemaLocation and no xsi:type on the envelope or the message",
    source="MeterGate (a receiver reads by the schemas that were agreed on)",
    severity=Severity.WARNING,
    works_on=EnvelopeView,
    check=check,
    passes=("<s:Body><message/></s:Body>",),
    fails=(
        (
            '<s:Body xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:schemaLocation="urn:a http://hes.metergate.test/a.xsd">'
            "<message/></s:Body>"
        ),
    ),
    why="A receiver that follows the hint fetches a document from an address that a stranger chose.",
    mend="Leave the hints out: both sides have the schemas.",
)
