"""WD-07: a schema that nobody can find is no schema."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.wsdl import WsdlView


def check(wsdl: WsdlView) -> Iterator[Breach]:
    """An import of a schema that does not say where it is."""
    for found in wsdl.imports:
        if not found.location:
            yield Breach(found.where, f"an import of {found.namespace!r} without schemaLocation")


RULE = Rule(
    id="WD-07",
    requires="every import of a schema to say where it is",
    source="WS-I BP 1.1 (schema imports); XML Schema 1.0 part 1 section 4.2.3",
    severity=Severity.ERROR,
    works_on=WsdlView,
    check=check,
    passes=("<wsdl/>",),
    fails=('<wsdl location=""/>',),
    why="Clients come out of their generator without a single operation, and nothing says why.",
    mend="Write schemaLocation, with an address that can be read.",
)
