"""WD-10: a service without an address cannot be called."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.wsdl import WsdlView


def check(wsdl: WsdlView) -> Iterator[Breach]:
    """A port whose address is no absolute address of HTTP."""
    for service in wsdl.services:
        for port in service.ports:
            if not port.address.text.startswith(("http://", "https://")):
                yield Breach(port.address.where, f"address {port.address.text!r} of {service.name}")


RULE = Rule(
    id="WD-10",
    requires="every port to have an absolute address of HTTP",
    source="WSDL 1.1 section 3.8 (soap:address)",
    severity=Severity.ERROR,
    works_on=WsdlView,
    check=check,
    passes=("<wsdl/>",),
    fails=(
        '<wsdl address="/soap"/>',
        '<wsdl address=""/>',
    ),
    why="The delivery goes to an address that somebody has guessed.",
    mend="Write the address at which the service can be reached.",
)
