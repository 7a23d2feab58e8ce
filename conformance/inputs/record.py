"""The record of a run: every message that crossed its wires, a conversation for each scenario."""

import json
from base64 import b64decode
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from ami.names import TESTER, Wire
from conformance.capture import REPLY, REQUEST, Capture
from conformance.inputs.entry import Entry, unreadable, without_message

_MESSAGE: Final = b'"message"'

_TEXT: Final = (str,)
_FIELDS: Final[dict[str, tuple[type, ...]]] = {
    **dict.fromkeys(("wire", "leg", "sender", "scenario", "virtual_at"), _TEXT),
    "message": (int,),
    "exchange": (int, type(None)),
    "soap_action": (str, type(None)),
}
"""What a message of a record has, and of which types it may be."""


def entries(file: str, raw: bytes) -> Iterator[Entry]:
    """The messages of a record, as `docs/record.md` describes them."""
    found = False
    for place, text in enumerate(raw.splitlines(), 1):
        if _MESSAGE not in text:
            continue
        try:
            line = json.loads(text)
        except (ValueError, RecursionError):
            found = True
            yield unreadable(file, "a line of a record that is no JSON", place)
            continue
        if isinstance(line, dict) and line.get("type") not in (None, "message"):
            continue
        found = True
        try:
            yield _entry(file, place, line)
        except (ValueError, KeyError, TypeError) as error:
            yield unreadable(file, f"a line that is no message of a record: {error}", place)
    if not found:
        yield without_message(file, "no message in this record")


def _entry(file: str, place: int, line: Any) -> Entry:
    """Raises ValueError, KeyError or TypeError for a line that is not as `docs/record.md` describes it."""
    for name, types in _FIELDS.items():
        if type(line[name]) not in types:
            raise ValueError(f"{name} is {json.dumps(line[name])[:40]}")
    at = datetime.fromisoformat(line["virtual_at"])
    if at.tzinfo is None or line["leg"] not in (REQUEST, REPLY):
        raise ValueError(f"virtual_at is {line['virtual_at']}, without an offset" if at.tzinfo is None else f"leg is {line['leg']}")
    body = b64decode(line["body_base64"], validate=True) if line.get("body") is None else str.encode(line["body"], "utf-8", "surrogatepass")
    source, _, target = line["wire"].partition("->")
    capture = Capture(
        body,
        at,
        Wire(source, target),
        line["leg"],
        line["exchange"],
        line["soap_action"],
        line["message"],
    )
    told = "the tester sent it, and may have broken it on purpose" if line["sender"] == TESTER else ""
    return Entry(file, f"#{line['message']} {line['leg']}", capture, str(line["scenario"]), place, follows_lines=False, told=told)
