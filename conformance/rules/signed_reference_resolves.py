"""WS-09: a signature over something that is not there."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.security import SecurityView


def check(security: SecurityView) -> Iterator[Breach]:
    """A reference into this document that leads nowhere, or out of it."""
    for signature in security.signatures:
        for reference in signature.references:
            if reference.uri and not security.referred(reference):
                yield Breach(reference.where, f"URI {reference.uri!r}")


_SIGNED = (
    '<capture><s:Header><wsse:Security>{extra}<ds:Signature><ds:SignedInfo><ds:SignatureMethod Algorithm="{method}"/>'
    '<ds:Reference URI="{uri}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms>'
    '<ds:DigestMethod Algorithm="{digest}"/></ds:Reference></ds:SignedInfo></ds:Signature></wsse:Security></s:Header>'
    '<s:Body wsu:Id="{body}"><message/></s:Body></capture>'
)
_USUAL = {
    "extra": "",
    "method": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "uri": "#body",
    "digest": "http://www.w3.org/2001/04/xmlenc#sha256",
    "body": "body",
}

RULE = Rule(
    id="WS-09",
    requires="every reference of a signature to lead to an element of the same document",
    source="XML Signature 1.1 section 4.4.3, WS-I BSP 1.1 (references)",
    severity=Severity.ERROR,
    works_on=SecurityView,
    check=check,
    passes=(_SIGNED.format(**_USUAL),),
    fails=(
        _SIGNED.format(**_USUAL | {"uri": "http://hes.metergate.test/body.xml"}),
        _SIGNED.format(**_USUAL | {"uri": "#elsewhere"}),
    ),
    why="The receiver fetches something from an address that a stranger chose, or refuses every delivery.",
    mend="Refer to the Body by its wsu:Id.",
)
