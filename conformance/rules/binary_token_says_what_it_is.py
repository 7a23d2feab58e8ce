"""WS-06: a token of unknown kind cannot be checked."""

import base64
import binascii
from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.security import SecurityView


def _is_base64(value: str) -> bool:
    """Whether a text decodes to something."""
    try:
        return bool(base64.b64decode("".join(value.split()), validate=True))
    except (binascii.Error, ValueError):
        return False


def check(security: SecurityView) -> Iterator[Breach]:
    """A BinarySecurityToken without ValueType, or whose value is no base64."""
    for token in security.tokens:
        if not token.value_type:
            yield Breach(token.where, "no ValueType")
        if not _is_base64(token.value):
            yield Breach(token.where, "a value that is no base64")


_X509 = 'ValueType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3"'
_CERTIFICATE = (
    "<capture><s:Header><wsse:Security><wsse:BinarySecurityToken {}>{}</wsse:BinarySecurityToken></wsse:Security></s:Header></capture>"
)

RULE = Rule(
    id="WS-06",
    requires="a BinarySecurityToken to name its ValueType and to be base64",
    source="WS-Security 1.1 section 6.3 (binary security tokens), WS-I BSP 1.1",
    severity=Severity.ERROR,
    works_on=SecurityView,
    check=check,
    passes=(_CERTIFICATE.format(_X509, "bWV0ZXJnYXRl"),),
    fails=(
        _CERTIFICATE.format("", "bWV0ZXJnYXRl"),
        _CERTIFICATE.format(_X509, "not base64!"),
    ),
    why="The receiver cannot tell whose certificate it is and refuses every delivery.",
    mend="Write the certificate in base64, with the ValueType of X.509.",
)
