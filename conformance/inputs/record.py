"""The record of a run: every message that crossed its wires, a conversation for each scenario."""

import json
from base64 import b64decode
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from ami.names import TESTER, Wire
from conformance.capture import Capture
from conformance.inputs.entry import Entry, unreadable, without_message

_MESSAGE: Final = b'"message"'


def entries(file: str, raw: bytes) -> Iterator[Entry]:
    """The messages of a record, as `docs/record.md` describes them."""
    found = False
    for place, text in enumerate(raw.splitlines(), 1):
        if _MESSAGE not in text:
            continue
        try:
            line = json.loads(text)
            if line["type"] != "message":
                continue
            found = True
            yield _entry(file, place, line)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            found = True
            yield unreadable(file, f"a line that is no message of a record: {type(error).__name__} {error}", place)
    if not found:
        yield without_message(file, "no message in this record")


def _entry(file: str, place: int, line: dict[str, Any]) -> Entry:
    body = b64decode(line["body_base64"]) if line.get("body") is None else line["body"].encode("utf-8", "surrogatepass")
    source, _, target = str(line["wire"]).partition("->")
    capture = Capture(
        body,
        datetime.fromisoformat(line["virtual_at"]),
        Wire(source, target),
        line["leg"],
        line["exchange"],
        line["soap_action"],
        line["message"],
    )
    told = "the tester sent it, and may have broken it on purpose" if line["sender"] == TESTER else ""
    return Entry(file, f"#{line['message']} {line['leg']}", capture, str(line["scenario"]), place, follows_lines=False, told=told)
