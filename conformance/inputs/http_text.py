"""HTTP as text, the way it crosses the wire: requests and responses one after the other, with their headers."""

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from ami.names import Wire
from conformance.capture import REPLY, REQUEST, Capture
from conformance.inputs import multipart
from conformance.inputs.entry import Entry, unbounded, unreadable, without_message
from conformance.parser import MOST_BYTES

MOST_UNPACKED: Final = 256 * 1024 * 1024
"""Bytes of all bodies of a file that do not stand in it as they were sent: as much as may stand in it as it was."""

_START: Final = rb"(?:[A-Z]{3,20} [^\s]+ HTTP/\d(?:\.\d)?|HTTP/\d(?:\.\d)? \d{3}[^\r\n]*)\r?\n"
_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?(?:###[^\n]*\n|\s)*" + _START)
_NEXT = re.compile(rb"^" + _START, re.MULTILINE)
_ANSWER = re.compile(rb"HTTP/\d(?:\.\d)? \d{3}")
_AT_ONCE = re.compile(_START)
"""On a wire a message follows the body of another without the end of a line."""

_SEPARATOR = re.compile(rb"^###[^\n]*\n?", re.MULTILINE)
_SIZE = re.compile(rb"\s*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]*)?(?:\r?\n|\Z)")
_MOST_DIGITS: Final = 18
_ACTION = re.compile(r"""action\s*=\s*"?([^";]+)""", re.IGNORECASE)
_PACKED: Final = ("gzip", "x-gzip", "deflate")


class _Part(NamedTuple):
    """One request or response. start: its first line; first_line: of its body in the file. plain: whether the body stands so there.

    lost: bytes before it that belong to none.
    """

    is_request: bool
    start: str
    headers: Mapping[str, str]
    body: bytes
    first_line: int
    plain: bool
    lost: int

    def told(self) -> dict[str, str]:
        """The headers that say something about the body as it was judged."""
        return {name: text for name, text in self.headers.items() if self.plain or name != "content-length"}


def begins(head: bytes) -> bool:
    """Whether a file begins with a request line or a status line."""
    return _FIRST.match(head) is not None


def action_of(headers: Mapping[str, str]) -> str | None:
    """The SOAPAction of a request. headers: by lower-case name; SOAP 1.2 has it in the content type."""
    written = headers.get("soapaction")
    if written is None:
        found = _ACTION.search(headers.get("content-type", ""))
        written = found[1] if found else ""
    return written.strip().strip('"') or None


def entries(file: str, raw: bytes) -> Iterator[Entry]:
    """The messages of a text of HTTP; a response belongs to the request before it. Where there is no response, none was written down."""
    exchange = number = bodies = unpacked = 0
    host = "server"
    are_answered = _ANSWER.search(raw) is not None
    for part in _parts(raw):
        unpacked += 0 if part.plain else len(part.body)
        if unpacked > MOST_UNPACKED:
            yield unbounded(file, f"bodies that unpack to more than {MOST_UNPACKED // 1024 // 1024} MiB")
            return
        if part.lost:
            yield unreadable(
                file, f"{part.lost:,} bytes between the messages that belong to none: is a Content-Length too small?", part.first_line
            )
        if part.is_request:
            exchange += 1
            host = part.headers.get("host", "server")
        number += 1
        leg = REQUEST if part.is_request else REPLY
        name = f"#{exchange} {'request' if part.is_request else 'response'}"
        if not part.body.strip():
            continue
        bodies += 1
        if part.headers.get("content-encoding", "identity").lower() not in ("identity", *_PACKED):
            yield unreadable(file, f"{name} with Content-Encoding {part.headers['content-encoding']}", part.first_line)
            continue
        action = action_of(part.headers) if part.is_request else None
        method, status = (part.start.partition(" ")[0], None) if part.is_request else (None, int(part.start.split(" ")[1][:3]))
        capture = Capture(
            part.body,
            None,
            Wire("client", host),
            leg,
            (exchange or None) if are_answered else None,
            action,
            number,
            part.told(),
            status,
            method,
        )
        yield Entry(file, name, capture, "", part.first_line, part.plain)
    if not bodies:
        yield without_message(file, "no request or response in it has a body")


def _parts(raw: bytes) -> Iterator[_Part]:
    place = counted = 0
    line = 1
    while True:
        start = _AT_ONCE.match(raw, place) or _NEXT.search(raw, place)
        lost = len(_SEPARATOR.sub(b"", raw[place : start.start() if start else len(raw)]).strip())
        if start is None:
            if lost:
                yield _Part(False, "", {}, b"", line, True, lost)
            return
        after = _headers_end(raw, start.end())
        headers = _headers(raw[start.end() : after])
        end = _end(raw, after, headers)
        body = raw[after:end]
        plain = True
        if headers.get("transfer-encoding", "").lower() == "chunked":
            body, plain = _unchunked(body), False
        if headers.get("content-encoding", "").lower() in _PACKED:
            body, plain = _inflated(body), False
        packed = multipart.root(body, headers)
        if packed is not None:
            body, headers, plain = packed.body, dict(packed.headers), False
        line, counted = line + raw.count(b"\n", counted, after), after
        yield _Part(not start[0].startswith(b"HTTP/"), start[0].decode("latin-1"), headers, body, line, plain, lost)
        place = end


def _headers_end(raw: bytes, start: int) -> int:
    """Where the body begins: behind the first empty line."""
    if raw[start : start + 2] == b"\r\n" or raw[start : start + 1] == b"\n":
        return start + (2 if raw[start : start + 1] == b"\r" else 1)
    found = re.compile(rb"\r?\n\r?\n").search(raw, start)
    return found.end() if found else len(raw)


def _headers(text: bytes) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.decode("latin-1").splitlines())
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def _end(raw: bytes, start: int, headers: Mapping[str, str]) -> int:
    """Where a body ends: after its length, else before whatever comes next."""
    length = headers.get("content-length", "")
    if length.isdecimal() and len(length) <= _MOST_DIGITS and start + int(length) <= len(raw):
        return start + int(length)
    following = _NEXT.search(raw, start)
    end = following.start() if following else len(raw)
    separator = _SEPARATOR.search(raw, start, end)
    return separator.start() if separator else end


def _unchunked(body: bytes) -> bytes:
    """A body without the sizes of its chunks; as it stands where they make no sense."""
    pieces: list[bytes] = []
    place = 0
    while place < len(body):
        found = _SIZE.match(body, place)
        if found is None:
            return body if body[place:].strip() else b"".join(pieces)
        size = int(found[1], 16)
        if size == 0:
            break
        pieces.append(body[found.end() : found.end() + size])
        place = found.end() + size
        place += 2 if body[place : place + 2] == b"\r\n" else 1
    return b"".join(pieces)


def _inflated(body: bytes) -> bytes:
    """A compressed body, no more of it than the judge reads; as it stands where it is not compressed."""
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        return unpacking.decompress(body, MOST_BYTES + 1)
    except zlib.error:
        return body
