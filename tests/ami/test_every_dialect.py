"""What holds for every dialect, lenient and strict: its schemas and WSDLs are usable, and a root says whose it is."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
import xmlschema
from lxml import etree

from ami import names, schemas
from ami.dialect import Dialect, Wrapping, dialect, variants
from ami.dialect import names as dialect_names
from ami.errors import ConfigurationError
from ami.messages import Kind
from ami.services import SERVICES
from ami.wsdl import operations, wsdl

STRICT = "+".join(("2017", *variants()))
SPOKEN = [*dialect_names(), STRICT]
ROOTS = {
    "2011": ("CreateMeterReadings", "http://iec.ch/TC57/2011/MeterReadingsMessage", "http://iec.ch/TC57/2011/GetMeterReadingsMessage"),
    "2011-draft": (
        "CreateMeterReadings",
        "http://www.iec.ch/TC57/2011/MeterReadingsMessage",
        "http://www.iec.ch/TC57/2011/GetMeterReadingsMessage",
    ),
    "2017": ("CreateMeterReadings", "http://iec.ch/TC57/2017/MeterReadingsMessage", "http://iec.ch/TC57/2017/GetMeterReadingsMessage"),
    "generic": ("RequestMessage", "http://iec.ch/TC57/2011/schema/message", "http://iec.ch/TC57/2011/schema/message"),
}
UUID = "6a1f0c52-8f5e-4d0b-9a43-0c1f0e6f7b11"


def header(wording: Dialect, **fields: str) -> etree._Element:
    """A request about readings with these header fields, and Verb and Noun."""
    wrapping = wording.wrapping(Kind.REQUEST, "create", names.METER_READINGS)
    told = {"Verb": "create", "Noun": names.METER_READINGS} | fields
    order = ("Verb", "Noun", "Context", "Timestamp", "MessageID", "CorrelationID")
    inside = "".join(f"<{name}>{told[name]}</{name}>" for name in order if name in told)
    holder = f'<m:Header xmlns="{wording.header_namespace}">{inside}</m:Header>'
    return etree.fromstring(f'<m:{wrapping.root} xmlns:m="{wrapping.namespace}">{holder}</m:{wrapping.root}>')


@pytest.mark.parametrize("name", ROOTS)
def test_roots_are_those_seen_in_the_field(name: str) -> None:
    """Of a request, and of a query; the payload stands in the names of 2011 whatever the wrapping."""
    wording = dialect(name)
    root, namespace, query_namespace = ROOTS[name]

    assert wording.wrapping(Kind.REQUEST, "create", names.METER_READINGS) == Wrapping(root, namespace)
    assert wording.wrapping(Kind.REQUEST, "get", names.METER_READINGS).namespace == query_namespace
    assert wording.payload(names.METER_READINGS) == "http://iec.ch/TC57/2011/MeterReadings#"
    assert set(ROOTS) == set(dialect_names())


@pytest.mark.parametrize("name", SPOKEN)
def test_schemas_compile_in_two_libraries(compile_schema: Any, tmp_path: Any, name: str) -> None:
    """libxml2 forgives what a strict reader of XML Schema does not."""
    wording = dialect(name)
    compile_schema(schemas.entry(wording), wording)
    for file, text in schemas.documents(wording).items():
        (tmp_path / file).write_text(text, "utf-8")
    (tmp_path / "entry.xsd").write_text(schemas.entry(wording), "utf-8")

    compiled = xmlschema.XMLSchema10(str(tmp_path / "entry.xsd"))

    for noun in names.NOUNS:
        wrapping = wording.wrapping(Kind.REQUEST, "create", noun)
        assert f"{{{wrapping.namespace}}}{wrapping.root}" in compiled.maps.elements


@pytest.mark.parametrize("name", SPOKEN)
@pytest.mark.parametrize("system", SERVICES)
def test_types_of_every_wsdl_know_its_messages(compile_schema: Any, system: str, name: str) -> None:
    """Inputs, outputs and faults are declared by the schemas that the WSDL imports."""
    wording = dialect(name)
    root = etree.fromstring(wsdl(system, "http://127.0.0.1/soap", wording).encode())
    (types,) = root.iterfind(f"{{{names.WSDL_11}}}types/{{{names.XML_SCHEMA}}}schema")
    schema = compile_schema(etree.tostring(types, encoding="unicode").replace("?xsd=", ""), wording)

    for operation in operations(system, wording):
        for wrapping in (operation.takes, operation.answers, operation.fault):
            assert not schema.validate(etree.Element(f"{{{wrapping.namespace}}}{wrapping.root}"))
            assert "No matching global declaration" not in str(schema.error_log)


@pytest.mark.parametrize("name", SPOKEN)
def test_operations_of_a_wsdl_can_be_told_apart(name: str) -> None:
    """By their SOAPAction, where their roots are all the same."""
    for system in SERVICES:
        actions = [operation.action for operation in operations(system, dialect(name))]
        assert len(set(actions)) == len(actions)


@pytest.mark.parametrize("name", dialect_names())
def test_header_has_its_namespace(name: str) -> None:
    """The drafts have theirs with www, all others the final one."""
    www = "www." if name == "2011-draft" else ""

    assert dialect(name).header_namespace == f"http://{www}iec.ch/TC57/2011/schema/message"


def test_draft_takes_one_more_root_for_any_request(compile_schema: Any) -> None:
    """As some drafts had it; the final set does not know it."""
    draft, final = dialect("2011-draft"), dialect("2011")
    ((kind, wrapping),) = draft.also(names.METER_READINGS)

    assert (kind, wrapping.root) == (Kind.REQUEST, "MeterReadingsRequestMessage")
    message = header(draft)
    message.tag = f"{{{wrapping.namespace}}}{wrapping.root}"
    compile_schema(schemas.entry(draft), draft).assertValid(message)
    assert not list(final.also(names.METER_READINGS))


@pytest.mark.parametrize(
    ("variant", "refused", "taken"),
    [
        ("uuid-ids", {}, {"Timestamp": "2026-03-01T00:00:00Z", "MessageID": UUID, "CorrelationID": UUID}),
        ("uuid-ids", {"Timestamp": "2026-03-01T00:00:00Z", "MessageID": UUID}, None),
        ("uuid-ids", {"Timestamp": "2026-03-01T00:00:00Z", "MessageID": "m-1", "CorrelationID": UUID}, None),
        ("uuid-ids", {"Timestamp": "2026-03-01T00:00:00Z", "MessageID": UUID, "CorrelationID": "m-1"}, None),
        ("listed", {"Noun": "Weather"}, {"Noun": "MeterConfig"}),
        ("listed", {"Context": "PLAY"}, {"Context": "STUDY"}),
    ],
)
def test_variant_refuses_what_the_lenient_dialect_takes(
    compile_schema: Any, variant: str, refused: dict[str, str], taken: dict[str, str] | None
) -> None:
    """Strictness is data, and goes with every dialect."""
    for name in dialect_names():
        lenient, strict = dialect(name), dialect(f"{name}+{variant}")
        schema = compile_schema(schemas.entry(strict), strict)
        assert compile_schema(schemas.entry(lenient), lenient).validate(header(lenient, **refused))
        assert not schema.validate(header(strict, **refused))
        if taken is not None:
            schema.assertValid(header(strict, **taken))


def test_more_verbs_are_taken_where_they_are_spoken(compile_schema: Any) -> None:
    """`subscribe` asks, `report` tells, `show` answers; without the variant none of them is a verb."""
    wider, narrow = dialect("generic+more-verbs"), dialect("generic")

    assert [wider.kind(verb) for verb in ("subscribe", "report", "show", "stop")] == [Kind.REQUEST, Kind.EVENT, Kind.RESPONSE, Kind.REQUEST]
    assert narrow.kind("report") is None
    compile_schema(schemas.entry(wider), wider).assertValid(header(wider, Verb="report"))
    assert not compile_schema(schemas.entry(narrow), narrow).validate(header(narrow, Verb="report"))


def test_variants_go_together_in_any_order() -> None:
    """No two of them say something about the same thing."""
    for one, other in combinations(variants(), 2):
        both, turned = dialect(f"2011+{one}+{other}"), dialect(f"2011+{other}+{one}")
        assert replace(both, name="") == replace(turned, name="")


@pytest.mark.parametrize("name", ["2011+", "2011+lax", "2011+uuid-ids+lax"])
def test_unknown_variant_names_those_that_there_are(name: str) -> None:
    """One clear line tells what to write instead."""
    with pytest.raises(ConfigurationError, match=r"no variant .*: choose from listed, more-verbs, uuid-ids"):
        dialect(name)
