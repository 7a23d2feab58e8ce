"""WSDLs that lead back to where they were asked for: nobody who is made from one may miss the wire that it was read on."""

import re
from typing import Final
from urllib.parse import urljoin

from lxml import etree

from ami import names
from transports.http_server import HttpRequest

_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?")
_ADDRESSES: Final = (f"{{{names.WSDL_SOAP_11}}}address", f"{{{names.WSDL_SOAP_12}}}address")

_IMPORTS: Final = (f"{{{names.XML_SCHEMA}}}import", f"{{{names.XML_SCHEMA}}}include", f"{{{names.WSDL_11}}}import")


def reached_at(request: HttpRequest, otherwise: str) -> str:
    """The address, without a path, by which a client reached us: what it is told in a WSDL must lead it here again."""
    said = request.headers.get("host", "")
    return f"{otherwise.partition('://')[0]}://{said}" if _HOST.fullmatch(said) else otherwise


def led_to(address: str, document: bytes, served_at: str) -> bytes:
    """A WSDL whose every port is at `address`; any other document, and what is no XML, as it is.

    served_at: where it came from; what it imports from beside it is still found there.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError:
        return document
    if root.tag != f"{{{names.WSDL_11}}}definitions":
        return document
    for port in root.iter(*_ADDRESSES):
        port.set("location", address)
    for imported in root.iter(*_IMPORTS):
        for attribute in ("schemaLocation", "location"):
            said = imported.get(attribute)
            # One that is a query alone is asked of the wire, which passes it on.
            if said is not None and not said.startswith("?"):
                imported.set(attribute, urljoin(served_at, said))
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")
