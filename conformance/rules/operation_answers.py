"""WD-15: who is asked answers."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.wsdl import WsdlView


def check(wsdl: WsdlView) -> Iterator[Breach]:
    """An operation without an output."""
    for port_type in wsdl.port_types:
        for operation in port_type.operations:
            if operation.answers is None:
                yield Breach(operation.where, f"{operation.name} without an output")


RULE = Rule(
    id="WD-15",
    requires="every operation to have an output",
    source="IEC 61968-100 (request and reply); WSDL 1.1 section 2.4",
    severity=Severity.WARNING,
    works_on=WsdlView,
    check=check,
    passes=("<wsdl/>",),
    fails=('<wsdl output=""/>',),
    why="Nobody knows whether the readings arrived, so they are sent again, or never.",
    mend="Answer with the response message of the noun.",
)
