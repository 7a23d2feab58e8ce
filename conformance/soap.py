"""The SOAP envelope around a message, as the WS-I Basic Profile narrows it."""

from itertools import islice
from typing import Final, NamedTuple

from lxml import etree

from ami.findings import Finding, Severity
from ami.names import SOAP_11, SOAP_12
from conformance.form import Form
from conformance.rule import Demand
from conformance.views.place import child, children, local_name, namespace, text, where

_OPEN: Final = '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
_FAULT: Final = _OPEN + "<s:Body><s:Fault>{}</s:Fault></s:Body></s:Envelope>"

ENVELOPE = Demand(
    "SO-01",
    "an envelope of SOAP 1.1 or 1.2 around every message on a wire",
    "WS-I BP 1.1, SOAP 1.1 section 4",
    Severity.ERROR,
    "A SOAP server takes nothing but envelopes.",
    "Put the message into the Body of an Envelope in the namespace of SOAP 1.1.",
    ("{envelope}",),
    ('<s:Envelope xmlns:s="urn:another"><s:Body>{message}</s:Body></s:Envelope>',),
)
ONE_BODY = Demand(
    "SO-02",
    "an optional Header, then exactly one Body",
    "SOAP 1.1 section 4",
    Severity.ERROR,
    "What stands outside the Body is not read.",
    "Write the Header first, then one Body, and nothing after it.",
    (_OPEN + "<s:Header/><s:Body>{message}</s:Body></s:Envelope>", _OPEN + "<s:Body>{message}</s:Body></s:Envelope>"),
    (_OPEN + "<s:Body>{message}</s:Body><s:Header/></s:Envelope>", _OPEN + "<s:Body>{message}</s:Body><s:Body/></s:Envelope>"),
)
ONE_MESSAGE = Demand(
    "SO-03",
    "exactly one element in the Body",
    "WS-I BP 1.1 (document-literal binding)",
    Severity.ERROR,
    "Of two messages in one Body a receiver takes the first and loses the second.",
    "Send each message in an envelope of its own.",
    (_OPEN + "<s:Body>{message}</s:Body></s:Envelope>",),
    (_OPEN + "<s:Body>{message}{message}</s:Body></s:Envelope>", _OPEN + "<s:Body/></s:Envelope>"),
)
SOUND_FAULT = Demand(
    "SO-04",
    "a Fault with its code and its reason, each where its version of SOAP has it",
    "SOAP 1.1 section 4.4, SOAP 1.2 part 1 section 5.4, WS-I BP 1.1",
    Severity.ERROR,
    "A fault that cannot be read leaves the operator without a reason.",
    "Write faultcode, then faultstring, both without a namespace; in SOAP 1.2, Code/Value and Reason/Text in that of the envelope.",
    (_FAULT.format("<faultcode>s:Client</faultcode><faultstring>who are you?</faultstring>"),),
    (
        _FAULT.format("<faultcode>s:Client</faultcode>"),
        _FAULT.format("<s:faultcode>s:Client</s:faultcode><s:faultstring>who are you?</s:faultstring>"),
    ),
)
DEMANDS: Final = (ENVELOPE, ONE_BODY, ONE_MESSAGE, SOUND_FAULT)


_PARTS_11: Final = ("faultcode", "faultstring", "faultactor", "detail")
_PARTS_12: Final = ("Code", "Reason", "Node", "Role", "Detail")


MOST_INSIDE: Final = 1000
MOST_IN_HEADER: Final = 5000
BOUNDS: Final = f"at most {MOST_INSIDE:,} elements right in an Envelope or its Body, and {MOST_IN_HEADER:,} in its Header"


class Unwrapped(NamedTuple):
    """What stands in an envelope. message: the element that the Body holds; None for a Fault or an unusable envelope.

    detail: the first element in the detail of a Fault.
    """

    message: etree._Element | None
    form: Form
    findings: tuple[Finding, ...]
    detail: etree._Element | None = None


def is_envelope(root: etree._Element) -> bool:
    """Whether a root means to be a SOAP envelope, of whatever version."""
    return local_name(root) == "Envelope"


def overfull(root: etree._Element) -> etree._Element | None:
    """The part of an envelope that holds more than BOUNDS; what stands in the message is not counted."""
    if len(root) > MOST_INSIDE:
        return root
    for part in children(root):
        if local_name(part) == "Header" and sum(1 for _ in islice(part.iter(), MOST_IN_HEADER + 2)) > MOST_IN_HEADER + 1:
            return part
        if len(part) > MOST_INSIDE:
            return part
    return None


def unwrap(root: etree._Element) -> Unwrapped:
    """The message in an envelope, with whatever is wrong with the envelope itself."""
    findings = []
    space = namespace(root)
    is_new = space == SOAP_12
    form, fault_form = (Form.ENVELOPE_12, Form.FAULT_12) if is_new else (Form.ENVELOPE, Form.FAULT)
    if space not in (SOAP_11, SOAP_12):
        findings.append(ENVELOPE.finding(where(root), f"an Envelope in namespace {space!r}"))
    inside = list(children(root))
    bodies = [element for element in inside if local_name(element) == "Body" and namespace(element) == space]
    order = [local_name(element) for element in inside]
    if order not in (["Body"], ["Header", "Body"]) or len(bodies) != 1:
        findings.append(ONE_BODY.finding(where(root), ", ".join(order) or "an empty Envelope"))
    if not bodies:
        return Unwrapped(None, form, tuple(findings))
    messages = list(children(bodies[0]))
    if len(messages) != 1:
        found = ", ".join(map(local_name, messages)) or "an empty Body"
        findings.append(ONE_MESSAGE.finding(where(bodies[0]), found))
    if messages and local_name(messages[0]) == "Fault" and namespace(messages[0]) == space:
        fault = messages[0]
        detail = next((element for part in children(fault) if local_name(part).lower() == "detail" for element in children(part)), None)
        return Unwrapped(None, fault_form, (*findings, *(_unsound_12 if is_new else _unsound)(fault)), detail)
    return Unwrapped(messages[0] if messages else None, form, tuple(findings))


def _unsound(fault: etree._Element) -> list[Finding]:
    parts = {str(part.tag): part for part in children(fault)}
    missing = [name for name in ("faultcode", "faultstring") if not text(parts.get(name))]
    if missing:
        return [SOUND_FAULT.finding(where(fault), f"a Fault without {' and '.join(missing)}")]
    strange = [local_name(part) for part in parts.values() if str(part.tag) not in _PARTS_11]
    return [SOUND_FAULT.finding(where(fault), f"a Fault with {', '.join(strange)}")] if strange else []


def _unsound_12(fault: etree._Element) -> list[Finding]:
    told = {"Code/Value": text(child(fault, "Code", "Value")), "Reason/Text": text(child(fault, "Reason", "Text"))}
    missing = [name for name, said in told.items() if not said]
    if missing:
        return [SOUND_FAULT.finding(where(fault), f"a Fault without {' and '.join(missing)}")]
    strange = [local_name(part) for part in children(fault) if namespace(part) != SOAP_12 or local_name(part) not in _PARTS_12]
    return [SOUND_FAULT.finding(where(fault), f"a Fault with {', '.join(strange)}")] if strange else []
