"""HAR, the recording that browsers and proxies write: each request with its response is an exchange of one conversation."""

import json
from base64 import b64decode
from binascii import Error as NotBase64Error
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from ami.names import Wire
from conformance.capture import REPLY, REQUEST, Capture
from conformance.inputs import multipart
from conformance.inputs.entry import Entry, unbounded, unreadable, without_message
from conformance.inputs.http_text import action_of

CLIENT: Final = "client"
"""What the sender of the requests is called: a HAR names servers alone."""

MOST_VALUES: Final = 5_000_000
"""Of JSON: each takes many times the memory of its one or two bytes."""

_VALUES: Final = (b",", b"[", b"{")


def entries(file: str, raw: bytes) -> Iterator[Entry]:
    """The messages of a HAR: requests that carry XML, and whatever was answered to them."""
    if sum(map(raw.count, _VALUES)) > MOST_VALUES:
        yield unbounded(file, f"a HAR with more than {MOST_VALUES:,} values")
        return
    try:
        recorded = json.loads(raw)["log"]["entries"]
    except ValueError as error:
        yield unreadable(file, f"a HAR that is no JSON: {error}", getattr(error, "lineno", 0))
        return
    except RecursionError:
        yield unreadable(file, "a HAR that is nested too deeply")
        return
    except (KeyError, TypeError):
        yield unreadable(file, "JSON without log.entries, so no HAR")
        return
    found = False
    for number, exchange in enumerate(recorded if isinstance(recorded, list) else [], 1):
        for entry in _exchange(file, number, exchange):
            found = True
            yield entry
    if not found:
        yield without_message(file, "no request in it carries XML")


def _exchange(file: str, number: int, exchange: Any) -> Iterator[Entry]:
    if not isinstance(exchange, dict):
        yield unreadable(file, f"entry {number} of the HAR is no object")
        return
    request, response = _object(exchange, "request"), _object(exchange, "response")
    sent, told = _unpacked(_body(_object(request, "postData")), _told(request))
    if not _is_xml(sent):
        return
    started = _started(exchange.get("startedDateTime"))
    took = exchange.get("time")
    ended = _later(started, took) if isinstance(took, int | float) and 0 <= took < 1e12 else started
    wire = Wire(CLIENT, _host(request.get("url")))
    action = action_of(_headers(request))
    method = str(request.get("method", "")) or None
    capture = Capture(sent, started, wire, REQUEST, number, action, number, told, None, method)
    yield Entry(file, f"#{number} request", capture, "", first_line=0, follows_lines=False)
    answered, told = _unpacked(_body(_object(response, "content")), _told(response))
    if answered.strip():
        status = response.get("status")
        known = status if type(status) is int and 100 <= status <= 999 else None
        capture = Capture(answered, ended, wire, REPLY, number, None, number, told, known)
        yield Entry(file, f"#{number} response", capture, "", first_line=0, follows_lines=False)


def _object(owner: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = owner.get(name)
    return found if isinstance(found, dict) else {}


def _body(content: Mapping[str, Any]) -> bytes:
    text = content.get("text")
    if not isinstance(text, str):
        return b""
    if content.get("encoding") == "base64":
        try:
            return b64decode("".join(text.split()), validate=True)
        except (NotBase64Error, ValueError):
            return text.encode("utf-8", "surrogatepass")
    return text.encode("utf-8", "surrogatepass")


def _is_xml(body: bytes) -> bool:
    return body.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"<"


def _headers(message: Mapping[str, Any]) -> dict[str, str]:
    listed = message.get("headers")
    pairs = listed if isinstance(listed, list) else []
    return {str(pair.get("name", "")).lower(): str(pair.get("value", "")) for pair in pairs if isinstance(pair, dict)}


def _told(message: Mapping[str, Any]) -> dict[str, str] | None:
    """The headers that say something about a body as a HAR has it: unpacked, and as text. None where it has no headers at all."""
    return {name: text for name, text in _headers(message).items() if name not in ("content-length", "content-encoding")} or None


def _unpacked(body: bytes, headers: dict[str, str] | None) -> tuple[bytes, Mapping[str, str] | None]:
    """A body, and the headers of it; those of a package are of the message in it."""
    packed = multipart.root(body, headers or {})
    return (packed.body, packed.headers) if packed is not None else (body, headers)


def _started(text: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _later(at: datetime | None, milliseconds: float) -> datetime | None:
    try:
        return at + timedelta(milliseconds=milliseconds) if at else None
    except OverflowError:
        return at


def _host(url: object) -> str:
    try:
        return urlsplit(str(url)).netloc or "server"
    except ValueError:
        return "server"
