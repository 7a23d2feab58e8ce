"""What somebody sends who means harm: one finding each, and no time lost."""

import json
import resource
import socket
import subprocess
import sys
from pathlib import Path
from time import process_time

import pytest

from conformance import example
from conformance.capture import Capture
from conformance.form import Form
from conformance.judge import Judge
from tests.conformance.gallery import hostile

HOUSE = Path(__file__).resolve().parents[2]

LAUGHS = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 12))
BODY = "<a>{}</a>"
ENVELOPE = '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>{}</s:Header><s:Body>{}</s:Body></s:Envelope>'

HOSTILE = {
    "billion laughs": (f'<!DOCTYPE a [<!ENTITY l0 "lol">{LAUGHS}]><a>&l11;</a>', "XML-02"),
    "laughs in an attribute": (f'<!DOCTYPE a [<!ENTITY l0 "lol">{LAUGHS}]><a b="&l11;"/>', "XML-02"),
    "quadratic blow-up": (f'<!DOCTYPE a [<!ENTITY x "{"x" * 100_000}">]><a>{"&x;" * 10_000}</a>', "XML-02"),
    "external entity": ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "XML-02"),
    "external subset": ('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>', "XML-02"),
    "document type after comments": ("<?xml version='1.0'?>\n<!-- <a> -->\n<?pi ?>\n<!DOCTYPE a><a/>", "XML-02"),
    "undeclared entity": ("<a>&nothing;</a>", "XML-01"),
    "deep nesting": ("<a>" * 100_000 + "</a>" * 100_000, "XML-03"),
    "huge attribute": (f'<a b="{"x" * 30_000_000}"/>', "XML-03"),
    "too large": (f'<a b="{"x" * 50_000_000}"/>', "XML-03"),
    "huge text": (BODY.format("x" * 12_000_000), "XML-03"),
    "very many elements": (BODY.format("<b/>" * 5_000_000), "XML-03"),
    "long name": (f"<{'n' * 60_000}/>", "XML-03"),
    "truncated": ("<a><b>", "XML-06"),
    "cut inside a tag": ("<a><b", "XML-06"),
    "cut inside an attribute": ("<a b='c", "XML-06"),
    "cut inside a comment": ("<a><!-- b", "XML-06"),
    "reference without its end": ("<a>&amp b</a>", "XML-01"),
    "tag that is not closed": ("<a><b</a>", "XML-01"),
    "end of another element": ("<a></b>", "XML-01"),
    "NUL byte": ("<a>\0</a>", "XML-07"),
    "control character": ("<a>\x01</a>", "XML-07"),
    "declaration of UTF-16 on UTF-8": ('<?xml version="1.0" encoding="UTF-16"?><a/>', "XML-05"),
    "mark of UTF-8 before a declaration of UTF-16": ('\ufeff<?xml version="1.0" encoding="UTF-16"?><a/>', "XML-05"),
    "two roots": ("<a/><b/>", "XML-01"),
    "empty": ("", "XML-01"),
    "no XML": ('{"readings": []}', "XML-01"),
    "very many header blocks": (ENVELOPE.format("<a xmlns='urn:a'/>" * 100_000, ""), "XML-03"),
    "very many elements in the Body": (ENVELOPE.format("", "<a/>" * 100_000), "XML-03"),
    "unknown encoding": ('<?xml version="1.0" encoding="FOO"?><a/>', "XML-04"),
    "UTF-7": ('<?xml version="1.0" encoding="UTF-7"?><a>+ADw-b/+AD4-</a>', "XML-04"),
}
HOSTILE_BYTES = {
    "bytes that are no UTF-8": (b"<?xml version='1.0' encoding='UTF-8'?><a>\xff\xfe</a>", "XML-04"),
    "lying byte order mark": (b"\xff\xfe<a/>", "XML-05"),
    "mark of the other byte order": (b"\xfe\xff" + "<a/>".encode("utf-16-le"), "XML-05"),
    "declaration of UTF-8 on UTF-16": ('<?xml version="1.0" encoding="UTF-8"?><a/>'.encode("utf-16"), "XML-05"),
    "UTF-16 without a mark": ("<a/>".encode("utf-16-le"), "XML-05"),
    "document type in UTF-16": ("<!DOCTYPE a><a/>".encode("utf-16"), "XML-02"),
    "gzip": (b"\x1f\x8b\x08\x00" + b"\x00" * 100, "XML-01"),
}
ALL = {name: (text.encode(), rule) for name, (text, rule) in HOSTILE.items()} | HOSTILE_BYTES


BOUND_S = 10
"""Of processor time: a hundred times what each takes, and nothing beside what it would take to be taken in."""


@pytest.mark.parametrize(("body", "rule"), ALL.values(), ids=ALL.keys())
def test_hostile_input_is_one_finding(judge: Judge, body: bytes, rule: str) -> None:
    """Refused by one finding, in bounded time, and not read any further."""
    started = process_time()
    judgement = judge.message(Capture(body))

    assert [finding.rule_id for finding in judgement.findings] == [rule]
    assert judgement.form is Form.UNREADABLE
    assert "HUGE" not in str(judgement.findings[0])
    assert process_time() - started < BOUND_S


def test_many_prolog_comments_cost_no_time(judge: Judge) -> None:
    """Looking for a document type takes time in proportion to the message, whatever stands before its root."""
    started = process_time()
    judgement = judge.message(Capture(b"<!-- - -->" * 200_000 + b" " * 200_000 + b"<a/>"))

    assert [finding.rule_id for finding in judgement.findings] == ["ME-01"]
    assert process_time() - started < BOUND_S


def test_network_and_files_stay_untouched(judge: Judge) -> None:
    """An inclusion is an element like any other: nothing is fetched for it."""
    body = b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/hostname" parse="text"/></a>'

    assert [finding.rule_id for finding in judge.message(Capture(body)).findings] == ["ME-01"]


def test_many_breaches_are_counted_not_listed(judge: Judge) -> None:
    """Ten thousand wrong values are twenty findings and a number."""
    row = "<IntervalReadings><timeStamp>2026-03-01T00:15:00</timeStamp><value>NaN</value></IntervalReadings>"
    judgement = judge.message(example.captures(row * 3000)[0])
    mine = [finding for finding in judgement.findings if finding.rule_id == "MR-12"]

    assert len(mine) == 21
    assert mine[-1].found == "the same in 2,980 more places"


LONG = "9" * 5000
EVENT = (
    "<EndDeviceEvent><createdDateTime>2026-03-01T01:00:00Z</createdDateTime><Assets><mRID>M-1</mRID></Assets>"
    '<EndDeviceEventType ref="{}"/></EndDeviceEvent>'
)
CONTROL = "<EndDeviceControl>{}<PanDisplay/>{}<EndDevices><mRID>M-1</mRID></EndDevices></EndDeviceControl>"


@pytest.mark.parametrize(
    ("piece", "rule"),
    [
        (EVENT.format(f"{LONG}.26.0.85"), "EV-02"),
        (EVENT.format(f"3.26.0.{LONG}"), "EV-02"),
        (CONTROL.format("<PanPricing/>", f'<EndDeviceControlType ref="3.31.0.{LONG}"/>'), "CO-02"),
        (CONTROL.format(f"<drProgramLevel>{LONG}</drProgramLevel>", '<EndDeviceControlType ref="3.15.0.54"/>'), "CO-13"),
        (f'<ReadingQualities><ReadingQualityType ref="1.{LONG}.0"/></ReadingQualities>', "QU-02"),
        (f'<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.{LONG}"/>', "RT-01"),
    ],
)
def test_number_without_bounds_is_a_finding(judge: Judge, piece: str, rule: str) -> None:
    """More digits than Python makes a number of."""
    assert rule in {finding.rule_id for finding in judge.message(example.captures(piece)[0]).findings}


@pytest.mark.parametrize("piece", ["<Readings/>", "<IntervalBlocks/>"])
def test_very_many_errors_side_by_side_cost_time_in_proportion(judge: Judge, piece: str) -> None:
    """The validator alone would take minutes; what is wrong is told once, and counted."""
    raw = example.captures("<value>1.0</value>")[0].body
    place = raw.index(b"<MeterReading>") + len(b"<MeterReading>")
    started = process_time()
    findings = judge.message(Capture(raw[:place] + f"\n{piece}".encode() * 40_000 + raw[place:])).findings
    invalid = [finding for finding in findings if finding.rule_id == "XS-01"]

    assert invalid[0].found == f"{piece.strip('</>')} without it"
    assert invalid[-1].found.endswith("more places that the schema does not allow")
    assert process_time() - started < BOUND_S


def test_one_long_text_does_not_widen_every_row(judge: Judge) -> None:
    """A megabyte in one value would take ten gigabytes in ten thousand of them."""
    row = "<IntervalReadings><timeStamp>2026-03-01T00:15:00Z</timeStamp><value>{}</value></IntervalReadings>"
    rows = row.format(1) * 10_000 + row.format("9" * 1_000_000)
    judgement = judge.message(example.captures(f"<IntervalBlocks>{rows}</IntervalBlocks>")[0])

    assert judgement.readings is not None
    assert judgement.readings.cells.values.nbytes < 10_000_000


def test_very_many_reading_types_cost_time_in_proportion(judge: Judge) -> None:
    """No two of them are compared that have nothing to do with each other."""
    row = "<Readings><timeStamp>2026-03-01T00:00:00Z</timeStamp><value>1</value>"
    rows = "".join(f'{row}<ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.{number}.0.0.0.3.72.0"/></Readings>' for number in range(5000))
    started = process_time()
    judge.message(example.captures(rows)[0])

    assert process_time() - started < BOUND_S


@pytest.mark.parametrize(
    "piece", [f"<value>{'9' * 9_000_000}</value>", f'<ReadingType ref="{"0." * 4_000_000}"/>', f"<Verb>{'x' * 9_000_000}</Verb>"]
)
def test_text_without_bounds_is_told_within_bounds(judge: Judge, piece: str) -> None:
    """Not all of it, in each finding about it."""
    findings = judge.message(example.captures(piece)[0]).findings

    assert findings
    assert max(len(finding.found) for finding in findings) < 3000


MOST_MEMORY = 1_600 * 1024 * 1024
"""Of address space; a few hundred MB of it are the libraries' own."""

MOST_SECONDS = 30


def bounded() -> None:
    """What the operating system lets a child have."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def test_every_kind_of_harm_costs_one_finding_within_bounds_of_time_and_memory(tmp_path: Path) -> None:
    """All of them in one process, which gets no more memory and time than that; nothing is fetched."""
    (tmp_path / "2011").mkdir()
    (tmp_path / "generic").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        expected = {}
        for name, body, rule in hostile.shown(listener.getsockname()[1]):
            spoken = "generic" if name == hostile.IN_GENERIC else "2011"
            (tmp_path / spoken / name).write_bytes(body)
            expected[name] = [rule]
        with (tmp_path / "2011" / "attribute_of_100_MB.xml").open("wb") as file:
            file.write(b'<a b="' + b"x" * 100_000_000 + b'"/>')
        expected["attribute_of_100_MB.xml"] = ["XML-03"]
        found: dict[str, list[str]] = {}
        for spoken in ("2011", "generic"):
            command = [sys.executable, "-m", "cli", "check", "--format", "json", "--dialect", spoken, str(tmp_path / spoken)]
            done = subprocess.run(
                command,
                capture_output=True,
                check=False,
                env={"PYTHONPATH": str(HOUSE), "OPENBLAS_NUM_THREADS": "1"},
                preexec_fn=bounded,
                timeout=4 * MOST_SECONDS,
            )
            assert done.returncode == 1, done.stderr.decode()
            for message in json.loads(done.stdout)["files"]:
                found.setdefault(Path(message["file"]).name, []).extend(finding["rule"] for finding in message["findings"])
        with pytest.raises(BlockingIOError):
            listener.accept()

    assert found == expected


def test_document_that_is_cut_off_anywhere_is_told_as_cut_off(judge: Judge) -> None:
    """In a name, a tag, an attribute, a reference, a comment, or between them; wherever it was whole so far."""
    whole = b'<a xmlns="urn:a" b=\'1\'>\n<c d="2">x &amp; y</c><!-- 1 --><![CDATA[q]]><?p x?></a>'
    found = {judge.message(Capture(whole[:end])).findings[0].rule_id for end in range(1, len(whole))}

    assert found == {"XML-06"}


def test_document_that_was_wrong_before_it_was_cut_off_is_wrong(judge: Judge) -> None:
    """It would not have been right if it had arrived."""
    (finding,) = judge.message(Capture(b"<a x><b")).findings

    assert finding.rule_id == "XML-01"
