"""WS-14: what is signed in part is trusted as a whole."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.example_signed import signed
from conformance.rule import Breach, Rule
from conformance.views.place import where
from conformance.views.security import SecurityView

FILTER: Final = "http://www.w3.org/2002/06/xmldsig-filter2"
"""A transform that the Basic Security Profile allows, and that may leave out what it likes."""


def check(security: SecurityView) -> Iterator[Breach]:
    """A signature over what stands in the Body and not over the Body, or over the Body as a filter leaves it."""
    body = security.envelope.body
    references = [reference for signature in security.signatures for reference in signature.references]
    of_body = [reference for reference in references if any(element is body for element in security.referred(reference))]
    if body is None:
        return
    if of_body:
        if all(FILTER in reference.transforms for reference in of_body):
            yield Breach(where(body), "a Body that is signed as a filter leaves it")
    elif security.covers_the_message(element for reference in references for element in security.referred(reference)):
        yield Breach(where(body), "a Body that is not signed itself, around a message that is")


RULE = Rule(
    id="WS-14",
    requires="a signature over a message to be one over the whole Body of its envelope",
    source="WS-Security 1.1 section 8.3 (signing messages), WS-SecurityPolicy 1.2 (SignedParts)",
    severity=Severity.WARNING,
    works_on=SecurityView,
    check=check,
    passes=(signed(),),
    fails=(signed(transform=FILTER),),
    why="A receiver that was told to expect a signed Body refuses every delivery, or trusts what nobody signed.",
    mend="Sign the Body element by its wsu:Id, canonicalised exclusively and without a filter.",
)
