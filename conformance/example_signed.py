"""The signed envelope that rules about signatures show as their example: right in all but what they name."""

from typing import Final

_SIGNED: Final = (
    '<capture><s:Header><wsse:Security>{extra}<ds:Signature><ds:SignedInfo><ds:SignatureMethod Algorithm="{method}"/>'
    '<ds:Reference URI="{uri}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms>'
    '<ds:DigestMethod Algorithm="{digest}"/></ds:Reference></ds:SignedInfo></ds:Signature></wsse:Security></s:Header>'
    '<s:Body wsu:Id="{body}"><message/></s:Body></capture>'
)


def signed(
    *,
    extra: str = "",
    method: str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    uri: str = "#body",
    digest: str = "http://www.w3.org/2001/04/xmlenc#sha256",
    body: str = "body",
) -> str:
    """The envelope, as `conformance.example` reads it.

    extra: what stands beside the signature in the Security header. method, digest: of the signature and of its reference.
    uri: where the reference leads. body: the wsu:Id of the Body.
    """
    return _SIGNED.format(extra=extra, method=method, uri=uri, digest=digest, body=body)
