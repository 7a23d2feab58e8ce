"""WS-10: a signature that can be forged protects nobody."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.example_signed import signed
from conformance.rule import Breach, Rule
from conformance.views.security import SecurityView

WEAK: Final = ("md5", "sha1")


def check(security: SecurityView) -> Iterator[Breach]:
    """A signature or a digest by MD5 or SHA-1."""
    for signature in security.signatures:
        if signature.method.text.endswith(WEAK):
            yield Breach(signature.method.where, signature.method.text)
        for reference in signature.references:
            if reference.digest_method.endswith(WEAK):
                yield Breach(reference.where, reference.digest_method)


RULE = Rule(
    id="WS-10",
    requires="signatures and digests by SHA-256 or better",
    source="NIST SP 800-131A (SHA-1, MD5), XML Signature 1.1 section 6",
    severity=Severity.WARNING,
    works_on=SecurityView,
    check=check,
    passes=(signed(),),
    fails=(
        signed(method="http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
        signed(digest="http://www.w3.org/2000/09/xmldsig#sha1"),
    ),
    why="Somebody with enough computers can sign a command in the name of the utility.",
    mend="Use rsa-sha256 and sha256.",
)
