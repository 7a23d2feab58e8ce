"""WD-11: what is offered must be possible."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.wsdl import WsdlView


def check(wsdl: WsdlView) -> Iterator[Breach]:
    """An operation of a port type that its binding does not have, or the reverse."""
    for binding in wsdl.bindings:
        port_type = wsdl.port_type_of(binding)
        if port_type is None:
            continue
        offered, bound = {each.name for each in port_type.operations}, {each.name for each in binding.operations}
        for name in sorted(offered ^ bound):
            where = "the port type alone" if name in offered else "the binding alone"
            yield Breach(binding.where, f"operation {name!r} in {where}")


RULE = Rule(
    id="WD-11",
    requires="binding and port type to have the same operations",
    source="WS-I BP 1.1 (bindings and port types)",
    severity=Severity.ERROR,
    works_on=WsdlView,
    check=check,
    passes=("<wsdl/>",),
    fails=('<wsdl bound="ChangedMeterReadings" action="http://iec.ch/TC57/2011/MeterReadings/ChangedMeterReadings"/>',),
    why="A client offers to send corrections, and cannot.",
    mend="Bind each operation of the port type, and no other.",
)
