"""What we write is read by others: every schema and every WSDL loads in zeep, xmlschema and Xerces as well, and they judge alike."""

from pathlib import Path
from typing import Any

import pytest
import zeep
from lxml import etree
from xmlschema.extras.wsdl import Wsdl11Document
from zeep.settings import Settings
from zeep.transports import Transport
from zeep.xsd import Schema

from ami import schemas
from ami.dialect import dialect, variants
from ami.dialect import names as dialect_names
from ami.services import SERVICES
from ami.wsdl import operations, wsdl
from tests.ami import by_xmlschema, xerces

DIALECTS = dialect_names()
STRICTEST = f"2017+{'+'.join(variants())}"
PAYLOAD = '<MeterConfig xmlns="http://iec.ch/TC57/2011/MeterConfig#"><Meter>{}</Meter></MeterConfig>'
RIGHT = PAYLOAD.format("<serialNumber>7</serialNumber><MeterMultipliers><kind>kH</kind><value>1.8</value></MeterMultipliers>")
WRONG = PAYLOAD.format("<MeterMultipliers><kind>kH</kind></MeterMultipliers>")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder for each dialect: all its schemas, `entry.xsd` that imports them, the WSDL of each system, and two messages."""
    folders = {}
    for name in (*DIALECTS, STRICTEST):
        spoken = dialect(name)
        folder = tmp_path_factory.mktemp("dialect")
        texts = schemas.documents(spoken) | {"entry.xsd": schemas.entry(spoken), "right.xml": RIGHT, "wrong.xml": WRONG}
        texts |= {f"{system}.wsdl": wsdl(system, "http://127.0.0.1/soap", spoken).replace("?xsd=", "") for system in SERVICES}
        for file, text in texts.items():
            (folder / file).write_text(text, "utf-8")
        folders[name] = folder
    return folders


@pytest.mark.parametrize("name", DIALECTS)
def test_xmlschema_knows_every_element(written: dict[str, Path], name: str) -> None:
    """All schemas of a dialect together, and what they say of two messages."""
    loaded = by_xmlschema.loaded(name)

    assert set(schemas.roots(dialect(name))) <= set(loaded.maps.elements)
    assert loaded.is_valid(str(written[name] / "right.xml"))
    assert not loaded.is_valid(str(written[name] / "wrong.xml"))


@pytest.mark.parametrize("name", DIALECTS)
def test_zeep_knows_every_element(written: dict[str, Path], name: str) -> None:
    """All schemas of a dialect together."""
    entry = written[name] / "entry.xsd"
    loaded = Schema(etree.parse(str(entry)).getroot(), Transport(), str(entry), Settings())

    assert set(schemas.roots(dialect(name))) <= {str(element.qname) for element in loaded.elements}


@pytest.mark.parametrize("system", SERVICES)
@pytest.mark.parametrize("name", DIALECTS)
def test_wsdl_loads_in_zeep_and_xmlschema(written: dict[str, Path], name: str, system: str) -> None:
    """Each with the operations that the system has, and with the element of every message."""
    path = str(written[name] / f"{system}.wsdl")
    offered = {operation.name for operation in operations(system, dialect(name))}
    client: Any = zeep.Client(path)
    document = Wsdl11Document(path, allow="local")  # type: ignore[no-untyped-call]  # this part of xmlschema has no types

    bindings = (port.binding for service in client.wsdl.services.values() for port in service.ports.values())
    parts = {element.name for message in document.messages.values() for element in message.parts.values()}

    assert {operation for binding in bindings for operation in binding.all()} == offered
    assert parts <= set(schemas.roots(dialect(name)))


@pytest.mark.parametrize("apache", [False, True], ids=["of-java", "of-its-makers"])
def test_xerces_loads_everything_and_judges_as_the_others_do(written: dict[str, Path], apache: bool) -> None:
    """Each schema by itself, all of a dialect together, every WSDL; a warning is a complaint, and what is wrong is not passed."""
    orders = []
    for name, folder in written.items():
        orders += [f"schema {path}" for path in sorted(folder.glob("*.xsd" if name == "2011" else "entry.xsd"))]
        orders += [f"wsdl {path}" for path in sorted(folder.glob("*.wsdl"))]
    orders.append(f"schema {written['2011'] / 'entry.xsd'}")
    judged = [f"message {written['2011'] / file}" for file in ("right.xml", "wrong.xml")]
    who, *loaded, right, wrong = xerces.answers(["who", *orders, *judged], apache=apache)

    assert who.startswith("org.apache.xerces." if apache else "com.sun.org.apache.xerces.")
    assert {order: answer for order, answer in zip(orders, loaded, strict=True) if answer != "loaded"} == {}
    assert right == "valid"
    assert "MeterMultipliers" in wrong
