"""WSDLs that lead back to where they were asked for: nobody who is made from one may miss the wire that it was read on."""

import re
from typing import Final
from urllib.parse import urljoin

from lxml import etree

from ami import names
from transports.http_server import HttpRequest

_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?")
_ADDRESSES: Final = (f"{{{names.WSDL_SOAP_11}}}address", f"{{{names.WSDL_SOAP_12}}}address")

_DOCUMENTS: Final = (f"{{{names.WSDL_11}}}definitions", f"{{{names.XML_SCHEMA}}}schema")
_IMPORTS: Final = (f"{{{names.XML_SCHEMA}}}import", f"{{{names.XML_SCHEMA}}}include", f"{{{names.WSDL_11}}}import")


def reached_at(request: HttpRequest, otherwise: str) -> str:
    """The address, without a path, by which a client reached us: what it is told in a WSDL must lead it here again."""
    said = request.headers.get("host", "")
    return f"{otherwise.partition('://')[0]}://{said}" if _HOST.fullmatch(said) else otherwise


def led_to(address: str, document: bytes, served_at: str) -> bytes:
    """A WSDL whose every port is at `address`, or a schema; what they import is named by whole addresses. Anything else as it is.

    served_at: where it came from. What is served behind the same address is imported from `address`, all else from where it is.
    A whole address, because Java's old URLs drop the last part of a path where a query follows it.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError:
        return document
    if root.tag not in _DOCUMENTS:
        return document
    for port in root.iter(*_ADDRESSES):
        port.set("location", address)
    for imported in root.iter(*_IMPORTS):
        for attribute in ("schemaLocation", "location"):
            said = imported.get(attribute)
            if said is not None:
                whole = urljoin(served_at, said)
                place, _, query = whole.partition("?")
                imported.set(attribute, f"{address}?{query}" if query and place == served_at.partition("?")[0] else whole)
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")
