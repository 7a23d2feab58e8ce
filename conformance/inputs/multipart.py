"""MIME packages around a message, as MTOM and SOAP with Attachments send it: the message is their root part."""

from collections.abc import Mapping
from email import message_from_bytes
from email.message import Message
from typing import Final, NamedTuple

PACKAGE: Final = "multipart/"


class Root(NamedTuple):
    """The message of a package. headers: those that came, with the content type of the message in place of the package's."""

    body: bytes
    headers: Mapping[str, str]


def root(body: bytes, headers: Mapping[str, str]) -> Root | None:
    """The message in a package; None where the body is none, or one without parts. headers: by lower-case name."""
    written = headers.get("content-type", "")
    if not written.lower().startswith(PACKAGE):
        return None
    try:
        package = message_from_bytes(b"Content-Type: " + written.encode("latin-1", "replace") + b"\r\n\r\n" + body)
    except RecursionError:  # packages in packages, without end: it is judged as it stands, and is no XML
        return None
    parts = [part for part in package.get_payload() if isinstance(part, Message)] if package.is_multipart() else []
    if not parts:
        return None
    start = package.get_param("start")
    found = next((part for part in parts if start and part.get("Content-ID") == start), parts[0])
    inside = found.get_payload(decode=True)
    if not isinstance(inside, bytes):
        return None
    return Root(inside, {**headers, "content-type": _content_type(package, found)})


def _content_type(package: Message, part: Message) -> str:
    """What the message would be sent as by itself: MTOM has it in start-info, or as the type of the part that the package is about."""
    told = [package.get_param("start-info"), part.get_param("type"), part.get_content_type()]
    media = next(str(each) for each in told if each)
    charset = part.get_content_charset()
    return f"{media.partition(';')[0].strip()}; charset={charset}" if charset else media
