"""HTTP requests to a system, one connection pool a thread."""

import base64
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass

import requests
from urllib3.exceptions import HTTPError

from ami.errors import UnreachableError
from transports.deadline import DeadlineAdapter

TIMEOUT_S = 30.0
"""The longest that a whole reply may take."""

LIMIT_BYTES = 256 * 1024 * 1024
"""The largest reply that is read: whoever sends more shall not take the memory of the harness."""

CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class HttpReply:
    """What a server answered; header names are in lower case."""

    status: int
    body: bytes
    headers: Mapping[str, str]


_LOCAL = threading.local()


def adapter(tls: ssl.SSLContext | None) -> DeadlineAdapter:
    """What connects to systems. tls: what https is spoken with, the machine's trust by default."""
    return DeadlineAdapter(tls)


def _session(tls: ssl.SSLContext | None) -> requests.Session:
    sessions: dict[ssl.SSLContext | None, requests.Session] = getattr(_LOCAL, "sessions", {})
    if tls not in sessions:
        session = requests.Session()
        # Proxies and netrc files of the machine are none of the landscape's business.
        session.trust_env = False
        for scheme in ("http://", "https://"):
            session.mount(scheme, adapter(tls))
        sessions[tls] = session
        _LOCAL.sessions = sessions
    return sessions[tls]


def basic(user: str, password: str) -> str:
    """The Authorization header of HTTP Basic."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


def post(
    address: str, body: bytes, headers: Mapping[str, str], timeout_s: float = TIMEOUT_S, tls: ssl.SSLContext | None = None
) -> HttpReply:
    """The reply to a POST. Raises UnreachableError where none comes within `timeout_s`."""
    return _request("POST", address, body, headers, timeout_s, tls)


def get(
    address: str, headers: Mapping[str, str] | None = None, timeout_s: float = TIMEOUT_S, tls: ssl.SSLContext | None = None
) -> HttpReply:
    """The reply to a GET. Raises UnreachableError where none comes within `timeout_s`."""
    return _request("GET", address, b"", headers or {}, timeout_s, tls)


def post_soap(
    address: str,
    body: bytes,
    action: str,
    authorization: str | None,
    timeout_s: float = TIMEOUT_S,
    tls: ssl.SSLContext | None = None,
) -> HttpReply:
    """The reply to a SOAP 1.1 message. Raises UnreachableError where none comes within `timeout_s`."""
    headers = {"content-type": "text/xml; charset=utf-8", "soapaction": f'"{action}"'}
    if authorization is not None:
        headers["authorization"] = authorization
    return post(address, body, headers, timeout_s, tls)


def _request(method: str, address: str, body: bytes, headers: Mapping[str, str], timeout_s: float, tls: ssl.SSLContext | None) -> HttpReply:
    try:
        # Prepared here and not by the session: nothing of its settings, cookies or the machine's belongs to a message.
        prepared = requests.Request(method, address, headers=dict(headers), data=body or None).prepare()
        with _session(tls).send(prepared, timeout=timeout_s, allow_redirects=False, stream=True) as response:
            content = _content(response)
    except (requests.RequestException, HTTPError) as error:
        raise UnreachableError(f"{address} does not answer: {_reason(error)}") from None
    if content is None:
        raise UnreachableError(f"{address} answers with more than {LIMIT_BYTES // 1024 // 1024} MiB")
    return HttpReply(response.status_code, content, {name.lower(): value for name, value in response.headers.items()})


def _content(response: requests.Response) -> bytes | None:
    """The body of a reply; None where it is too large."""
    chunks: list[bytes] = []
    size = 0
    for chunk in response.iter_content(CHUNK_BYTES):
        size += len(chunk)
        if size > LIMIT_BYTES:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


def _reason(error: Exception) -> str:
    if isinstance(error, requests.Timeout) or "timed out" in str(error) or "in time" in str(error):
        return "no reply in time"
    if isinstance(error, requests.exceptions.SSLError):
        return f"TLS: {_inmost(error)}"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the reply broke off"
    if isinstance(error, requests.ConnectionError):
        return "the connection broke before the reply" if "aborted" in str(error) else "no connection"
    return str(error)


def _inmost(error: BaseException) -> str:
    """What the TLS library said, out of all that others wrapped around it."""
    inner = next((one for one in (error.__cause__, error.__context__, *error.args) if isinstance(one, BaseException)), None)
    reason = getattr(inner, "reason", None)
    if isinstance(reason, BaseException):
        return _inmost(reason)
    return _inmost(inner) if inner is not None else str(error)
