"""Payloads that were compressed: unpacked within bounds, and judged as if they had not been."""

import base64
import gzip
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
