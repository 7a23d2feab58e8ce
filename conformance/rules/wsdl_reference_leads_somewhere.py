"""WD-14: a name that nothing has leads nowhere."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.wsdl import WsdlView


def check(wsdl: WsdlView) -> Iterator[Breach]:
    """A reference to a message, a port type or a binding that is not in the document."""
    bindings = {binding.name for binding in wsdl.bindings}
    for binding in wsdl.bindings:
        if wsdl.port_type_of(binding) is None:
            yield Breach(binding.where, f"port type {binding.port_type!r}, which is not there")
    for port_type in wsdl.port_types:
        for operation in port_type.operations:
            for name in (operation.takes, operation.answers):
                if name is not None and name not in wsdl.messages:
                    yield Breach(operation.where, f"message {name!r}, which is not there")
    for service in wsdl.services:
        for port in service.ports:
            if bindings and port.binding not in bindings:
                yield Breach(port.address.where, f"binding {port.binding!r}, which is not there")


RULE = Rule(
    id="WD-14",
    requires="every message, port type and binding that is named to be there",
    source="WSDL 1.1 section 2.1 (document naming and linking)",
    severity=Severity.ERROR,
    works_on=WsdlView,
    check=check,
    passes=("<wsdl/>",),
    fails=('<wsdl type="Readings"/>',),
    why="No client can be made from it.",
    mend="Name what there is, or add what is named.",
)
