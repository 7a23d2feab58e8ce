"""WD-13: a service that receives is not asked."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.wsdl import SERVICE_VERBS, WsdlView


def check(wsdl: WsdlView) -> Iterator[Breach]:
    """An operation with a verb that the service's name does not promise."""
    for service in wsdl.services:
        word = next((word for word in SERVICE_VERBS if service.name.startswith(word)), None)
        bound = {port.binding for port in service.ports}
        for binding in wsdl.bindings if word is not None else ():
            for operation in binding.operations if binding.name in bound else ():
                said = wsdl.verb_and_noun(operation.name)
                if said is not None and word is not None and said[0] not in SERVICE_VERBS[word]:
                    yield Breach(operation.where, f"{operation.name} in {service.name}")


RULE = Rule(
    id="WD-13",
    requires="operations with a verb that the name of their service promises",
    source="IEC 61968-100 (service naming)",
    severity=Severity.WARNING,
    works_on=WsdlView,
    check=check,
    passes=("<wsdl/>",),
    fails=('<wsdl service="GetMeterReadings"/>',),
    why="Rights are given by service: who may only ask can also deliver.",
    mend="Put get into Get, orders into Execute or Request, news into Send or Receive, and answers into Reply.",
)
