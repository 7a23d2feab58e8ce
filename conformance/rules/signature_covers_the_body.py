"""WS-08: what is signed must be what is read."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.example_signed import signed
from conformance.rule import Breach, Rule
from conformance.views.place import path, where
from conformance.views.security import SecurityView


def check(security: SecurityView) -> Iterator[Breach]:
    """A signature over something that looks like the message and is not what stands in the envelope, or over nothing that is there.

    The Body is covered by itself, or by all that stands in it, each signed; of two messages in it, one that is signed covers nothing.
    """
    body = security.envelope.body
    if body is None or not security.signatures:
        return
    references = [reference for signature in security.signatures for reference in signature.references]
    covered = [element for reference in references for element in security.referred(reference)]
    if not all(reference.uri for reference in references) or any(element is body for element in covered):
        return
    if security.covers_the_message(covered):
        return
    strange = [element for element in covered if not security.is_header(element)]
    if strange or not covered:
        elsewhere = ", ".join(map(path, strange)) or "nothing in this document"
        yield Breach(where(body), f"a Body that no signature covers; signed is {elsewhere}")


_ASIDE = "<a:Wrapper xmlns:a='urn:aside'><s:Body wsu:Id='body'/></a:Wrapper>"

RULE = Rule(
    id="WS-08",
    requires="a signature to cover the Body that stands in the envelope, and not another one",
    source="WS-Security 1.1 section 8, WS-I BSP 1.1 (signature wrapping)",
    severity=Severity.ERROR,
    works_on=SecurityView,
    check=check,
    passes=(signed(),),
    fails=(
        signed(body="other"),
        signed(extra=_ASIDE, body="other"),
    ),
    why="A command that nobody signed is carried out as if the utility had ordered it.",
    mend="Sign the Body of the envelope, and refuse what is signed elsewhere.",
)
