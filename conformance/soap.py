"""The SOAP 1.1 envelope around a message, as the WS-I Basic Profile narrows it."""

from typing import Final, NamedTuple

from lxml import etree

from ami.findings import Finding, Severity
from ami.names import SOAP_11
from conformance.rule import Demand
from conformance.views.place import children, local_name, namespace, text, where

ENVELOPE = Demand(
    "SO-01",
    "a SOAP 1.1 envelope around every message on a wire",
    "WS-I BP 1.1, SOAP 1.1 section 4",
    Severity.ERROR,
    "A SOAP server takes nothing but envelopes.",
)
ONE_BODY = Demand(
    "SO-02",
    "an optional Header, then exactly one Body",
    "SOAP 1.1 section 4",
    Severity.ERROR,
    "What stands outside the Body is not read.",
)
ONE_MESSAGE = Demand(
    "SO-03",
    "exactly one element in the Body",
    "WS-I BP 1.1 (document-literal binding)",
    Severity.ERROR,
    "Of two messages in one Body a receiver takes the first and loses the second.",
)
SOUND_FAULT = Demand(
    "SO-04",
    "a Fault with a faultcode and a faultstring, both without a namespace",
    "SOAP 1.1 section 4.4, WS-I BP 1.1",
    Severity.ERROR,
    "A fault that cannot be read leaves the operator without a reason.",
)
DEMANDS: Final = (ENVELOPE, ONE_BODY, ONE_MESSAGE, SOUND_FAULT)


class Unwrapped(NamedTuple):
    """What stands in an envelope. message: the element that the Body holds; None for a Fault or an unusable envelope."""

    message: etree._Element | None
    is_fault: bool
    findings: tuple[Finding, ...]


def is_envelope(root: etree._Element) -> bool:
    """Whether a root means to be a SOAP envelope, of whatever version."""
    return local_name(root) == "Envelope"


def unwrap(root: etree._Element) -> Unwrapped:
    """The message in an envelope, with whatever is wrong with the envelope itself."""
    findings = []
    space = namespace(root)
    if space != SOAP_11:
        findings.append(ENVELOPE.finding(where(root), f"an Envelope in namespace {space!r}"))
    inside = list(children(root))
    bodies = [element for element in inside if local_name(element) == "Body" and namespace(element) == space]
    order = [local_name(element) for element in inside]
    if order not in (["Body"], ["Header", "Body"]) or len(bodies) != 1:
        findings.append(ONE_BODY.finding(where(root), ", ".join(order) or "an empty Envelope"))
    if not bodies:
        return Unwrapped(None, False, tuple(findings))
    messages = list(children(bodies[0]))
    if len(messages) != 1:
        found = ", ".join(map(local_name, messages)) or "an empty Body"
        findings.append(ONE_MESSAGE.finding(where(bodies[0]), found))
    if messages and local_name(messages[0]) == "Fault" and namespace(messages[0]) == space:
        return Unwrapped(None, True, (*findings, *_unsound(messages[0])))
    return Unwrapped(messages[0] if messages else None, False, tuple(findings))


def _unsound(fault: etree._Element) -> list[Finding]:
    parts = {str(part.tag): part for part in children(fault)}
    missing = [name for name in ("faultcode", "faultstring") if not text(parts.get(name))]
    if missing:
        return [SOUND_FAULT.finding(where(fault), f"a Fault without {' and '.join(missing)}")]
    strange = [local_name(part) for part in parts.values() if str(part.tag) not in ("faultcode", "faultstring", "faultactor", "detail")]
    return [SOUND_FAULT.finding(where(fault), f"a Fault with {', '.join(strange)}")] if strange else []
