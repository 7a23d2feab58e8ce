"""A SOAP envelope as SOAP itself and the WS-I Basic Profile see it: header blocks, Body, Fault."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from lxml import etree

from ami.findings import Where
from ami.names import SOAP_11, SOAP_12
from conformance.capture import Capture
from conformance.rule import Breach
from conformance.views.place import Field, child, children, field, local_name, namespace, text, where

VERSIONS: Final = {SOAP_11: "1.1", SOAP_12: "1.2"}
"""Namespace of an envelope -> the version of SOAP."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a SOAP header. must_understand: as written; None where it does not say. actor: whom it is for; empty for all."""

    name: str
    namespace: str
    must_understand: str | None
    actor: str
    where: Where


@dataclass(frozen=True, slots=True)
class FaultView:
    """A Fault. code: as written; code_space: the namespace of its prefix, None where that is not bound. details: (namespace, name)."""

    code: Field
    code_space: str | None
    details: tuple[tuple[str, str], ...]
    where: Where


class EnvelopeView:
    """An envelope. root: its element; capture: how it was heard. Nothing is looked up before a rule asks."""

    def __init__(self, root: etree._Element, capture: Capture) -> None:
        self.root = root
        self.capture = capture
        self.namespace = namespace(root)
        self.version = VERSIONS.get(self.namespace, "")

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing but a Body and one message with a namespace in it: no rule about envelopes has anything to ask then."""
        if self.root.attrib or len(self.root) != 1 or not self.version:
            return False
        body = self.root[0]
        if body.tag != f"{{{self.namespace}}}Body" or body.attrib or len(body) != 1:
            return False
        message = body[0]
        raw = self.capture.body
        # One instruction has two question marks, and a single sign is counted much sooner than two.
        has_instructions = (raw.count(b"?") > 2 and raw.count(b"<?") > 1) or raw[:1] != b"<"
        return not has_instructions and not message.attrib and namespace(message) not in ("", self.namespace)

    @cached_property
    def header(self) -> etree._Element | None:
        """The SOAP header, if there is one."""
        return next((inner for inner in children(self.root) if self._is_soap(inner, "Header")), None)

    @cached_property
    def body(self) -> etree._Element | None:
        """The first Body, if there is one."""
        return next((inner for inner in children(self.root) if self._is_soap(inner, "Body")), None)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every block of the header."""
        return tuple(self._block(inner) for inner in children(self.header)) if self.header is not None else ()

    @cached_property
    def fault(self) -> FaultView | None:
        """The Fault in the Body, if there is one."""
        found = next((inner for inner in children(self.body) if self._is_soap(inner, "Fault")), None) if self.body is not None else None
        return self._fault(found) if found is not None else None

    def contents(self) -> Iterator[etree._Element]:
        """The elements in the Body."""
        return children(self.body) if self.body is not None else iter(())

    def styled(self) -> Iterator[etree._Element]:
        """The envelope's own elements and those right in its Body, where they name an encodingStyle."""
        own = [self.root, *children(self.root), *self.contents()]
        return (element for element in own if element.get(f"{{{self.namespace}}}encodingStyle") is not None)

    def instructions(self) -> Iterator[etree._Element]:
        """Every processing instruction of the document."""
        declared = self.capture.body.count(b"<?xml ") if self.capture.body[:1] == b"<" else 0
        if self.capture.body.count(b"<?") <= declared and b"\0" not in self.capture.body[:4]:
            return
        yield from self.root.itersiblings(etree.ProcessingInstruction, preceding=True)
        yield from self.root.iter(etree.ProcessingInstruction)

    def breach(self, found: str) -> Breach:
        """A breach at the envelope itself."""
        return Breach(where(self.root), found)

    def _is_soap(self, element: etree._Element, name: str) -> bool:
        return element.tag == f"{{{self.namespace}}}{name}"

    def _block(self, block: etree._Element) -> Block:
        space = self.namespace
        actor = block.get(f"{{{space}}}actor") or block.get(f"{{{space}}}role") or ""
        return Block(local_name(block), namespace(block), block.get(f"{{{space}}}mustUnderstand"), actor, where(block))

    def _fault(self, fault: etree._Element) -> FaultView:
        is_old = self.namespace == SOAP_11
        coded = child(fault, "faultcode") if is_old else child(fault, "Code", "Value")
        detail = child(fault, "detail" if is_old else "Detail")
        prefix, colon, _ = text(coded).partition(":")
        space = coded.nsmap.get(prefix if colon else None) if coded is not None else None
        inside = tuple((namespace(part), local_name(part)) for part in children(detail)) if detail is not None else ()
        return FaultView(field(coded) or Field.at(where(fault)), space, inside, where(fault))
