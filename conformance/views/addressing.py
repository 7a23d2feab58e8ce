"""The WS-Addressing headers of an envelope: where a message goes, what it wants, which one it is, and where the answer belongs."""

from dataclasses import dataclass
from typing import Final

from lxml import etree

from ami.findings import Where
from conformance.rule import Breach
from conformance.views.envelope import EnvelopeView
from conformance.views.header import HeaderView
from conformance.views.place import Field, child, children, local_name, namespace, text, where

ADDRESSING: Final = ("http://www.w3.org/2005/08/addressing", "http://schemas.xmlsoap.org/ws/2004/08/addressing")
"""The namespaces of the recommendation, and of the submission that it grew from."""

ANONYMOUS: Final = frozenset({f"{ADDRESSING[0]}/anonymous", f"{ADDRESSING[1]}/role/anonymous"})
_ENDPOINTS: Final = ("ReplyTo", "FaultTo", "From")


@dataclass(frozen=True, slots=True)
class Addressed:
    """One header of WS-Addressing: its name, namespace, and text; of an endpoint, the text of its Address."""

    name: str
    namespace: str
    said: Field


@dataclass(frozen=True, slots=True)
class AddressingView:
    """All WS-Addressing headers of one message, and the message's own header beside them, where there is one.

    parameters: the reference parameters of its ReplyTo; blocks: all blocks of its SOAP header; each as its name and its text.
    """

    headers: tuple[Addressed, ...]
    soap_action: str | None
    message: HeaderView | None
    where: Where
    parameters: tuple[tuple[str, str], ...] = ()
    blocks: tuple[tuple[str, str], ...] = ()

    def named(self, name: str) -> tuple[Addressed, ...]:
        """The headers of a name, in the order in which they stand."""
        return tuple(header for header in self.headers if header.name == name)

    def text(self, name: str) -> str | None:
        """What the first header of a name says; None where it is missing or empty."""
        return next((header.said.text for header in self.named(name) if header.said.text), None)

    @property
    def is_reply(self) -> bool:
        """Whether the message answers another one, by its root or by the way that it came."""
        return self.message is not None and self.message.wrapping.kind.value == "response"

    def breach(self, name: str, found: str) -> Breach:
        """A breach at a header, or at the SOAP header itself where there is none of that name."""
        first = next(iter(self.named(name)), None)
        return Breach(first.said.where if first else self.where, found)


def addressing_view(envelope: EnvelopeView, message: HeaderView | None) -> AddressingView | None:
    """The view of an envelope's WS-Addressing headers; None where it has none."""
    header = envelope.header
    if header is None:
        return None
    blocks = tuple(children(header))
    found = tuple(_addressed(element) for element in blocks if namespace(element) in ADDRESSING)
    if not found:
        return None
    asked = next((element for element in blocks if namespace(element) in ADDRESSING and local_name(element) == "ReplyTo"), None)
    held = child(asked, "ReferenceParameters")
    parameters = _said_by(held) if held is not None else ()
    return AddressingView(found, envelope.capture.soap_action, message, where(header), parameters, _said_by(header))


def _said_by(holder: etree._Element) -> tuple[tuple[str, str], ...]:
    return tuple((str(element.tag), text(element)) for element in children(holder))


def _addressed(element: etree._Element) -> Addressed:
    name = local_name(element)
    said = text(child(element, "Address")) if name in _ENDPOINTS else text(element)
    return Addressed(name, namespace(element), Field.at(where(element), said))
