"""WD-02: what the schema says is what is sent."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.wsdl import WsdlView


def check(wsdl: WsdlView) -> Iterator[Breach]:
    """A body or a fault with another use than literal."""
    for binding in wsdl.bindings:
        for operation in binding.operations:
            for use in operation.uses:
                if use.text != "literal":
                    yield Breach(use.where, f"use {use.text!r}")


RULE = Rule(
    id="WD-02",
    requires="every body and fault to be literal",
    source="WS-I BP 1.1 (use attribute)",
    severity=Severity.ERROR,
    works_on=WsdlView,
    check=check,
    passes=("<wsdl/>",),
    fails=('<wsdl use="encoded"/>',),
    why="Values are written in a way that no validator of the other side takes.",
    mend='Write use="literal".',
)
