"""Payloads that were compressed: unpacked within bounds, and judged as if they had not been."""

import base64
import gzip
import re
import tracemalloc

import pytest

from conformance import example
from conformance.capture import Capture
from conformance.form import Form
from conformance.judge import Judge
from conformance.judgement import Judgement
from tests.conformance import good


@pytest.fixture(scope="module")
def generic() -> Judge:
    """A judge of the dialect in which a payload may be compressed."""
    return Judge("generic")


def judged(generic: Judge, member: str) -> Judgement:
    """A delivery whose payload is compressed."""
    payload = f'<MeterReadings xmlns="http://iec.ch/TC57/2011/MeterReadings#">\n{member}</MeterReadings>'.encode()
    packed = base64.b64encode(gzip.compress(payload)).decode()
    said = "<root>EventMessage</root><Verb>created</Verb><Noun>MeterReadings</Noun><Format>XML</Format>"
    return generic.message(Capture(example.message(f"{said}<Compressed>{packed}</Compressed>", "generic").encode()))


def test_content_is_judged_by_every_rule(generic: Judge) -> None:
    """A timestamp without an offset, at the line of the content and the place of Compressed."""
    judgement = judged(generic, good.day("M-1", [250] * 4).replace("T00:30:00Z", "T00:30:00"))
    (finding,) = judgement.findings

    assert judgement.form is Form.BARE_MESSAGE
    assert finding.rule_id == "MR-03"
    inside = "MeterReadings/MeterReading[1]/IntervalBlocks[1]/IntervalReadings[2]/timeStamp"
    assert finding.where.path == f"/EventMessage/Payload/Compressed/decompressed/{inside}"
    assert finding.found == "'2026-03-01T00:30:00' (line 2 of what was compressed)"


def test_content_is_held_against_its_schema(generic: Judge) -> None:
    """What no schema allows is found inside as well."""
    found = judged(generic, good.day("M-1", [250] * 4).replace("<value>", "<worth>").replace("</value>", "</worth>")).findings

    assert {finding.rule_id for finding in found} == {"XS-01", "MR-13"}


def test_readings_are_there_for_the_conversation(generic: Judge) -> None:
    """Registers and answers are followed through compressed messages too."""
    readings = judged(generic, good.day("M-1", [250] * 4)).readings

    assert readings is not None
    assert [member.meter for member in readings.members] == ["M-1"]


def test_noun_of_the_content_is_held_against_the_header(generic: Judge) -> None:
    """Readings in a message about something else."""
    packed = base64.b64encode(gzip.compress(b'<MeterReadings xmlns="http://iec.ch/TC57/2011/MeterReadings#"/>')).decode()
    said = "<root>EventMessage</root><Verb>created</Verb><Noun>EndDeviceEvents</Noun>"
    judgement = generic.message(Capture(example.message(f"{said}<Compressed>{packed}</Compressed>", "generic").encode()))

    assert "HE-04" in {finding.rule_id for finding in judgement.findings}


def test_broken_content_is_one_finding(generic: Judge) -> None:
    """As it would be if it had not been compressed."""
    packed = base64.b64encode(gzip.compress(b"<!DOCTYPE a><a/>")).decode()
    said = "<root>EventMessage</root><Verb>created</Verb><Noun>MeterReadings</Noun>"
    judgement = generic.message(Capture(example.message(f"{said}<Compressed>{packed}</Compressed>", "generic").encode()))

    assert [(finding.rule_id, finding.where.path) for finding in judgement.findings] == [
        ("XML-02", "/EventMessage/Payload/Compressed/decompressed")
    ]


def test_other_formats_are_left_alone(generic: Judge) -> None:
    """A table is no message to judge."""
    packed = base64.b64encode(gzip.compress(b"meter,value\nM-1,7\n")).decode()
    said = "<root>EventMessage</root><Verb>created</Verb><Noun>MeterReadings</Noun><Format>CSV</Format>"
    judgement = generic.message(Capture(example.message(f"{said}<Compressed>{packed}</Compressed>", "generic").encode()))

    assert judgement.findings == ()


def beside_a_noun(noun: str, packed: str) -> str:
    """A delivery in a wrapper, whose payload is compressed."""
    return example.message("<MeterReadings/>").replace("</m:Payload>", f"{noun}<m:Compressed>{packed}</m:Compressed></m:Payload>")


def test_compressed_payload_of_a_wrapper_stands_beside_its_noun(judge: Judge) -> None:
    """The published wrappers demand the noun, so it is there and empty; what is compressed is judged all the same."""
    member = good.day("M-1", [250] * 4)
    packed = {
        offset: base64.b64encode(
            gzip.compress(f'<MeterReadings xmlns="http://iec.ch/TC57/2011/MeterReadings#">{text}</MeterReadings>'.encode())
        ).decode()
        for offset, text in (("with", member), ("without", member.replace("T00:30:00Z", "T00:30:00")))
    }
    judged = {offset: judge.message(Capture(beside_a_noun("", text).encode())) for offset, text in packed.items()}

    assert judged["with"].findings == ()
    assert [finding.rule_id for finding in judged["without"].findings] == ["MR-03"]
    assert judged["with"].readings is not None
    assert len(judged["with"].readings) == len(judged["without"].readings or ()) > 0


def test_other_noun_beside_what_is_compressed_is_a_contradiction(judge: Judge) -> None:
    """The readings are those of the message, the compressed events are not."""
    packed = base64.b64encode(gzip.compress(b'<EndDeviceEvents xmlns="http://iec.ch/TC57/2011/EndDeviceEvents#"/>')).decode()
    judgement = judge.message(Capture(beside_a_noun("", packed).encode()))

    assert [finding.rule_id for finding in judgement.findings] == ["HE-04"]


@pytest.mark.parametrize("part", ["Compressed", "OperationSet"])
def test_wrapper_without_its_noun_is_told_that_it_needs_one(judge: Judge, part: str) -> None:
    """By the schema, in words that say what to do."""
    body = re.sub("<MeterReadings.*</MeterReadings>", "", example.message("<MeterReadings/>"), flags=re.DOTALL)
    body = body.replace("<m:Payload>", f"<m:Payload><m:{part}/>")
    found = [finding for finding in judge.message(Capture(body.encode())).findings if finding.rule_id == "XS-01"]

    assert [finding.expected for finding in found] == ["MeterReadings here"]
    assert found[0].found.startswith(f"{part} alone; ")
    assert found[0].found.endswith(" generic message")


@pytest.mark.parametrize("part", ["OperationSet", "Compressed", "ID"])
def test_generic_payload_carries_one_thing(generic: Judge, part: str) -> None:
    """Documents, or a set of operations, or something compressed, or ids: as the published envelope has it."""
    said = example.message("<root>EventMessage</root><Verb>created</Verb><MeterReadings/>", "generic")
    body = said.replace("</m:Payload>", f"<m:{part}></m:{part}></m:Payload>")

    assert "XS-01" in {finding.rule_id for finding in generic.message(Capture(body.encode())).findings}


def test_bomb_is_not_unpacked_any_further(generic: Judge) -> None:
    """Two hundred megabytes out of two hundred kilobytes: one finding, and no more memory than the bound and a copy of it."""
    packed = base64.b64encode(gzip.compress(bytes(200 * 1024 * 1024), 1)).decode()
    said = "<root>EventMessage</root><Verb>created</Verb><Noun>MeterReadings</Noun>"
    message = Capture(example.message(f"{said}<Compressed>{packed}</Compressed>", "generic").encode())
    tracemalloc.start()
    try:
        judgement = generic.message(message)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert [finding.rule_id for finding in judgement.findings] == ["PA-02"]
    assert most < 100 * 1024 * 1024
