"""What a file's content is, by its first bytes, and the messages in it."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from conformance.capture import Capture
from conformance.inputs import har, http_text, record, soapui
from conformance.inputs.entry import Entry

ENDINGS: Final = (".xml", ".soap", ".wsdl", ".har", ".ndjson", ".http", ".zip")
"""Files that a folder is searched for; what is named by itself may end as it likes."""

ARCHIVE: Final = (b"PK\x03\x04", b"PK\x05\x06")
"""What a zip archive begins with."""

HEAD: Final = 4096
"""Bytes that tell what a file is."""

_JSON = re.compile(rb"\s*\{")
_SOAPUI = re.compile(rb"<(?:[\w.-]+:)?soapui-project[\s/>]")


def entries(file: str, raw: bytes) -> Iterable[Entry]:
    """The messages in a file's bytes, in the order in which they stand there. file: its name, of which only the ending matters."""
    return _reader(file, raw)(file, raw)


def is_alone(file: str, head: bytes) -> bool:
    """Whether a file is a message itself. head: its first bytes."""
    return not head.startswith(ARCHIVE) and _reader(file, head) is _alone


def _reader(file: str, raw: bytes) -> Callable[[str, bytes], Iterable[Entry]]:
    head = raw[:HEAD]
    ending = file[-len(".ndjson") :].lower()
    if ending.endswith(".har"):
        return har.entries
    if ending == ".ndjson":
        return record.entries
    if head[:1] == b"<":
        return soapui.entries if b"soapui-project" in head and _SOAPUI.search(head) else _alone
    if _JSON.match(head):
        if b'"log"' in head:
            return har.entries
        if b'"type"' in head.split(b"\n", 1)[0] and b"run_started" in head:
            return record.entries
    if http_text.begins(head):
        return http_text.entries
    if b"soapui-project" in head and _SOAPUI.search(head):
        return soapui.entries
    return _alone


def _alone(file: str, raw: bytes) -> Iterable[Entry]:
    return (Entry(file, capture=Capture(raw)),)
