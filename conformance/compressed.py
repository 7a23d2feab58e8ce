"""A payload that was compressed: gzip, then base64; what comes out is judged like any other."""

import base64
import binascii
import zlib
from dataclasses import replace
from typing import Final

from lxml import etree

from ami.findings import Finding, Severity, Where
from conformance.parser import MOST_BYTES, parsed
from conformance.rule import Demand
from conformance.views.place import child, text, where

_PASSES: Final = ("{compressed message}",)

DECODES = Demand(
    "PA-01",
    "a Compressed payload to be gzip in base64, and nothing besides",
    "IEC 61968-100, Payload.Compressed",
    Severity.ERROR,
    "The delivery arrives, and not one of its readings can be read.",
    "Compress the payload with gzip, then write the result in base64.",
    _PASSES,
    ("{compressed message, not base64}", "{compressed message, not gzip}", "{compressed message, cut off}"),
)
BOUNDED = Demand(
    "PA-02",
    f"a Compressed payload that unpacks to at most {MOST_BYTES // 1024 // 1024} MiB",
    "MeterGate (limits of a receiver)",
    Severity.ERROR,
    "A few kilobytes that unpack to gigabytes stop the receiver for everybody else.",
    "Send large deliveries in several messages.",
    _PASSES,
    ("{compressed message, a bomb}",),
)
NAMED = Demand(
    "PA-03",
    "Format to say XML where a Compressed payload is XML, and what else it is where it is not",
    "IEC 61968-100, Payload.Format",
    Severity.WARNING,
    "The receiver has to guess what it was sent, and guesses wrong.",
    "Write Format after Compressed: XML for a payload of Part 9.",
    _PASSES,
    ("{compressed message, another Format}",),
)
DEMANDS: Final = (DECODES, BOUNDED, NAMED)

IN_XML: Final = frozenset({"", "XML"})
"""Formats whose content is judged; Format may be left out."""


def compressed_in(message: etree._Element) -> etree._Element | None:
    """The Compressed of a message's Payload, where it has one."""
    return child(message, "Payload", "Compressed")


def decompressed(compressed: etree._Element) -> bytes | Finding:
    """The bytes that were compressed, or the one finding why there are none."""
    place = where(compressed)
    try:
        packed = base64.b64decode("".join(text(compressed).split()), validate=True)
    except (binascii.Error, ValueError):
        return DECODES.finding(place, "a text that is no base64")
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        raw = unpacking.decompress(packed, MOST_BYTES + 1)
    except zlib.error:
        return DECODES.finding(place, "bytes that are no gzip")
    if len(raw) > MOST_BYTES:
        return BOUNDED.finding(place, f"more than {MOST_BYTES:,} bytes out of {len(packed):,}")
    if not unpacking.eof:
        return DECODES.finding(place, "gzip that is cut off")
    if unpacking.unused_data:
        return DECODES.finding(place, f"{len(unpacking.unused_data):,} bytes after the end of the gzip")
    return raw


def content(raw: bytes, compressed: etree._Element) -> etree._Element | Finding | None:
    """The payload in unpacked bytes, the finding why there is none, or None for a Format that is not judged."""
    told = text(child(compressed.getparent(), "Format"))
    is_xml = raw.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1] == b"<"
    if told.upper() in IN_XML:
        return parsed(raw)
    return NAMED.finding(where(compressed), f"Format {told!r} on XML") if is_xml else None


def inside(finding: Finding, compressed: etree._Element) -> Finding:
    """A finding about what was compressed, at the place where it is in the message."""
    place = where(compressed)
    told = f" (line {finding.where.line} of what was compressed)" if finding.where.line else ""
    below = finding.where.path if finding.where.path != "/" else ""
    return replace(finding, where=Where(f"{place.path}/decompressed{below}", place.line), found=f"{finding.found}{told}")
