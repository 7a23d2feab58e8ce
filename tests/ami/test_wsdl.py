"""The WSDL of every system, as a client reads it that has nothing else."""

from typing import Any

import pytest
import zeep
from lxml import etree

from ami import names
from ami.dialect import dialect
from ami.services import SERVICES
from ami.wsdl import Operation, operations, wsdl

WORDING = dialect("2011")
WSDL = f"{{{names.WSDL_11}}}"
EVERY_OPERATION = [
    pytest.param(system, operation, id=f"{system}-{operation.name}") for system in SERVICES for operation in operations(system, WORDING)
]


@pytest.fixture(scope="module")
def clients(served: str) -> dict[str, Any]:
    """A zeep client of each system, from its served WSDL alone."""
    return {system: zeep.Client(f"{served}/{system}?wsdl") for system in SERVICES}


@pytest.mark.parametrize("system", SERVICES)
def test_wsdl_names_each_noun_and_verb_of_the_system_once(system: str) -> None:
    """Every (verb, noun) of SERVICES is one operation, in the service of its manner."""
    root = etree.fromstring(wsdl(system, "http://127.0.0.1/soap", WORDING).encode())
    offered = sorted(operation.get("name", "") for operation in root.iterfind(f"{WSDL}portType/{WSDL}operation"))

    assert offered == sorted(f"{verb.capitalize()}{noun}" for noun, verbs in SERVICES[system].items() for verb in verbs)


def test_services_are_named_by_how_a_noun_is_taken() -> None:
    """Get, Request, Receive and Reply, each with its noun."""
    service_of = {operation.name: operation.service for operation in operations(names.MDMS, WORDING)}

    assert service_of["GetMeterReadings"] == "GetMeterReadings"
    assert service_of["CreatedMeterReadings"] == service_of["ChangedMeterReadings"] == "ReceiveMeterReadings"
    assert service_of["ReplyMeterReadings"] == "ReplyMeterReadings"
    assert service_of["CreateMeterServiceRequests"] == "RequestMeterServiceRequests"


def test_every_port_is_at_the_address() -> None:
    """One address takes everything, whatever characters it has."""
    root = etree.fromstring(wsdl(names.HES, "http://127.0.0.1:8080/soap?a=1&b=2", WORDING).encode())

    assert {found.get("location") for found in root.iter(f"{{{names.WSDL_SOAP_11}}}address")} == {"http://127.0.0.1:8080/soap?a=1&b=2"}


@pytest.mark.parametrize("system", SERVICES)
def test_types_of_the_wsdl_compile_in_lxml(compile_schema: Any, system: str) -> None:
    """The types section is a schema that holds together and knows every root of every message."""
    root = etree.fromstring(wsdl(system, "http://127.0.0.1/soap", WORDING).encode())
    (types,) = root.iterfind(f"{WSDL}types/{{{names.XML_SCHEMA}}}schema")
    schema = compile_schema(etree.tostring(types, encoding="unicode").replace("?xsd=", ""), WORDING)

    for operation in operations(system, WORDING):
        unfinished = etree.Element(f"{{{operation.takes.namespace}}}{operation.takes.root}")
        assert not schema.validate(unfinished)
        assert "No matching global declaration" not in str(schema.error_log)


@pytest.mark.parametrize(("system", "operation"), EVERY_OPERATION)
def test_zeep_builds_a_valid_message_for_every_operation(
    clients: dict[str, Any], everything: etree.XMLSchema, system: str, operation: Operation
) -> None:
    """From typed arguments and nothing but the WSDL comes a message that the schemas accept, under the right SOAPAction."""
    service = clients[system].bind(operation.service, f"{operation.service}Port")
    envelope = clients[system].create_message(service, operation.name, **arguments(operation))
    (body,) = envelope.find(f"{{{names.SOAP_11}}}Body")

    assert body.tag == f"{{{operation.takes.namespace}}}{operation.takes.root}"
    everything.assertValid(body)
    assert service._binding.get(operation.name).soapaction == WORDING.action(operation.verb, operation.noun)


@pytest.mark.parametrize(("system", "operation"), EVERY_OPERATION)
def test_zeep_knows_the_answer_and_the_fault_of_every_operation(clients: dict[str, Any], system: str, operation: Operation) -> None:
    """The elements of output and fault are declared in the schemas that the WSDL imports."""
    client = clients[system]

    assert client.get_element(f"{{{operation.answers.namespace}}}{operation.answers.root}") is not None
    assert client.get_element(f"{{{operation.fault.namespace}}}{operation.fault.root}") is not None


def test_answer_to_created_is_not_in_the_namespace_of_the_query() -> None:
    """Only what `get` asked for comes back in its namespace."""
    answers = {operation.name: operation.answers.namespace for operation in operations(names.MDMS, WORDING)}

    assert answers["GetMeterReadings"] == "http://iec.ch/TC57/2011/GetMeterReadingsMessage"
    assert answers["CreatedMeterReadings"] == "http://iec.ch/TC57/2011/MeterReadingsMessage"


def test_readings_can_be_built_from_values(clients: dict[str, Any], everything: etree.XMLSchema) -> None:
    """A client fills intervals and codes by name."""
    client = clients[names.MDMS]
    intervals = {
        "IntervalReadings": [{"timeStamp": "2026-03-01T00:30:00Z", "value": 0.5}],
        "ReadingType": {"ref": "0.0.5.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"},
    }
    reading = {"Meter": {"Names": [{"name": "M-1"}]}, "IntervalBlocks": [intervals]}
    service = client.bind("ReceiveMeterReadings", "ReceiveMeterReadingsPort")
    envelope = client.create_message(
        service,
        "CreatedMeterReadings",
        Header={"Verb": "created", "Noun": "MeterReadings"},
        Payload={"MeterReadings": {"MeterReading": [reading]}},
    )
    (body,) = envelope.find(f"{{{names.SOAP_11}}}Body")

    everything.assertValid(body)
    assert body.find(".//{*}ReadingType").get("ref") == "0.0.5.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"


def arguments(operation: Operation) -> dict[str, Any]:
    """The fewest arguments that an operation needs."""
    header = {"Verb": operation.verb, "Noun": operation.noun}
    repeated = {"Header": header} if operation.noun == names.METER_SERVICE_REQUESTS else {}
    rest: dict[str, Any] = {"Payload": {operation.noun: repeated}}
    if operation.verb == names.GET:
        rest = {"Request": {f"Get{operation.noun}": {}}}
    elif operation.verb == names.REPLY:
        rest = {"Reply": {"Result": "OK"}}
    return {"Header": header} | rest
