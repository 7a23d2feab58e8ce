"""WD-05: a service is found by its name."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.wsdl import SERVICE_VERBS, WsdlView


def check(wsdl: WsdlView) -> Iterator[Breach]:
    """A service whose name is not one of the standard's words and a noun."""
    for service in wsdl.services:
        if not any(service.name == f"{word}{noun}" for word in SERVICE_VERBS for noun in wsdl.dialect.nouns):
            yield Breach(service.where, f"service {service.name!r}")


RULE = Rule(
    id="WD-05",
    requires="services to be named Get, Execute, Request, Send, Receive or Reply, and a noun",
    source="IEC 61968-100 (service naming)",
    severity=Severity.WARNING,
    works_on=WsdlView,
    check=check,
    passes=("<wsdl/>",),
    fails=('<wsdl service="MeterReadingsService"/>',),
    why="Whoever integrates the product has to ask which service takes readings.",
    mend="Name the service for what it does with which noun.",
)
