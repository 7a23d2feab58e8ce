"""WS-09: a signature over something that is not there."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.example_signed import signed
from conformance.rule import Breach, Rule
from conformance.views.security import SecurityView


def check(security: SecurityView) -> Iterator[Breach]:
    """A reference into this document that leads nowhere, or out of it."""
    for signature in security.signatures:
        for reference in signature.references:
            if reference.uri and not security.referred(reference):
                yield Breach(reference.where, f"URI {reference.uri!r}")


RULE = Rule(
    id="WS-09",
    requires="every reference of a signature to lead to an element of the same document",
    source="XML Signature 1.1 section 4.4.3, WS-I BSP 1.1 (references)",
    severity=Severity.ERROR,
    works_on=SecurityView,
    check=check,
    passes=(signed(),),
    fails=(
        signed(uri="http://hes.metergate.test/body.xml"),
        signed(uri="#elsewhere"),
    ),
    why="The receiver fetches something from an address that a stranger chose, or refuses every delivery.",
    mend="Refer to the Body by its wsu:Id.",
)
