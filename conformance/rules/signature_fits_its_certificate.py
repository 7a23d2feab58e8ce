"""WS-17: whoever signs with another key than that of his certificate has proved that he is somebody else."""

import base64
import binascii
from collections.abc import Iterator
from typing import Final

from lxml import etree

from ami.findings import Severity
from ami.names import WSS_CERTIFICATES, WSSE
from conformance.example_signed import VALUE, proved
from conformance.rule import Breach, Rule
from conformance.views.place import text
from conformance.views.security import EXCLUSIVE, SecurityView, SignatureView

ALGORITHMS: Final = {
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256": "TransformRsaSha256",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512": "TransformRsaSha512",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256": "TransformEcdsaSha256",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512": "TransformEcdsaSha512",
}
"""Algorithm -> what xmlsec calls it. Weaker ones are refused for what they are."""


def check(security: SecurityView) -> Iterator[Breach]:
    """A SignatureValue that does not fit SignedInfo under the certificate that stands in the message. Whom to trust is not asked."""
    for signature in security.signatures:
        algorithm = ALGORITHMS.get(signature.method.text)
        if signature.signed is None or signature.canonical_method != EXCLUSIVE or algorithm is None:
            continue
        certificate, value = _certificate(security, signature), _bytes(signature.value)
        if certificate and value:
            prefixes = list(signature.canonical_prefixes) or None
            info = etree.tostring(signature.signed, method="c14n", exclusive=True, with_comments=False, inclusive_ns_prefixes=prefixes)
            wrong = _wrong(info, algorithm, value, certificate)
            if wrong:
                yield Breach(signature.where, wrong)


def _certificate(security: SecurityView, signature: SignatureView) -> bytes:
    """The certificate that a signature refers to, if it is one in the same document; else nothing."""
    elements = security.elements_by_id.get(signature.token.text[1:], ()) if signature.token is not None else ()
    if len(elements) != 1 or elements[0].tag != f"{{{WSSE}}}BinarySecurityToken":
        return b""
    return _bytes(text(elements[0])) if elements[0].get("ValueType") == f"{WSS_CERTIFICATES}#X509v3" else b""


def _bytes(written: str) -> bytes:
    try:
        return base64.b64decode("".join(written.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _wrong(signed_info: bytes, algorithm: str, value: bytes, certificate: bytes) -> str:
    """What does not fit; empty where all does."""
    import xmlsec

    context = xmlsec.SignatureContext()
    try:
        context.key = xmlsec.Key.from_memory(certificate, xmlsec.constants.KeyDataFormatCertDer)
    except xmlsec.Error:
        return "a token that is called a certificate and is none"
    try:
        context.verify_binary(signed_info, getattr(xmlsec.constants, algorithm), value)
    except xmlsec.Error:
        return "a SignatureValue that was not made with the key of the certificate in this message, or not over this SignedInfo"
    return ""


RULE = Rule(
    id="WS-17",
    requires="a signature that fits the certificate that it names, where both stand in the message",
    source="XML Signature 1.1 section 3.2.2 (signature validation)",
    severity=Severity.ERROR,
    works_on=SecurityView,
    check=check,
    passes=(proved(),),
    fails=(proved(value=VALUE.replace("rTem", "rTen")), proved(certificate="MIIB")),
    why="Anybody can put the head-end's certificate beside readings of his own.",
    mend="Sign with the private key of the certificate that is sent, as the very last step.",
)
