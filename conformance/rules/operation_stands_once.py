"""WD-12: two operations of one name are one too many."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.wsdl import WsdlView


def check(wsdl: WsdlView) -> Iterator[Breach]:
    """Two operations of one name in a port type."""
    for port_type in wsdl.port_types:
        seen: set[str] = set()
        for operation in port_type.operations:
            if operation.name in seen:
                yield Breach(operation.where, f"operation {operation.name!r} again")
            seen.add(operation.name)


RULE = Rule(
    id="WD-12",
    requires="every operation of a port type to have a name of its own",
    source="WS-I BP 1.1 (operation overloading)",
    severity=Severity.ERROR,
    works_on=WsdlView,
    check=check,
    passes=("<wsdl/>",),
    fails=("<wsdl twice=\"&lt;wsdl:operation name='CreatedMeterReadings'/&gt;\"/>",),
    why="One generator keeps the first, another the last.",
    mend="Give each operation a name of its own.",
)
