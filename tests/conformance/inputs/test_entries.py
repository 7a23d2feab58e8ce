"""The files that messages are taken from."""

import base64
import gzip
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami.errors import ConfigurationError
from ami.names import Wire
from conformance.capture import Capture
from conformance.inputs import archive, content, files
from conformance.inputs.entry import Entry

ACTION = "http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings"


def entries(name: str, raw: bytes | str) -> list[Entry]:
    """What stands in a file of that name."""
    return list(content.entries(name, raw.encode() if isinstance(raw, str) else raw))


def captures(found: Iterable[Entry]) -> list[Capture]:
    """What was captured; each entry must hold something."""
    taken = []
    for entry in found:
        assert entry.capture is not None, entry
        taken.append(entry.capture)
    return taken


def har(*exchanges: dict[str, Any]) -> str:
    """A HAR."""
    return json.dumps({"log": {"version": "1.2", "entries": exchanges}})


def exchange(sent: str, answered: dict[str, Any], **request: Any) -> dict[str, Any]:
    """One entry of a HAR."""
    return {
        "startedDateTime": "2026-03-01T01:00:11.500Z",
        "time": 250,
        "request": {"method": "POST", "url": "https://mdms.example:8443/in", "headers": [], "postData": {"text": sent}, **request},
        "response": {"status": 200, "content": answered},
    }


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, body in members.items():
            opened.writestr(name, body)
    return made.getvalue()


def test_har_exchange_is_request_and_response_with_action_wire_and_moments() -> None:
    """The response was heard when the time of the exchange had gone by."""
    headers = [{"name": "SOAPAction", "value": f'"{ACTION}"'}]
    answered = {"text": base64.b64encode(b"<b/>").decode(), "encoding": "base64"}
    found = entries("capture.har", har(exchange("<a/>", answered, headers=headers)))

    assert [entry.name for entry in found] == ["capture.har#1 request", "capture.har#1 response"]
    assert {entry.conversation for entry in found} == {""}
    sent = {"soapaction": f'"{ACTION}"'}
    wire = Wire("client", "mdms.example:8443")
    assert captures(found) == [
        Capture(b"<a/>", datetime(2026, 3, 1, 1, 0, 11, 500_000, UTC), wire, "request", 1, ACTION, 1, sent, None, "POST"),
        Capture(b"<b/>", datetime(2026, 3, 1, 1, 0, 11, 750_000, UTC), wire, "reply", 1, None, 1, None, 200),
    ]


def test_har_leaves_out_what_is_no_message() -> None:
    """A page that was looked at between two messages; the numbers are those of the recording."""
    page: dict[str, Any] = {"request": {"method": "GET", "url": "/"}, "response": {"content": {"text": "<html/>"}}}
    found = entries("capture.har", har(page, exchange("<a/>", {})))

    assert [entry.part for entry in found] == ["#2 request"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("{", "no JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("{}", "without log.entries"),
        ("[1]", "without log.entries"),
        (har(7), "entry 1 of the HAR is no object"),  # type: ignore[arg-type]
    ],
)
def test_broken_har_is_one_finding(raw: str, said: str) -> None:
    """Nobody believes that its messages were judged."""
    (entry,) = entries("capture.har", raw)

    assert entry.refused is not None
    assert entry.refused.rule_id == "IN-01"
    assert said in entry.refused.found


def test_record_of_a_run_is_conversations() -> None:
    """A scenario each; what the tester sent belongs to them, but is nobody's fault."""
    line = {
        "type": "message", "number": 2, "scenario": "fat/delivery::A day", "message": 9, "exchange": 4, "wire": "hes->mdms",
        "leg": "request", "sender": "hes", "virtual_at": "2026-03-01T01:00:11+00:00", "soap_action": ACTION, "body": "<a/>",
    }  # fmt: skip
    other = line | {"sender": "tester", "wire": "tester->mdms", "body_base64": base64.b64encode(b"\xff").decode()}
    del other["body"]
    raw = "\n".join(json.dumps(each) for each in ({"type": "run_started"}, line, other, {"type": "run_finished", "message": 1}))
    first, second = entries("record.ndjson", raw)

    assert (first.name, first.conversation, first.first_line, first.told) == ("record.ndjson#9 request", "fat/delivery::A day", 2, "")
    assert first.capture == Capture(b"<a/>", datetime(2026, 3, 1, 1, 0, 11, tzinfo=UTC), Wire("hes", "mdms"), "request", 4, ACTION, 9)
    assert second.told
    assert second.capture is not None
    assert second.capture.body == b"\xff"


def test_record_line_that_is_none_is_a_finding_at_its_line() -> None:
    """The rest is still read."""
    (entry,) = entries("record.ndjson", '{"type": "run_started"}\n{"type": "message", "wire": 7}\n')

    assert entry.refused is not None
    assert entry.refused.where.line == 2


def test_http_text_is_exchanges_with_the_lines_of_the_file() -> None:
    """Of a known length, and up to what comes next; Windows' line ends."""
    raw = (
        f'POST /in HTTP/1.1\r\nHost: mdms\r\nSOAPAction: "{ACTION}"\r\nContent-Length: 5\r\n\r\n<a/>\n\r\n'
        "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<b>\r\n</b>\r\n"
        '### the next one\nPOST /in HTTP/1.1\nContent-Type: application/soap+xml; action="urn:x"\n\n<c/>'
    )
    found = entries("traffic.http", raw)

    assert [(entry.part, entry.first_line) for entry in found] == [("#1 request", 6), ("#1 response", 11), ("#2 request", 17)]
    assert [capture.body.strip() for capture in captures(found)] == [b"<a/>", b"<b>\r\n</b>", b"<c/>"]
    assert [capture.leg for capture in captures(found)] == ["request", "reply", "request"]
    assert [capture.soap_action for capture in captures(found)] == [ACTION, None, "urn:x"]
    assert [capture.exchange for capture in captures(found)] == [1, 1, 2]
    assert [capture.status for capture in captures(found)] == [None, 200, None]
    assert [capture.content_type for capture in captures(found)] == [None, "text/xml", 'application/soap+xml; action="urn:x"']


def test_http_body_is_unpacked() -> None:
    """Chunks and compression are undone, since the receiver undoes them too."""
    packed = gzip.compress(b"<a/>")
    chunked = b"3\r\n" + packed[:3] + b"\r\n%x\r\n" % (len(packed) - 3) + packed[3:] + b"\r\n0\r\n\r\n"
    raw = b"POST /in HTTP/1.1\nTransfer-Encoding: chunked\nContent-Encoding: gzip\n\n" + chunked
    (capture,) = captures(entries("traffic.http", raw))

    assert capture.body == b"<a/>"


PACKAGE = (
    b'--mime\r\nContent-Type: application/xop+xml; charset=UTF-8; type="text/xml"\r\nContent-ID: <root>\r\n\r\n<a>\r\n</a>\r\n'
    b"--mime\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <1>\r\n\r\n\x89PNG\r\n--mime--\r\n"
)
PACKAGED = 'multipart/related; type="application/xop+xml"; boundary="mime"; start="<root>"; start-info="text/xml"'


def test_message_in_a_mime_package_is_its_root_part() -> None:
    """With the content type that it would have alone, in HTTP as text and in a HAR."""
    text = f"POST /in HTTP/1.1\r\nContent-Type: {PACKAGED}\r\nContent-Length: {len(PACKAGE)}\r\n\r\n".encode() + PACKAGE
    headers = [{"name": "Content-Type", "value": PACKAGED}]
    recorded = har(exchange(PACKAGE.decode("latin-1"), {}, headers=headers))

    for found in (entries("sent.http", text), entries("sent.har", recorded)):
        (capture,) = captures(found)
        assert capture.body == b"<a>\r\n</a>"
        assert capture.headers == {"content-type": "text/xml; charset=utf-8"}


def test_requests_without_any_response_are_not_held_to_have_none() -> None:
    """A file of requests to be sent has no answers to show; where one is there, the others are missing."""
    request, response = "POST /in HTTP/1.1\n\n<a/>\n", "HTTP/1.1 200 OK\n\n<b/>\n"

    assert [capture.exchange for capture in captures(entries("to_send.http", request * 2))] == [None, None]
    assert [capture.exchange for capture in captures(entries("heard.http", request + response + request))] == [1, 1, 2]


def test_soapui_project_gives_requests_and_mock_responses() -> None:
    """Named by what they stand in, at their line; one that is still to be filled in is told."""
    raw = """<?xml version="1.0"?>
<con:soapui-project name="P" xmlns:con="http://eviware.com/soapui/config">
<con:interface name="I"><con:operation name="Created" action="urn:created">
<con:call name="Request 1"><con:request><![CDATA[
<a/>]]></con:request></con:call>
<con:call name="Request 2"><con:request><![CDATA[<a>${#Project#id}</a>]]></con:request></con:call>
</con:operation></con:interface>
<con:mockService name="M"><con:mockOperation name="O"><con:response name="R"><con:responseContent>&lt;b/></con:responseContent>
</con:response></con:mockOperation></con:mockService>
<con:settings><con:setting>x</con:setting><con:request>not XML</con:request></con:settings>
</con:soapui-project>"""
    first, second, third = entries("project.xml", raw)

    assert (first.part, first.first_line) == ("#1 I/Created/Request 1", 5)
    assert first.capture == Capture(b"<a/>", soap_action="urn:created")
    assert "${" in second.told
    assert second.capture is None
    assert third.part == "#3 M/O/R"
    assert third.capture == Capture(b"<b/>", leg="reply")


def test_archive_is_read_like_a_folder_with_archives_in_it(tmp_path: Path) -> None:
    """A recording in an archive in an archive keeps its parts and its conversation."""
    inner = zipped({"deep/capture.har": har(exchange("<a/>", {"text": "<b/>"})).encode(), "notes.txt": b"no message"})
    path = tmp_path / "all.zip"
    path.write_bytes(zipped({"z.xml": b"<z/>", "inner.zip": inner}))
    found = list(files.entries(str(path)) or ())

    assert [entry.part for entry in found] == [
        "#inner.zip#deep/capture.har#1 request",
        "#inner.zip#deep/capture.har#1 response",
        "#z.xml",
    ]
    assert [entry.conversation for entry in found] == ["#inner.zip#deep/capture.har"] * 2 + [None]
    assert {entry.file for entry in found} == {str(path)}


def test_archive_is_opened_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bomb is one finding: too large a file, too many, too deep, too much of all together."""

    def refused(raw: bytes) -> list[str]:
        return [entry.refused.rule_id for entry in archive.unpacked("a.zip", raw) if entry.refused]

    nested = zipped({"a.xml": b"<a/>"})
    for _ in range(archive.MOST_LEVELS):
        nested = zipped({"a.zip": nested})
    assert refused(nested) == ["IN-02"]
    assert refused(zipped({"a.xml": b" " * (32 * 1024 * 1024 + 1)})) == ["IN-02"]
    monkeypatch.setattr(archive, "MOST_FILES", 2)
    assert refused(zipped({f"{number}.xml": b"<a/>" for number in range(5)})) == ["IN-02"]
    monkeypatch.setattr(archive, "MOST_UNPACKED", 10)
    assert refused(zipped({"a.xml": b"<a/>" * 3, "b.xml": b"<b/>"})) == ["IN-02"]


@given(st.integers(0, 400), st.binary(max_size=3))
def test_broken_archive_is_findings(place: int, cut_in: bytes) -> None:
    """Bytes changed anywhere: it is read, or it is a finding; never an exception."""
    raw = zipped({"a.xml": b"<a>text</a>", "b.xml": b"<b/>"})
    found = list(archive.unpacked("a.zip", raw[:place] + cut_in + raw[place + len(cut_in) + 1 :]))

    assert found
    assert all(entry.capture or entry.refused or entry.told for entry in found)


@pytest.mark.parametrize(
    ("name", "raw"),
    [("empty.har", har()), ("record.ndjson", ""), ("p.xml", "<soapui-project/>"), ("get.http", "GET / HTTP/1.1\n\n")],
)
def test_file_without_a_message_says_so(name: str, raw: str) -> None:
    """Nobody takes it for a pass."""
    (entry,) = entries(name, raw)

    assert entry.capture is None
    assert entry.told


def test_standard_input_is_read_once() -> None:
    """The second time there would be nothing in it, and that would look like a finding."""
    with pytest.raises(ConfigurationError, match="named twice"):
        files.listed([Path("-"), Path("-")])


def test_folder_is_searched_for_what_may_hold_messages(tmp_path: Path) -> None:
    """Below it, too, by the endings that are known, in the order of names."""
    (tmp_path / "b").mkdir()
    for name in ("b/deep.SOAP", "a.xml", "notes.txt", "x.har", "z.zip"):
        (tmp_path / name).write_bytes(b"")

    assert [Path(name).relative_to(tmp_path).as_posix() for name in files.listed([tmp_path])] == ["a.xml", "b/deep.SOAP", "x.har", "z.zip"]


@given(st.sampled_from(["a.har", "a.ndjson", "a.http", "a.xml", "a.zip"]), st.binary(max_size=300))
def test_nothing_makes_a_reader_stumble(name: str, raw: bytes) -> None:
    """Whatever a file holds."""
    for entry in content.entries(name, raw):
        assert entry.capture or entry.told or entry.refused


@given(st.text(max_size=200), st.text(max_size=100), st.binary(max_size=100))
def test_http_of_any_headers_and_body_is_read(line: str, headers: str, body: bytes) -> None:
    """A recording may be cut off, or edited by hand."""
    raw = b"POST /x HTTP/1.1\nContent-Encoding: gzip\nTransfer-Encoding: chunked\n" + headers.encode() + b"\n\n" + body + line.encode()
    for entry in content.entries("a.http", raw):
        assert entry.capture or entry.told or entry.refused
