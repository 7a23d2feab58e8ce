"""WS-13: a signature that leaves the message out protects the wrong thing."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.example_signed import signed
from conformance.rule import Breach, Rule
from conformance.views.place import path, where
from conformance.views.security import SecurityView


def check(security: SecurityView) -> Iterator[Breach]:
    """A signature over headers alone."""
    body = security.envelope.body
    references = [reference for signature in security.signatures for reference in signature.references]
    covered = [element for reference in references for element in security.referred(reference)]
    if body is not None and covered and all(map(security.is_header, covered)):
        yield Breach(where(body), f"a Body that no signature covers; signed is {', '.join(map(path, covered))}")


_STAMP = "<wsu:Timestamp wsu:Id='stamp'><wsu:Created>2026-03-01T01:00:10Z</wsu:Created></wsu:Timestamp>"

RULE = Rule(
    id="WS-13",
    requires="a signature to cover the Body and not headers alone",
    source="WS-Security 1.1 section 8.3 (signing messages)",
    severity=Severity.WARNING,
    works_on=SecurityView,
    check=check,
    passes=(signed(),),
    fails=(signed(extra=_STAMP, uri="#stamp"),),
    why="Whoever stands between two systems can change readings, and the signature still holds.",
    mend="Sign the Body too, or leave it to TLS by agreement.",
)
