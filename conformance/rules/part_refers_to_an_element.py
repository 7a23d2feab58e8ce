"""WD-08: a message of a document binding is one element."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.wsdl import WsdlView


def check(wsdl: WsdlView) -> Iterator[Breach]:
    """A message of an operation with more or fewer than one part, or whose part names a type."""
    used = {name for port_type in wsdl.port_types for each in port_type.operations for name in (each.takes, each.answers)}
    for name, parts in wsdl.messages.items():
        if name not in used:
            continue
        if len(parts) != 1:
            yield Breach(wsdl.message_places[name], f"{len(parts)} parts in message {name!r}")
        for part in parts:
            if part.element is None:
                yield Breach(part.where, "a part without an element")


RULE = Rule(
    id="WD-08",
    requires="every message to have one part, which refers to an element",
    source="WS-I BP 1.1 (document-literal binding, parts)",
    severity=Severity.ERROR,
    works_on=WsdlView,
    check=check,
    passes=("<wsdl/>",),
    fails=(
        "<wsdl part=\"type='xs:string'\"/>",
        "<wsdl more=\"&lt;wsdl:part name='more' element='e:CreatedMeterReadings'/&gt;\"/>",
    ),
    why="Clients build a Body with two elements, or with text, and every receiver refuses it.",
    mend="Let each message have one part, with the root element of the message.",
)
