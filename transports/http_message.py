"""HTTP requests and responses as values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

_REASONS = {status.value: status.phrase for status in HTTPStatus}


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """What came in. `path` is decoded, `query` raw, header names are in lower case; `too_large`: the body was thrown away."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """What goes out."""

    status: int
    body: bytes
    content_type: str = "text/xml; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[HttpRequest], HttpResponse]
"""Answers a request. It may take its time: it is called on a thread of its own."""

Quick = Callable[[HttpRequest], HttpResponse | None]
"""Answers a request at once, without waiting for anything, or leaves it to the handler by None."""


def rendered(response: HttpResponse, date: str, *, keep_alive: bool, without_body: bool = False) -> bytes:
    """The bytes of a response. date: the moment, as HTTP writes it; without_body: the answer to HEAD."""
    more = "".join(f"{name}: {value}\r\n" for name, value in response.headers.items()) if response.headers else ""
    head = (
        f"HTTP/1.1 {response.status:d} {_REASONS.get(response.status, '')}\r\ndate: {date}\r\ncontent-type: {response.content_type}\r\n"
        f"content-length: {len(response.body)}\r\n{more}{'' if keep_alive else 'connection: close' + chr(13) + chr(10)}\r\n"
    ).encode("latin-1")
    return head if without_body else head + response.body
