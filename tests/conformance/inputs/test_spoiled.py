"""Files that somebody has spoiled, on purpose or not: read within bounds, and nothing of them is lost without a word."""

import gzip
import io
import json
import os
import zipfile
from pathlib import Path
from time import process_time
from typing import Any, Final

import pytest

from ami.errors import ConfigurationError
from conformance.capture import Capture
from conformance.inputs import archive, content, files
from conformance.inputs.entry import Entry

BOUND_S: Final = 10
"""Of processor time: what takes time in proportion takes a hundredth of that."""


def entries(name: str, raw: bytes | str) -> list[Entry]:
    """What stands in a file of that name."""
    return list(content.entries(name, raw.encode() if isinstance(raw, str) else raw))


def captures(name: str, raw: bytes | str) -> list[Capture]:
    """The messages in such a file."""
    return [entry.capture for entry in entries(name, raw) if entry.capture is not None]


@pytest.mark.parametrize(
    "odd",
    [
        {"soap_action": []},
        {"exchange": {}},
        {"message": "9"},
        {"leg": "both"},
        {"virtual_at": "2026-03-01T01:00:11"},
        {"body": 5},
        {"wire": 7},
    ],
    ids=str,
)
def test_record_line_with_something_else_in_it_is_a_finding(odd: dict[str, Any]) -> None:
    """Whatever was edited by hand: no rule has to reckon with it."""
    line = {
        "type": "message", "scenario": "a", "message": 9, "exchange": 4, "wire": "hes->mdms", "leg": "request", "sender": "hes",
        "virtual_at": "2026-03-01T01:00:11+00:00", "soap_action": None, "body": "<a/>",
    }  # fmt: skip
    (sound,) = entries("record.ndjson", json.dumps(line))
    (entry,) = entries("record.ndjson", json.dumps(line | odd))

    assert sound.capture is not None
    assert entry.capture is None
    assert entry.refused is not None


def test_har_of_impossible_moments_and_states_is_read() -> None:
    """A response after the end of time came when its request did."""
    written = {
        "startedDateTime": "9999-12-31T23:59:59Z",
        "time": 1e11,
        "request": {"postData": {"text": "<a/>"}},
        "response": {"status": 10**30, "content": {"text": "<b/>"}},
    }
    request, response = captures("a.har", json.dumps({"log": {"entries": [written]}}))

    assert response.at == request.at
    assert response.status is None


def test_har_body_that_is_no_base64_is_taken_as_it_stands() -> None:
    """Otherwise signs would be left out until it is some, and a message would be none."""
    sent = {"request": {"postData": {"text": "<abc/>", "encoding": "base64"}}}

    assert [capture.body for capture in captures("a.har", json.dumps({"log": {"entries": [sent]}}))] == [b"<abc/>"]


def test_har_of_very_many_values_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes many times the memory of its two bytes."""
    monkeypatch.setattr("conformance.inputs.har.MOST_VALUES", 100)
    (entry,) = entries("a.har", f'{{"log": [{"[]," * 100}0]}}')

    assert entry.refused is not None
    assert entry.refused.rule_id == "IN-02"


@pytest.mark.parametrize("chunks", ["-4\nabc", "3\nabc\n2", "ffffffffffffffffff\nabc", "3\nabc\n-4\n"])
def test_http_chunks_of_impossible_sizes_are_read_once(chunks: str) -> None:
    """One that leads back to the beginning would be read for ever."""
    (capture,) = captures("a.http", f"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n{chunks}")

    assert len(capture.body) <= len(chunks)


def test_http_length_without_bounds_is_none() -> None:
    """More digits than Python makes a number of."""
    (capture,) = captures("a.http", f"HTTP/1.1 200 OK\nContent-Length: {'9' * 5000}\n\n<a/>")

    assert capture.body == b"<a/>"


def test_many_http_messages_cost_time_in_proportion() -> None:
    """Nobody counts all lines again for each of them, or looks for the next separator to the end of the file."""
    started = process_time()
    (entry,) = entries("a.http", "GET /a HTTP/1.1\n\n" * 100_000)

    assert entry.told
    assert process_time() - started < BOUND_S


def test_http_message_follows_a_body_at_once() -> None:
    """As on the wire, where no line ends between them."""
    said = "\r\nContent-Length: 4\r\n\r\n"
    raw = f"POST /a HTTP/1.1{said}<a/>HTTP/1.1 200 OK{said}<b/>PATCH /c HTTP/1.1{said}<c/>"

    assert [capture.body for capture in captures("a.http", raw)] == [b"<a/>", b"<b/>", b"<c/>"]


@pytest.mark.parametrize("after", ["", "HTTP/1.1 200 OK\n\n<b/>"])
def test_http_bytes_that_belong_to_no_message_are_told(after: str) -> None:
    """A length that is too small would hide a message behind it."""
    found = entries("a.http", f"POST /a HTTP/1.1\nContent-Length: 4\n\n<a/>\n<lost/>\n{after}")

    assert [entry.refused.rule_id for entry in found if entry.refused] == ["IN-01"]


def test_packages_in_packages_without_end_are_taken_as_they_stand() -> None:
    """Nobody goes down to the last of them."""
    inner = "".join(f"--b{number}\nContent-Type: multipart/mixed; boundary=b{number + 1}\n\n" for number in range(3000))
    raw = f"POST /a HTTP/1.1\nContent-Type: multipart/related; boundary=b0\n\n{inner}"

    assert [capture.body.decode() for capture in captures("a.http", raw)] == [inner]


def test_http_bodies_unpack_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A conversation is held as a whole, so all of it has to have bounds."""
    monkeypatch.setattr("conformance.inputs.http_text.MOST_UNPACKED", 25_000)
    packed = gzip.compress(b"<a>" + b" " * 10_000)
    reply = b"HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: %d\n\n%b" % (len(packed), packed)
    *_, last = entries("a.http", reply * 10)

    assert last.refused is not None
    assert last.refused.rule_id == "IN-02"


def test_archive_packed_in_any_way_may_be_damaged() -> None:
    """Also in one whose errors are of a kind of their own."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as opened:
        opened.writestr("a.xml", b"<a/>" * 100)
    raw = bytearray(made.getvalue())
    raw[50:60] = b"\xff" * 10  # in the middle of what was packed
    (entry,) = archive.unpacked("a.zip", bytes(raw))

    assert entry.refused is not None
    assert entry.refused.rule_id == "IN-01"


def test_archive_with_too_large_a_directory_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names of millions of files would fill the memory before any of them is unpacked."""
    monkeypatch.setattr("conformance.inputs.archive.MOST_FILES", 2)
    monkeypatch.setattr("zipfile.ZipFile", None)
    (entry,) = archive.unpacked("a.zip", b"PK\x03\x04" + b"PK\x01\x02" * 3)

    assert entry.refused is not None
    assert entry.refused.rule_id == "IN-02"


def test_folder_without_messages_is_told(tmp_path: Path) -> None:
    """Also beside others: it is not passed over without a word."""
    (tmp_path / "notes.txt").write_text("")
    (entry,) = files.entries(*files.listed([tmp_path])) or ()

    assert entry.told.startswith("no file in this folder ends in .xml")


def test_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    """Nobody may ever write into it."""
    os.mkfifo(tmp_path / "a.xml")
    with pytest.raises(ConfigurationError, match=r"a\.xml: it is no file"):
        files.listed([tmp_path])


def test_name_that_is_too_long_is_no_file(tmp_path: Path) -> None:
    """The system refuses it otherwise than one that is not there."""
    with pytest.raises(ConfigurationError, match="name too long"):
        files.listed([tmp_path / ("x" * 300)])
