"""Below the rules: SOAP, wrapping, schema; a fault in one layer does not hide the next."""

import pytest

from ami.names import SOAP_11, SOAP_12, Wire
from conformance import example
from conformance.capture import Capture
from conformance.form import Form
from conformance.judge import Judge
from conformance.judgement import Judgement
from tests.conformance import good

MESSAGE = example.message("<MessageID>m</MessageID>")
FAULT_12 = "<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text xml:lang='en'>who are you?</s:Text></s:Reason></s:Fault>"
FAULT = "<s:Fault><faultcode>s:Client</faultcode><faultstring>who are you?</faultstring></s:Fault>"
WIRE = Wire("hes", "mdms")


def envelope(body: str, space: str = SOAP_11) -> bytes:
    """Anything in the Body of an envelope."""
    return f'<s:Envelope xmlns:s="{space}"><s:Body>{body}</s:Body></s:Envelope>'.encode()


def ids(judgement: Judgement) -> list[str]:
    """The rules that are broken, in the order of lines."""
    return [finding.rule_id for finding in judgement.findings]


@pytest.mark.parametrize(
    ("body", "broken"),
    [
        (envelope(MESSAGE), []),
        (envelope(MESSAGE, SOAP_12), []),
        (envelope(MESSAGE, "urn:another"), ["SO-01"]),
        (f'<Envelope xmlns="{SOAP_11}"/>'.encode(), ["SO-02"]),
        (f'<s:Envelope xmlns:s="{SOAP_11}"><s:Body/><s:Header/></s:Envelope>'.encode(), ["SO-02", "SO-03"]),
        (f'<s:Envelope xmlns:s="{SOAP_11}"><s:Header/><s:Body>{MESSAGE}</s:Body></s:Envelope>'.encode(), []),
        (f'<s:Envelope xmlns:s="{SOAP_11}"><s:Body>{MESSAGE}</s:Body><s:Body/></s:Envelope>'.encode(), ["SO-02"]),
        (envelope(""), ["SO-03"]),
        (envelope(MESSAGE + "<more xmlns='urn:more'/>"), ["SO-03"]),
        (envelope("<more xmlns='urn:more'/>"), ["ME-01"]),
        (envelope("<more/>"), ["ME-01", "SO-10"]),
        (envelope(FAULT), []),
        (envelope("<s:Fault><faultcode>s:Client</faultcode></s:Fault>"), ["SO-04"]),
        (envelope("<s:Fault><s:faultcode>s:Client</s:faultcode><s:faultstring>no</s:faultstring></s:Fault>"), ["SO-04"]),
        (envelope(FAULT.replace("</s:Fault>", "<extra/></s:Fault>")), ["SO-04"]),
        (envelope(FAULT_12, SOAP_12), []),
        (envelope(FAULT, SOAP_12), ["SO-04"]),
        (envelope(FAULT_12.replace("Reason", "reason"), SOAP_12), ["SO-04"]),
    ],
)
def test_envelope(judge: Judge, body: bytes, broken: list[str]) -> None:
    """An envelope holds one Body, and that one message or a sound Fault."""
    assert ids(judge.message(Capture(body))) == broken


def test_message_in_a_strange_envelope_is_judged_all_the_same(judge: Judge) -> None:
    """An envelope of nobody's, and the missing MessageID is wrong besides."""
    without_id = example.message("<MessageID/>")

    assert set(ids(judge.message(Capture(envelope(without_id, "urn:another"))))) == {"SO-01", "HE-01"}


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (envelope(MESSAGE), Form.ENVELOPE),
        (envelope(FAULT), Form.FAULT),
        (envelope(MESSAGE, SOAP_12), Form.ENVELOPE_12),
        (envelope(FAULT_12, SOAP_12), Form.FAULT_12),
        (MESSAGE.encode(), Form.BARE_MESSAGE),
        (b'<MeterReadings xmlns="http://iec.ch/TC57/2011/MeterReadings#"/>', Form.BARE_PAYLOAD),
        (b"<html/>", Form.OTHER),
        (b"<html>", Form.UNREADABLE),
    ],
)
def test_form_is_told(judge: Judge, body: bytes, form: Form) -> None:
    """Whoever checks a file learns what it was taken for."""
    assert judge.message(Capture(body)).form is form


def test_bare_message_is_good_in_a_file_and_wrong_on_a_wire(judge: Judge) -> None:
    """A file may hold a message as it is; a SOAP server takes envelopes."""
    assert ids(judge.message(Capture(MESSAGE.encode()))) == []
    assert ids(judge.message(Capture(MESSAGE.encode(), wire=WIRE))) == ["SO-01"]


def test_bare_payload_is_judged(judge: Judge) -> None:
    """Without header or message, by schema and rules."""
    member = good.day("M-1", [250] * 4).replace("T00:30:00Z", "T00:30:00")
    payload = f'<MeterReadings xmlns="http://iec.ch/TC57/2011/MeterReadings#">{member}</MeterReadings>'

    assert ids(judge.message(Capture(payload.encode()))) == ["MR-03"]


def test_wrong_namespace_is_named_with_the_right_one(judge: Judge) -> None:
    """The root of a message in the namespace of another product."""
    strange = MESSAGE.replace("http://iec.ch/TC57/2011/MeterReadingsMessage", "http://iec.ch/TC57/2012/MeterReadingsMessage")
    (finding,) = judge.message(Capture(strange.encode())).findings

    assert finding.rule_id == "ME-01"
    assert "CreatedMeterReadings in namespace 'http://iec.ch/TC57/2012/MeterReadingsMessage'" in finding.found
    assert "'http://iec.ch/TC57/2011/MeterReadingsMessage'" in finding.found


def test_noun_without_a_schema_is_a_remark(judge: Judge) -> None:
    """A message of the standard that no schema at hand describes is not refused for it."""
    message = MESSAGE.replace("CreatedMeterReadings", "ChangeMeterReadings").replace("<Verb>created", "<Verb>change")
    asked = message.partition("<m:Payload>")[0]
    message = f'{asked}<m:Request><Weather xmlns="urn:weather"/></m:Request></m:ChangeMeterReadings>'
    (finding,) = (found for found in judge.message(Capture(message.encode())).findings if found.rule_id.startswith("XS"))

    assert (finding.rule_id, finding.severity.value) == ("XS-02", "remark")
    assert finding.where.path == "/ChangeMeterReadings/Request/Weather"


@pytest.mark.parametrize(
    ("old", "new", "where", "expected", "found"),
    [
        ("<value>0.250</value>", "<value>much</value>", "value", "a value of type xs:float", "'much'"),
        (
            "<value>0.250</value>",
            '<value xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>',
            "value",
            "a value in value, or no value at all",
            "xsi:nil",
        ),
        ("T00:45:00Z", "T00:45Z", "timeStamp", "a value of type xs:dateTime", "'2026-03-01T00:45Z'"),
        ("<Verb>created", "<Verb>made", "Verb", "one of get, create, change", "'made'"),
        ("<Noun>MeterReadings</Noun>", "", "Timestamp", "Noun here", "Timestamp"),
        ("<Noun>", "<Color/><Noun>", "Color", "Noun here", "Color"),
        ("</m:Payload>", "<more/></m:Payload>", "more", "OperationSet or Compressed or Format here", "more"),
        ("<IntervalBlocks>", "<IntervalBlocks>and", "IntervalBlocks", "nothing but elements in IntervalBlocks", "text among them"),
        ("<name>M-1</name>", "<name><b/></name>", "name", "nothing but text in name", "an element"),
        ('ReadingType ref="0.0.2', 'ReadingType reference="0.0.2', "ReadingType", "no attribute reference", "ReadingType with reference"),
        ('<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>', "", "IntervalBlocks", "ReadingType", "IntervalBlocks without it"),
    ],
)
def test_schema_speaks_plainly(judge: Judge, old: str, new: str, where: str, expected: str, found: str) -> None:
    """What the validator says about one edit, in one finding, without namespaces, at the right place."""
    body = good.delivery(good.day("M-1", [250] * 4)).body.decode()
    first = [finding for finding in judge.message(Capture(body.replace(old, new, 1).encode())).findings if finding.rule_id == "XS-01"]

    assert len(first) == 1
    assert first[0].where.path.rpartition("/")[2].partition("[")[0] == where
    assert first[0].where.path.startswith("/Envelope/Body/CreatedMeterReadings/")
    assert expected in first[0].expected
    assert first[0].found == found


def test_schema_names_the_namespace_that_is_wrong(judge: Judge) -> None:
    """Right name, wrong namespace: the names alone would read like a riddle."""
    body = MESSAGE.replace("<m:Payload>", "<Payload>").replace("</m:Payload>", "</Payload>")
    first = next(finding for finding in judge.message(Capture(body.encode())).findings if finding.rule_id == "XS-01")

    assert first.found == "Payload in namespace ''"
    assert first.expected == "Payload in namespace 'http://iec.ch/TC57/2011/MeterReadingsMessage' here"


def test_schema_findings_are_bounded(judge: Judge) -> None:
    """A message that is wrong in every line is told so twenty times, and how often besides."""
    body = good.delivery(good.day("M-1", [250] * 400)).body.replace(b"<value>", b"<val>").replace(b"</value>", b"</val>")
    findings = [finding for finding in judge.message(Capture(body)).findings if finding.rule_id == "XS-01"]

    assert len(findings) == 21
    assert "more places" in findings[-1].found


def test_schema_fault_does_not_hide_a_rule(judge: Judge) -> None:
    """An unknown element, and a timestamp without an offset elsewhere."""
    body = (
        good.delivery(good.day("M-1", [250] * 4)).body.replace(b"T00:45:00Z", b"T00:45:00").replace(b"</m:Header>", b"<Color/></m:Header>")
    )

    assert set(ids(judge.message(Capture(body)))) == {"XS-01", "MR-03"}


def test_finding_reads_as_one_line(judge: Judge) -> None:
    """The whole line of a report: rule, path, line, expected, found."""
    (finding,) = judge.message(example.captures("<timeStamp>2026-03-01T00:30:00</timeStamp>")[0]).findings

    assert str(finding) == (
        "MR-03 /Envelope/Body/CreatedMeterReadings/Payload/MeterReadings/MeterReading[1]/IntervalBlocks[1]/IntervalReadings[2]/timeStamp "
        "(line 11): expected every reading's timestamp to name its offset from UTC; found '2026-03-01T00:30:00'"
    )


def test_mixture_of_dialects_is_one_finding(judge: Judge) -> None:
    """A root of one dialect around a header of another: named as what it is, and not by the schema besides."""
    mixed = MESSAGE.replace("http://iec.ch/TC57/2011/schema/message", "http://www.iec.ch/TC57/2011/schema/message")
    (finding,) = judge.message(Capture(mixed.encode())).findings

    assert (finding.rule_id, finding.where.path) == ("ME-03", "/CreatedMeterReadings/Header/Verb")
    assert finding.found == "Verb of dialect 2011-draft in a CreatedMeterReadings of dialect 2011"


def test_every_layer_is_reported_on_beside_the_others(judge: Judge) -> None:
    """HTTP, SOAP, WS-Addressing, WS-Security, message, schema, codes and meaning: one fault in each, and each is found."""
    body = good.delivery(good.day("M-1", [250] * 8)).body.decode()
    stamp = "<u:Timestamp><u:Created>2026-03-01T01:00:00Z</u:Created><u:Expires>2026-03-01T00:00:00Z</u:Expires></u:Timestamp>"
    header = (
        '<s:Header xmlns:w="http://www.w3.org/2005/08/addressing"'
        ' xmlns:u="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"'
        ' xmlns:e="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">'
        f"<w:Action/><e:Security>{stamp}</e:Security></s:Header>"
    )
    edits = (
        ("<s:Body>", f'{header}<s:Body s:encodingStyle="urn:x">'),
        ("<MessageID>m-1</MessageID>", ""),
        ("</m:Header>", "<Color/></m:Header>"),
        ("0.0.2.4.1.1.12", "0.0.2.4.1.999.12"),
        ("2026-03-01T00:30:00Z", "2026-03-01T00:30:00"),
    )
    for old, new in edits:
        assert old in body
        body = body.replace(old, new, 1)
    found = set(ids(judge.message(Capture(body.encode(), headers={"content-type": "application/json", "soapaction": '""'}))))

    assert {"HT-01", "SO-08", "WA-01", "WS-01", "HE-01", "XS-01", "RT-02", "MR-03"} <= found
