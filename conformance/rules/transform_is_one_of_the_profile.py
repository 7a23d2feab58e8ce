"""WS-15: what a transform makes of a message, not the message, is what was signed."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.names import WSS_MESSAGES
from conformance.example_signed import signed
from conformance.rule import Breach, Rule
from conformance.views.security import EXCLUSIVE, SecurityView

_ATTACHMENTS: Final = "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-{}-Signature-Transform"

ALLOWED: Final = frozenset(
    {
        EXCLUSIVE,
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://www.w3.org/2002/06/xmldsig-filter2",
        f"{WSS_MESSAGES}#STR-Transform",
        _ATTACHMENTS.format("Content"),
        _ATTACHMENTS.format("Complete"),
    }
)


def check(security: SecurityView) -> Iterator[Breach]:
    """A reference with another transform: XSLT and XPath can make anything of what they are given."""
    for signature in security.signatures:
        for reference in signature.references:
            for strange in (each for each in reference.transforms if each not in ALLOWED):
                yield Breach(reference.where, f"transform {strange!r}")


RULE = Rule(
    id="WS-15",
    requires="every transform of a signature to be one that the Basic Security Profile allows",
    source="WS-I BSP 1.1, R5423",
    severity=Severity.ERROR,
    works_on=SecurityView,
    check=check,
    passes=(signed(),),
    fails=(
        signed(transform="http://www.w3.org/TR/1999/REC-xslt-19991116"),
        signed(transform="http://www.w3.org/TR/1999/REC-xpath-19991116"),
    ),
    why="The signature holds, over a text that is not the command that is carried out.",
    mend="Canonicalise exclusively (http://www.w3.org/2001/10/xml-exc-c14n#), and do nothing else.",
)
