"""The payload schemas and the envelope: they compile, take what is right, and refuse what is wrong."""

from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from ami import names, schemas
from ami.dialect import dialect
from ami.dialect import names as dialect_names
from ami.messages import Kind

HEADER = "http://iec.ch/TC57/2011/schema/message"
PUBLISHED = {
    names.END_DEVICE_CONTROLS,
    names.END_DEVICE_EVENTS,
    names.METER_READINGS,
    names.METER_READ_SCHEDULE,
    names.METER_SERVICE_REQUESTS,
}
NOT_PUBLISHED = set(schemas.PAYLOADS) - PUBLISHED

CONTROL = "<EndDeviceControl><EndDeviceControlType {}/></EndDeviceControl>"
EVENT = '<EndDeviceEvent>{}<EndDeviceEventType ref="3.26.0.85"/></EndDeviceEvent>'
INTERVALS = (
    "<MeterReading><IntervalBlocks>"
    "<IntervalReadings><timeStamp>2026-03-01T00:30:00Z</timeStamp><value>{}</value></IntervalReadings>"
    '<ReadingType ref="0.0.5.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></IntervalBlocks>'
    "<Meter><Names><name>M-1</name></Names></Meter></MeterReading>"
)
WORK_HEADER = f'<Header xmlns:h="{HEADER}"><h:Verb>create</h:Verb><h:Noun>MeterServiceRequests</h:Noun></Header>'
WORK = "<MeterServiceWork><kind>{}</kind><Meter><Names><name>M-1</name></Names></Meter></MeterServiceWork>"
LINKS = "<ConfigurationEvent><createdDateTime>2026-03-01T00:00:00Z</createdDateTime></ConfigurationEvent>"
NAMED = "<Names><name>M-1</name></Names>"
WHEN = "<createdDateTime>2026-03-01T00:00:00Z</createdDateTime>"

RIGHT = {
    names.END_DEVICE_CONTROLS: CONTROL.format('ref="3.31.0.23"'),
    names.END_DEVICE_EVENTS: EVENT.format(WHEN),
    names.METER_READINGS: INTERVALS.format("0.5"),
    names.METER_READ_SCHEDULE: "<EndDevice><mRID>M-1</mRID></EndDevice><TimeSchedule><scheduleInterval/></TimeSchedule>",
    names.METER_SERVICE_REQUESTS: WORK_HEADER + WORK.format("disconnect"),
    "MeterServiceRequest": WORK_HEADER + WORK.format("disconnect"),
    names.MASTER_DATA_LINKAGE_CONFIG: f"{LINKS}<Customer>{NAMED}</Customer><Meter>{NAMED}</Meter><UsagePoint>{NAMED}</UsagePoint>",
    "ReceiptRecord": "<Receipt/>",
    "TransactionRecord": "<Transaction/>",
    names.GET_METER_READINGS: f"<EndDevice>{NAMED}</EndDevice><ReadingType>{NAMED}</ReadingType>",
}
WRONG = [
    pytest.param(names.END_DEVICE_CONTROLS, CONTROL.format(""), id="control-without-its-code"),
    pytest.param(names.END_DEVICE_EVENTS, EVENT.format(""), id="event-without-its-moment"),
    pytest.param(names.METER_READINGS, INTERVALS.format("half"), id="value-is-no-number"),
    pytest.param(names.METER_READ_SCHEDULE, f"<EndDevice>{NAMED}</EndDevice>", id="scheduled-device-without-mrid"),
    pytest.param(names.METER_SERVICE_REQUESTS, WORK.format("disconnect"), id="work-without-a-header"),
    pytest.param(names.METER_SERVICE_REQUESTS, WORK_HEADER + WORK.format("demolish"), id="unknown-kind-of-work"),
    pytest.param(names.MASTER_DATA_LINKAGE_CONFIG, f"<Meter>{NAMED}</Meter><Customer/>", id="links-out-of-order"),
    pytest.param(names.GET_METER_READINGS, "<TimeSchedule/>", id="schedule-without-a-span"),
    pytest.param("MeterServiceRequest", WORK.format("disconnect"), id="single-work-without-a-header"),
    pytest.param("MeterConfig", "<Meter><MeterMultipliers><kind>kH</kind></MeterMultipliers></Meter>", id="multiplier-without-a-value"),
    pytest.param("CustomerConfig", f"<Customer>{NAMED}<kind>residential</kind></Customer>", id="kind-after-the-names"),
    pytest.param("ServiceCategoryConfig", "<ServiceCategory><kind>candles</kind></ServiceCategory>", id="unknown-kind-of-service"),
    pytest.param("UsagePointConfig", "<UsagePoint><isSdp>perhaps</isSdp></UsagePoint>", id="neither-yes-nor-no"),
    pytest.param("EndDeviceEvents", f"<EndDeviceEventType>{NAMED * 2}</EndDeviceEventType><Colour/>", id="an-element-of-no-class"),
    pytest.param("GetEndDeviceEvents", "<EndDeviceEventType/>", id="query-without-its-code"),
]


def payload(noun: str, body: str) -> str:
    """A payload element."""
    return f'<{noun} xmlns="{dialect("2011").payload(noun)}">{body}</{noun}>'


@pytest.mark.parametrize("noun", schemas.PAYLOADS)
def test_payload_takes_a_minimal_instance(everything: etree.XMLSchema, noun: str) -> None:
    """The fewest elements that a noun can do with are enough; where nothing is said here, it can do with none."""
    assert everything.validate(etree.fromstring(payload(noun, RIGHT.get(noun, "")))), everything.error_log


@pytest.mark.parametrize(("noun", "body"), WRONG)
def test_payload_refuses_a_wrong_instance(everything: etree.XMLSchema, noun: str, body: str) -> None:
    """One thing wrong is enough."""
    assert not everything.validate(etree.fromstring(payload(noun, body)))


@pytest.mark.parametrize("file", sorted(schemas.documents(dialect("2011"))))
def test_document_compiles_alone(compile_schema: Any, file: str) -> None:
    """A document with nothing but its own imports is a schema."""
    wording = dialect("2011")

    compile_schema(schemas.documents(wording)[file], wording)


@pytest.mark.parametrize("name", dialect_names())
def test_every_import_of_every_dialect_names_a_document_that_is_there(name: str) -> None:
    """No schema points outside its own set, and none leaves a schemaLocation out."""
    texts = schemas.documents(dialect(name))
    holds = {(file, etree.fromstring(text.encode()).get("targetNamespace")) for file, text in texts.items()}
    imports = [found for text in texts.values() for found in etree.fromstring(text.encode()).iter(f"{{{names.XML_SCHEMA}}}import")]

    assert {(found.get("schemaLocation"), found.get("namespace")) for found in imports} <= holds
    assert set(schemas.namespaces(dialect(name)).items()) == holds


@pytest.mark.parametrize("name", dialect_names())
def test_every_dialect_compiles_and_knows_every_root_it_writes(compile_schema: Any, name: str) -> None:
    """The roots that a dialect's data name are declared somewhere in its documents."""
    wording = dialect(name)
    compile_schema(schemas.entry(wording), wording)
    declared = {
        (schema.get("targetNamespace"), element.get("name"))
        for schema in (etree.fromstring(text.encode()) for text in schemas.documents(wording).values())
        for element in schema.findall(f"{{{names.XML_SCHEMA}}}element")
    }
    written = {
        wording.wrapping(kind, verb, noun, answers_get=answers)
        for noun in names.NOUNS
        for kind, verb, answers in _written(noun)
        if verb in wording.verbs
    }

    assert {(wrapping.namespace, wrapping.root) for wrapping in written} <= declared


def _written(noun: str) -> list[tuple[Kind, str, bool]]:
    queries = [(Kind.REQUEST, names.GET, False), (Kind.RESPONSE, names.REPLY, True)] if noun == names.METER_READINGS else []
    return [
        *((Kind.REQUEST, verb, False) for verb in names.REQUEST_VERBS),
        *((Kind.EVENT, verb, False) for verb in names.EVENT_VERBS),
        (Kind.RESPONSE, names.REPLY, False),
        (Kind.FAULT, names.REPLY, False),
        *queries,
    ]


def test_origin_says_what_was_published_and_what_was_derived() -> None:
    """A user can tell which schema stands on a published one."""
    assert {noun for noun in schemas.PAYLOADS if schemas.origin(noun) == "derived"} == NOT_PUBLISHED


@pytest.mark.parametrize("noun", sorted(NOT_PUBLISHED))
def test_derived_schema_names_the_classes_that_it_was_derived_from(noun: str) -> None:
    """The annotation tells a reader where a derived shape comes from."""
    assert "Not published: derived from" in schemas.documents(dialect("2011"))[f"{noun}.xsd"]


def test_header_fields_are_as_mandatory_as_the_dialect_says() -> None:
    """Strictness is data: a dialect that wants a MessageID gets a schema that wants one."""
    strict = replace(dialect("2011"), mandatory_header=("Verb", "Noun", "MessageID"))
    root = etree.fromstring(schemas.documents(strict)["Message.xsd"].encode())
    header = root.find(f"{{{names.XML_SCHEMA}}}complexType[@name='HeaderType']")
    assert header is not None
    required = {element.get("name") for element in header.iter(f"{{{names.XML_SCHEMA}}}element") if element.get("minOccurs") == "1"}

    assert required == {"Verb", "Noun", "MessageID"}


def test_verbs_are_those_of_the_dialect() -> None:
    """A dialect with a verb more gets a schema that takes it."""
    wider = replace(dialect("2011"), response_verbs=("reply", "show"))

    assert '<xs:enumeration value="show"/>' in schemas.documents(wider)["Message.xsd"]


def test_locations_are_written_as_asked_for() -> None:
    """Documents behind one address refer to each other by query."""
    texts = schemas.documents(dialect("2011"), "?xsd={file}")

    assert 'schemaLocation="?xsd=Message.xsd"' in texts["MeterServiceRequests.xsd"]
    assert 'schemaLocation="Message.xsd"' in schemas.documents(dialect("2011"))["MeterServiceRequests.xsd"]
