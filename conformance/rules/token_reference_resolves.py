"""WS-16: a key that is not there proves nothing."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.example_signed import signed
from conformance.rule import Breach, Rule
from conformance.views.security import SecurityView


def check(security: SecurityView) -> Iterator[Breach]:
    """A signature whose token is referred to within the document and is not in it."""
    for signature in security.signatures:
        token = signature.token
        if token is not None and token.text.startswith("#") and token.text[1:] not in security.elements_by_id:
            yield Breach(token.where, f"URI {token.text!r}")


_STANDING = (
    '<wsse:BinarySecurityToken wsu:Id="token" ValueType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0'
    '#X509v3">MIIB</wsse:BinarySecurityToken>'
)
_KEY = '<ds:KeyInfo><wsse:SecurityTokenReference><wsse:Reference URI="{}"/></wsse:SecurityTokenReference></ds:KeyInfo>'

RULE = Rule(
    id="WS-16",
    requires="the token of a signature to stand where the signature says",
    source="WS-Security 1.1 section 7.2 (direct references), WS-I BSP 1.1 (security token references)",
    severity=Severity.ERROR,
    works_on=SecurityView,
    check=check,
    passes=(signed(extra=_STANDING, proof=_KEY.format("#token")),),
    fails=(signed(extra=_STANDING, proof=_KEY.format("#another")),),
    why="The receiver cannot tell who signed, and refuses the delivery or takes it on trust.",
    mend="Send the token in the Security header, and refer to it by its wsu:Id.",
)
