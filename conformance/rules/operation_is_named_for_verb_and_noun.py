"""WD-06: an operation is named for what it does."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.wsdl import WsdlView


def check(wsdl: WsdlView) -> Iterator[Breach]:
    """An operation whose name is not a verb and a noun."""
    for port_type in wsdl.port_types:
        for operation in port_type.operations:
            if wsdl.verb_and_noun(operation.name) is None:
                yield Breach(operation.where, f"operation {operation.name!r}")


RULE = Rule(
    id="WD-06",
    requires="operations to be named for a verb and a noun",
    source="IEC 61968-100 (operation naming)",
    severity=Severity.WARNING,
    works_on=WsdlView,
    check=check,
    passes=("<wsdl/>",),
    fails=('<wsdl operation="DeliverReadings"/>',),
    why="Nobody can tell which of the operations takes a corrected reading.",
    mend="Name the operation for its verb and its noun, as in CreatedMeterReadings.",
)
