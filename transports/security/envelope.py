"""The Security header of a SOAP envelope, put in and found again."""

from lxml import etree

from ami import names

Element = etree._Element

HEADER_NAMES = {"wsse": names.WSSE, "wsu": names.WSU, "ds": names.XML_SIGNATURE}
ID = f"{{{names.WSU}}}Id"


class NoEnvelopeError(ValueError):
    """Bytes that are no SOAP envelope with one Body, or hide what is in them."""


def parsed(raw: bytes) -> Element:
    """The envelope in bytes that nobody vouches for. Raises NoEnvelopeError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NoEnvelopeError(f"not well-formed XML: {error}") from None
    space = etree.QName(root).namespace
    if etree.QName(root).localname != "Envelope" or space not in (names.SOAP_11, names.SOAP_12):
        raise NoEnvelopeError("not a SOAP envelope")
    if root.getroottree().docinfo.doctype:
        raise NoEnvelopeError("a document type declaration is not accepted")
    if len(root.findall(f"{{{space}}}Body")) != 1:
        raise NoEnvelopeError("an envelope has one Body")
    return root


def body(envelope: Element) -> Element:
    """The Body of a parsed envelope: the child of its root and no other element of that name."""
    (found,) = envelope.findall(f"{{{etree.QName(envelope).namespace}}}Body")
    return found


def security(envelope: Element) -> Element | None:
    """The Security header, where there is just one. Raises NoEnvelopeError where there are several."""
    found = envelope.findall(f"{{{etree.QName(envelope).namespace}}}Header/{{{names.WSSE}}}Security")
    if len(found) > 1:
        raise NoEnvelopeError("an envelope has one Security header for each receiver")
    return found[0] if found else None


def opened_security(envelope: Element) -> Element:
    """The Security header, made where there is none, which the receiver has to understand."""
    found = security(envelope)
    if found is not None:
        return found
    space = etree.QName(envelope).namespace
    header = envelope.find(f"{{{space}}}Header")
    if header is None:
        header = etree.Element(f"{{{space}}}Header")
        envelope.insert(0, header)
    return etree.SubElement(header, f"{{{names.WSSE}}}Security", {f"{{{space}}}mustUnderstand": "1"}, nsmap=HEADER_NAMES)


def bare(raw: bytes) -> bytes:
    """An envelope without its Security header; bytes that have none stay as they are."""
    try:
        envelope = parsed(raw)
        found = security(envelope)
    except NoEnvelopeError:
        return raw
    parent = found.getparent() if found is not None else None
    if found is None or parent is None:
        return raw
    parent.remove(found)
    return written(envelope)


def written(envelope: Element) -> bytes:
    """The bytes of an envelope."""
    return bytes(etree.tostring(envelope, xml_declaration=True, encoding="UTF-8"))


def child_text(parent: Element, name: str) -> str:
    """The text of a child by its `{namespace}name`; empty where there is none."""
    return (parent.findtext(name) or "").strip()
