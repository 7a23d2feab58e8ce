"""Queries like one that was read before: what differs from it in nothing but id, time and meter has passed the schema already.

A system that is asked for one reading after the other gets the same bytes each time, but for three texts. Once such a query has
been read with all care, its bytes become a pattern with gaps for these three, each as narrow as its type; whatever fits is valid
because the first one was. Everything else is read with all care again.
"""

import re
from dataclasses import dataclass
from typing import Final

from ami.dialect import Dialect
from ami.messages import GetMeterReadings, Header, Kind, Message
from simulators.wire.texts import parsed_moment

MOST_BYTES: Final = 4096
MOST_SHAPES: Final = 16

_TEXT: Final = rb"[!-%'-;=?-~]+"
"""Plain characters: no space, and none that is markup or the beginning of it."""

_UUID: Final = rb"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_MOMENT: Final = rb"[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)"
_LEAF: Final = re.compile(rb"<((?:[\w.-]+:)?(MessageID|CorrelationID|Timestamp|name|mRID))>([^<>]*)</\1>")
_ENCODING: Final = re.compile(rb"encoding=[\"']([^\"']*)[\"']")
_PLAIN_ENCODINGS: Final = frozenset({b"utf-8", b"us-ascii", b"iso-8859-1"})


@dataclass(frozen=True, slots=True)
class _Shape:
    """One query that was read, as a pattern of its bytes."""

    pattern: re.Pattern[bytes]
    header: Header
    query: GetMeterReadings

    def message(self, found: re.Match[bytes], sender: str | None) -> Message | None:
        """The message that fits; None where its time is none."""
        message_id, at, meter = found["id"].decode(), found["at"].decode(), found["meter"].decode()
        try:
            timestamp = parsed_moment(at)
        except ValueError:
            return None
        like = self.header
        header = Header(
            like.verb,
            like.noun,
            message_id,
            timestamp,
            like.source,
            like.correlation_id,
            like.async_reply,
            like.reply_address,
            like.user,
            like.organization,
            like.revision,
            like.comment,
        )
        query = GetMeterReadings((meter,), (), self.query.reading_types, self.query.span)
        return Message(Kind.REQUEST, header, payload=query, sender=sender)


class KnownQueries:
    """The shapes of queries in one dialect, those that were heard first; any thread may use it."""

    def __init__(self, wording: Dialect) -> None:
        self._wording = wording
        # Never changed, only replaced: whoever is reading goes on with those that there were.
        self._shapes: tuple[_Shape, ...] = ()

    def find(self, raw: bytes, sender: str | None) -> Message | None:
        """The message in `raw`, where it is like one that was learnt."""
        if len(raw) > MOST_BYTES:
            return None
        for shape in self._shapes:
            found = shape.pattern.fullmatch(raw)
            if found is not None:
                return shape.message(found, sender)
        return None

    def learn(self, raw: bytes, message: Message) -> None:
        """Remember the shape of a query that was read with all care, if it can be told apart from its id, time and meter."""
        if len(self._shapes) >= MOST_SHAPES:
            return
        pattern = self._pattern(raw, message)
        if pattern is not None and isinstance(message.payload, GetMeterReadings):
            self._shapes = (*self._shapes, _Shape(pattern, message.header, message.payload))

    def _pattern(self, raw: bytes, message: Message) -> re.Pattern[bytes] | None:
        query = message.payload
        if not isinstance(query, GetMeterReadings) or len(query.meters) != 1 or query.usage_points or not _is_plain(raw):
            return None
        leaves = {leaf[2]: leaf for leaf in _LEAF.finditer(raw)}
        once = all(raw.count(name + b">") == 2 for name in leaves)
        if not once or not {b"MessageID", b"Timestamp", b"name"} <= leaves.keys() or b"mRID" in leaves:
            return None
        if leaves[b"name"][3].decode() != query.meters[0] or leaves[b"MessageID"][3].decode() != message.header.message_id:
            return None
        identity = _UUID if self._wording.ids_are_uuids else _TEXT
        gaps = {
            b"MessageID": b"(?P<id>" + identity + b")",
            b"Timestamp": b"(?P<at>" + _MOMENT + b")",
            b"name": b"(?P<meter>" + _TEXT + b")",
        }
        correlated = leaves.get(b"CorrelationID")
        if correlated is not None and correlated[3] == leaves[b"MessageID"][3] and correlated.start() > leaves[b"MessageID"].start():
            gaps[b"CorrelationID"] = b"(?P=id)"
        pieces, end = [], 0
        for leaf in sorted((leaves[name] for name in gaps), key=lambda found: found.start()):
            pieces += [re.escape(raw[end : leaf.start(3)]), gaps[leaf[2]]]
            end = leaf.end(3)
        pattern = re.compile(b"".join(pieces) + re.escape(raw[end:]))
        return pattern if pattern.fullmatch(raw) else None


def _is_plain(raw: bytes) -> bool:
    """Whether tags, and texts without any reference or comment, are all that there is, in characters that mean what they are."""
    return (
        len(raw) <= MOST_BYTES
        and raw.isascii()
        and not any(mark in raw for mark in (b"&", b"<!"))
        and raw.count(b"<?") == raw.startswith(b"<?xml ")
        and all(name.lower() in _PLAIN_ENCODINGS for name in _ENCODING.findall(raw))
    )
