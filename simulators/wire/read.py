"""From bytes to a message, as a careful system takes it: safe parsing first, the schema next, then the values."""

import re
from functools import cache
from typing import Any, Final

from lxml import etree

from ami import names, schemas
from ami.dialect import Dialect, dialect
from ami.errors import HarnessError
from ami.messages import Header, Kind, Message, Reply, ReplyError
from ami.schemas.compiling import compiled, first_error
from simulators.wire.read_payload import payload
from simulators.wire.texts import parsed_moment

Element = etree._Element

_NOUN = re.compile(r"[A-Za-z]{1,64}")


class UnreadableError(Exception):
    """No message at all: the answer is a SOAP Fault with `code`."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class InvalidMessageError(Exception):
    """A message that breaks its schema; `header` is what could be read of it."""

    def __init__(self, reason: str, header: Header) -> None:
        super().__init__(reason)
        self.header = header


class FaultReceivedError(Exception):
    """What came is a SOAP Fault."""


def read(raw: bytes, wording: Dialect, sender: str | None = None) -> Message:
    """The message in a SOAP 1.1 envelope. sender: whom it is from, where that is known.

    Raises UnreadableError, InvalidMessageError, or FaultReceivedError where a Fault came.
    """
    root = _message_root(_parsed(raw))
    problems = _problems(root, wording)
    try:
        header = _header(root)
    except (ValueError, LookupError) as error:
        raise UnreadableError("Client", f"the message has no readable Header: {problems or error}") from None
    if problems:
        raise InvalidMessageError(problems, header)
    try:
        return Message(_kind(root, header, wording), header, reply=_reply(root), payload=payload(root, header), sender=sender)
    except ValueError as error:
        raise InvalidMessageError(str(error), header) from None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)


_SHARED: Final = _parser()
"""To make a parser takes longer than to parse a small message. Its users take turns, so a large message has one of its own."""

_LARGE_BYTES: Final = 64 * 1024


def _parsed(raw: bytes) -> Element:
    try:
        root = etree.fromstring(raw, _SHARED if len(raw) < _LARGE_BYTES else _parser())
    except etree.XMLSyntaxError as error:
        raise UnreadableError("Client", f"not well-formed XML: {error.msg}") from None
    except ValueError as error:
        raise UnreadableError("Client", f"not XML: {error}") from None
    if root.getroottree().docinfo.doctype:
        raise UnreadableError("Client", "a document type declaration is not accepted")
    return root


def _message_root(envelope: Element) -> Element:
    qualified = etree.QName(envelope)
    if qualified.localname != "Envelope":
        raise UnreadableError("Client", f"expected a SOAP Envelope, found {qualified.localname}")
    if qualified.namespace != names.SOAP_11:
        raise UnreadableError("VersionMismatch", f"expected SOAP 1.1, found the namespace {qualified.namespace}")
    body = envelope.find(f"{{{names.SOAP_11}}}Body")
    if body is None or len(body) != 1:
        raise UnreadableError("Client", "expected a Body with one element")
    if body[0].tag == f"{{{names.SOAP_11}}}Fault":
        raise FaultReceivedError(body[0].findtext("faultstring") or "a Fault without a faultstring")
    return body[0]


def _problems(root: Element, wording: Dialect) -> str:
    return first_error(_schema(wording.name), root)


def prepare(wording: Dialect) -> None:
    """Make ready what reading a dialect takes, before there is more than one thread to read it."""
    _schema(wording.name)


class _Documents(etree.Resolver):
    """Finds the schemas among our own documents and nowhere else."""

    def __init__(self, documents: dict[str, str]) -> None:
        super().__init__()
        self._documents = documents

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:  # noqa: ARG002 - the signature is lxml's
        name = (system_url or "").rsplit("/", 1)[-1]
        if name not in self._documents:
            raise HarnessError(f"the schemas of this product import {name!r}, which is not among them")
        return self.resolve_string(self._documents[name], context, base_url=name)


@cache
def _schema(name: str) -> etree.XMLSchema:
    wording = dialect(name)
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Documents(schemas.documents(wording)))
    return compiled(etree.fromstring(schemas.entry(wording).encode(), parser, base_url="entry.xsd"), schemas.roots(wording))


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _child(parent: Element, local_name: str) -> Element | None:
    return next((child for child in parent if _local(child) == local_name), None)


def _texts(parent: Element) -> dict[str, str]:
    return {_local(child): (child.text or "").strip() for child in parent}


def _header(root: Element) -> Header:
    element = _child(root, "Header")
    if element is None:
        raise LookupError("Header")
    texts = _texts(element)
    if not _NOUN.fullmatch(texts["Noun"]):
        # The reply's root is made from it, so it must not bring markup along.
        raise ValueError(f"{texts['Noun']!r} is no noun")
    correlation_id = texts.get("CorrelationID")
    if correlation_id == texts["MessageID"]:
        # Correlated with itself, as some dialects demand of a message that answers nobody.
        correlation_id = None
    user = _child(element, "User")
    who = _texts(user) if user is not None else {}
    return Header(
        verb=texts["Verb"],
        noun=texts["Noun"],
        message_id=texts["MessageID"],
        timestamp=parsed_moment(texts["Timestamp"]),
        source=texts.get("Source", ""),
        correlation_id=correlation_id,
        async_reply=texts.get("AsyncReplyFlag") in ("true", "1"),
        reply_address=texts.get("ReplyAddress"),
        user=who.get("UserID"),
        organization=who.get("Organization"),
        revision=texts.get("Revision"),
        comment=texts.get("Comment"),
    )


def _kind(root: Element, header: Header, wording: Dialect) -> Kind:
    if _child(root, "Reply") is not None:
        return Kind.RESPONSE
    return wording.kind(header.verb) or Kind.EVENT


def _reply(root: Element) -> Reply | None:
    element = _child(root, "Reply")
    if element is None:
        return None
    errors = tuple(_error(child) for child in element if _local(child) == "Error")
    return Reply(_texts(element)["Result"], errors)


def _error(element: Element) -> ReplyError:
    texts = _texts(element)
    about = _child(element, "object")
    named = _texts(about) if about is not None else {}
    return ReplyError(texts["code"], texts.get("level", "FATAL"), texts.get("reason", ""), named.get("mRID"), named.get("objectType"))
