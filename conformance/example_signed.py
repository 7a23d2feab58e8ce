"""The signed envelope that rules about signatures show as their example: right in all but what they name."""

from typing import Final

_SIGNED: Final = (
    '<capture><s:Header><wsse:Security>{extra}<ds:Signature><ds:SignedInfo><ds:SignatureMethod Algorithm="{method}"/>'
    '<ds:Reference URI="{uri}"><ds:Transforms><ds:Transform Algorithm="{transform}"/></ds:Transforms>'
    '<ds:DigestMethod Algorithm="{digest}"/></ds:Reference></ds:SignedInfo>{proof}</ds:Signature></wsse:Security></s:Header>'
    '<s:Body wsu:Id="{body}"><message/></s:Body></capture>'
)

_EXCLUSIVE: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
_CERTIFICATE: Final = (
    "MIIBCDCBr6ADAgECAgEBMAoGCCqGSM49BAMCMA4xDDAKBgNVBAMMA2hlczAeFw0yNjAxMDEwMDAwMDBaFw00NjAxMDEwMDAwMDBaMA4xDDAKBgNVBAMMA2hlczBZ"
    "MBMGByqGSM49AgEGCCqGSM49AwEHA0IABJD2Jom0/3nvf0V+pqWumdA6p3hB7gRWhClwgT1j7X6LCi+aDfBN38pgf6ToISK7xwvNkIfLXMiKbrhgmMwUOmYwCgYI"
    "KoZIzj0EAwIDSAAwRQIgRCsYG+5UKOdncA+mxopvCyzsWbfOq3h4RFaVsi1rhk8CIQCCPvDzldUd0SYbbJdfevcHW1jAt04x1wlLgMAaKdqA3Q=="
)
VALUE: Final = "rTemSJjPKrekcK3WtBAQ2/yLugaBJpSrSvh1RZcuFq/oyY/SIFW5b7OcAu3n7w4UlvfhtNjxVIHCBpw4vtBF5w=="
"""What the key of the certificate makes of the SignedInfo below; that key is gone."""

_STANDING: Final = (
    '<wsse:BinarySecurityToken wsu:Id="token" ValueType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0'
    '#X509v3">{}</wsse:BinarySecurityToken>'
)
_PROOF: Final = (
    "<ds:SignatureValue>{}</ds:SignatureValue><ds:KeyInfo><wsse:SecurityTokenReference>"
    '<wsse:Reference URI="#token"/></wsse:SecurityTokenReference></ds:KeyInfo>'
)


def signed(
    *,
    extra: str = "",
    method: str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    uri: str = "#body",
    digest: str = "http://www.w3.org/2001/04/xmlenc#sha256",
    body: str = "body",
    transform: str = "http://www.w3.org/2001/10/xml-exc-c14n#",
    proof: str = "",
) -> str:
    """The envelope, as `conformance.example` reads it.

    extra: what stands beside the signature in the Security header. method, digest: of the signature and of its reference.
    uri: where the reference leads. body: the wsu:Id of the Body. transform: of the reference. proof: what follows SignedInfo.
    """
    return _SIGNED.format(extra=extra, method=method, uri=uri, digest=digest, body=body, transform=transform, proof=proof)


def proved(*, certificate: str = _CERTIFICATE, value: str = VALUE) -> str:
    """The envelope with the signer's certificate and a SignatureValue that fits it."""
    method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
    example = signed(method=method, extra=_STANDING.format(certificate), proof=_PROOF.format(value))
    return example.replace("<ds:SignedInfo>", f'<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{_EXCLUSIVE}"/>')
