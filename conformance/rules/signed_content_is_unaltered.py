"""WS-11: the digest tells whether somebody changed what was signed."""

import base64
import hashlib
from collections.abc import Iterator
from typing import Final

from lxml import etree

from ami.findings import Severity
from conformance.example_signed import signed
from conformance.rule import Breach, Rule
from conformance.views.place import path
from conformance.views.security import EXCLUSIVE, SecurityView

HASHES: Final = {
    "http://www.w3.org/2000/09/xmldsig#sha1": hashlib.sha1,
    "http://www.w3.org/2001/04/xmlenc#sha256": hashlib.sha256,
    "http://www.w3.org/2001/04/xmlenc#sha512": hashlib.sha512,
}


def check(security: SecurityView) -> Iterator[Breach]:
    """A digest that is not that of the element it refers to, where that was canonicalised exclusively and in no other way."""
    for signature in security.signatures:
        for reference in signature.references:
            hashed = HASHES.get(reference.digest_method)
            elements = security.referred(reference)
            if hashed is None or not reference.digest or len(elements) != 1 or reference.transforms != (EXCLUSIVE,):
                continue
            prefixes = list(reference.inclusive_prefixes) or None
            canonical = etree.tostring(elements[0], method="c14n", exclusive=True, with_comments=False, inclusive_ns_prefixes=prefixes)
            if base64.b64encode(hashed(canonical).digest()).decode() != reference.digest:
                yield Breach(reference.where, f"another digest than that of {path(elements[0])}")


_STAMP = "<wsu:Timestamp wsu:Id='stamp'><wsu:Created>2026-03-01T01:00:10Z</wsu:Created></wsu:Timestamp>"
_SECOND = (
    "<ds:Reference URI='#stamp'><ds:Transforms><ds:Transform Algorithm='http://www.w3.org/2001/10/xml-exc-c14n#'/></ds:Transforms>"
    "<ds:DigestMethod Algorithm='http://www.w3.org/2001/04/xmlenc#sha256'/><ds:DigestValue>{}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
)
_EMPTY = signed(extra=_STAMP).replace("</ds:SignedInfo>", _SECOND)

RULE = Rule(
    id="WS-11",
    requires="the digest of a reference to be that of what it refers to",
    source="XML Signature 1.1 section 3.2.1 (reference validation)",
    severity=Severity.ERROR,
    works_on=SecurityView,
    check=check,
    passes=(
        signed(),
        _EMPTY.format("t6icu0ODNu+eHUKJ5NBlMMK5W2CBrdzTQPk0+L3zdbs="),
    ),
    fails=(_EMPTY.format("AAAAu0ODNu+eHUKJ5NBlMMK5W2CBrdzTQPk0+L3zdbs="),),
    why="A reading that was changed on its way is billed, although the signature would have shown it.",
    mend="Sign the message as the very last step, and do not touch it afterwards.",
)
