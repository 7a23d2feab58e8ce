"""WD-01: a message is a document, not a call."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.wsdl import WsdlView


def check(wsdl: WsdlView) -> Iterator[Breach]:
    """A binding, or an operation of one, of another style than document."""
    for binding in wsdl.bindings:
        for style in (binding.style, *(operation.style for operation in binding.operations)):
            if style is not None and style.text != "document":
                yield Breach(style.where, f"style {style.text!r}")


RULE = Rule(
    id="WD-01",
    requires="every binding to be of style document",
    source="WS-I BP 1.1 (document-literal binding); IEC 61968-100 (web service binding)",
    severity=Severity.ERROR,
    works_on=WsdlView,
    check=check,
    passes=("<wsdl/>",),
    fails=('<wsdl style="rpc"/>',),
    why="Clients wrap each message in an element that no other system expects.",
    mend='Write style="document".',
)
