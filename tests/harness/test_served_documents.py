"""WSDLs that lead back to where they were asked for."""

import pytest
from lxml import etree

from ami import names
from ami.dialect import dialect
from ami.wsdl import wsdl
from harness.served_documents import led_to, reached_at
from transports.http_server import HttpRequest

HERE = "http://127.0.0.1:9100/cis/mdms"
THERE = "http://10.0.0.7/services/mdms?wsdl"
FOREIGN = (
    f'<w:definitions xmlns:w="{names.WSDL_11}" xmlns:x="{names.XML_SCHEMA}" xmlns:s="{names.WSDL_SOAP_12}">'
    '<w:import location="abstract.wsdl"/>'
    '<w:types><x:schema><x:import schemaLocation="xsd/a.xsd"/><x:include schemaLocation="?xsd=b"/></x:schema></w:types>'
    '<w:service><w:port><s:address location="http://10.0.0.7/services/mdms"/></w:port></w:service></w:definitions>'
)


@pytest.mark.parametrize(
    ("said", "reached"),
    [
        ("mdms.test:9102", "http://mdms.test:9102"),
        ("mdms.test", "http://mdms.test"),
        ("", "http://own"),
        ("a b", "http://own"),
        ('x"><evil', "http://own"),
    ],
)
def test_address_is_the_one_that_was_asked_for(said: str, reached: str) -> None:
    """As long as it is one: nothing else gets into a document."""
    assert reached_at(HttpRequest("GET", "/soap", "wsdl", {"host": said}, b""), "http://own") == reached


def test_every_port_of_a_wsdl_leads_to_the_wire() -> None:
    """Of each of its services."""
    ours = led_to(HERE, wsdl(names.MDMS, "http://127.0.0.1:1/soap", dialect("2011")).encode(), THERE)
    found = [port.get("location") for port in etree.fromstring(ours).iter(f"{{{names.WSDL_SOAP_11}}}address")]

    assert set(found) == {HERE}
    assert len(found) > 5


def test_what_a_wsdl_imports_is_found_where_it_was() -> None:
    """Beside the real one; what is served behind the same address is asked of the wire instead."""
    root = etree.fromstring(led_to(HERE, FOREIGN.encode(), THERE))
    locations = [element.get("location") or element.get("schemaLocation") for element in root.iter("{*}import", "{*}include", "{*}address")]

    assert locations == ["http://10.0.0.7/services/abstract.wsdl", "http://10.0.0.7/services/xsd/a.xsd", f"{HERE}?xsd=b", HERE]


@pytest.mark.parametrize("document", [b"", b"\xff<", b"<schema/>", b'<a location="x"/>'])
def test_anything_else_is_left_alone(document: bytes) -> None:
    """Byte for byte."""
    assert led_to(HERE, document, THERE) == document
