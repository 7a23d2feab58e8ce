"""HE-02: a reply that does not say what it replies to answers nobody."""

from collections.abc import Iterator

from ami.findings import Severity
from ami.messages import Kind
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView


def check(header: HeaderView) -> Iterator[Breach]:
    """A response without a CorrelationID."""
    if header.wrapping.kind is Kind.RESPONSE and header.correlation_id is None:
        yield header.breach("CorrelationID")


RULE = Rule(
    id="HE-02",
    requires="every reply to carry the CorrelationID of its request",
    source="IEC 61968-100, Header.CorrelationID",
    severity=Severity.ERROR,
    works_on=HeaderView,
    check=check,
    passes=("<Reply><Result>OK</Result></Reply><CorrelationID>5f0c</CorrelationID>", "<MessageID>5f0c</MessageID>"),
    fails=("<Reply><Result>OK</Result></Reply><CorrelationID/>",),
    why="A reading that was asked for arrives and cannot be put to the customer who asked.",
    mend="Copy the MessageID of the request into CorrelationID of the reply.",
)
