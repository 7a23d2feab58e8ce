"""HT-04: a request that does not say what it wants."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.http import HttpView


def check(http: HttpView) -> Iterator[Breach]:
    """A SOAP 1.1 request without the header SOAPAction."""
    if http.version == "1.1" and http.is_request and http.header("soapaction") is None:
        yield http.breach("no SOAPAction")


RULE = Rule(
    id="HT-04",
    requires="every request of SOAP 1.1 to have the header SOAPAction",
    source="SOAP 1.1 section 6.1.1, WS-I BP 1.1",
    severity=Severity.ERROR,
    works_on=HttpView,
    check=check,
    passes=('<capture method="POST"/>',),
    fails=('<capture method="POST" without="soapaction"/>',),
    why="Servers and gateways that go by it refuse the message.",
    mend="Send the SOAPAction that the WSDL gives for the operation.",
)
