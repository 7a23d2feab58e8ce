"""WD-03: a binding says how its messages travel."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.wsdl import WsdlView

TRANSPORTS: Final = ("http://schemas.xmlsoap.org/soap/http", "http://www.w3.org/2003/05/soap/bindings/HTTP/")


def check(wsdl: WsdlView) -> Iterator[Breach]:
    """A binding of SOAP with another transport than HTTP."""
    for binding in wsdl.bindings:
        if binding.transport.text not in TRANSPORTS:
            yield Breach(binding.transport.where, f"transport {binding.transport.text!r}")


RULE = Rule(
    id="WD-03",
    requires="every binding of SOAP to name HTTP as its transport",
    source="WS-I BP 1.1 (HTTP transport), WSDL 1.1 section 3.3",
    severity=Severity.ERROR,
    works_on=WsdlView,
    check=check,
    passes=("<wsdl/>",),
    fails=('<wsdl transport="http://schemas.xmlsoap.org/soap/smtp"/>',),
    why="Generated clients do not know how to send, and send nothing.",
    mend="Write the transport http://schemas.xmlsoap.org/soap/http.",
)
