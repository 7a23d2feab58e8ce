"""The one parser of the judge: no DTD, no entity, no network, no huge tree; what it refuses becomes a finding."""

import re
from typing import Final

from lxml import etree

from ami.findings import Finding, Severity, Where
from conformance.rule import Demand

MOST_BYTES: Final = 32 * 1024 * 1024
MOST_TAGS: Final = 4_000_000
COUNTED_FROM_BYTES: Final = 4 * 1024 * 1024
"""Below this size there cannot be so many tags that counting them is worth its time."""

ENCODINGS: Final = frozenset({"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ASCII"})

WELL_FORMED = Demand(
    "XML-01",
    "a well-formed XML document",
    "XML 1.0",
    Severity.ERROR,
    "What cannot be read is lost: every reading in it has to be sent again.",
    "Write messages with an XML library instead of putting strings together, and send all of them.",
    ("{envelope}",),
    ("<a><b></a>", "<a>&nothing;</a>", "<a/><b/>", ""),
)
NO_DTD = Demand(
    "XML-02",
    "no document type declaration and no entity of its own",
    "WS-I BP 1.1 (a message contains no DTD)",
    Severity.ERROR,
    "Entities can read files of the receiver or blow up its memory, so a safe system refuses such a message.",
    "Leave the document type out, and write every text as it is.",
    ("{envelope}",),
    ("<!DOCTYPE a><a/>", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
)
WITHIN_LIMITS = Demand(
    "XML-03",
    f"at most {MOST_BYTES // 1024 // 1024} MiB, {MOST_TAGS:,} tags, 256 levels and 10 MB in one text",
    "MeterGate (limits of a receiver)",
    Severity.ERROR,
    "One message without bounds stops the receiver for everybody else.",
    "Send large deliveries in several messages.",
    ("{envelope}",),
    ("<a>" * 300 + "</a>" * 300,),
)
KNOWN_ENCODING = Demand(
    "XML-04",
    "bytes in UTF-8 or UTF-16, as the message itself says",
    "WS-I BP 1.1 (UTF-8 or UTF-16 encoding)",
    Severity.ERROR,
    "Read in the wrong encoding, a name or an id becomes another one.",
    "Write UTF-8, and say so or say nothing.",
    ('<?xml version="1.0" encoding="UTF-8"?>{bare envelope}',),
    ('<?xml version="1.0" encoding="FOO"?>{bare envelope}', '<?xml version="1.0" encoding="UTF-7"?>{bare envelope}'),
)
DEMANDS: Final = (WELL_FORMED, NO_DTD, WITHIN_LIMITS, KNOWN_ENCODING)

_LIMITS: Final = frozenset({etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_NAME_TOO_LONG})
_ENCODING_ERRORS: Final = frozenset({etree.ErrorTypes.ERR_INVALID_ENCODING, etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING})
_DOCTYPE = re.compile(rb"(?:\xef\xbb\xbf)?(?>\s|<\?(?>.*?\?>)|<!--(?>.*?-->))*+<!DOCTYPE", re.DOTALL)
_DECLARED_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_POSITION = re.compile(r"\s*,? line \d+, column \d+.*", re.DOTALL)
_PLAIN_WORDS: Final = {
    "Char 0x0 out of allowed range": "a NUL byte",
    "Document is empty": "an empty document",
}


def parser() -> etree.XMLParser:
    """A parser that takes nothing but elements, attributes and text, within bounds."""
    return etree.XMLParser(
        load_dtd=False, dtd_validation=False, no_network=True, resolve_entities=False, huge_tree=False, collect_ids=False, recover=False
    )


def parsed(raw: bytes) -> etree._Element | Finding:
    """The root of a document, or the one finding why there is none."""
    refused = _refused_unread(raw)
    if refused is not None:
        return refused
    try:
        root = etree.fromstring(raw, parser())
    except etree.XMLSyntaxError as error:
        return _said_plainly(error)
    if root.getroottree().docinfo.internalDTD is not None:
        return NO_DTD.finding(Where("/", 1), "a document type declaration")
    return root


def _refused_unread(raw: bytes) -> Finding | None:
    """What can be refused before the parser spends any time on it."""
    if len(raw) > MOST_BYTES:
        return WITHIN_LIMITS.finding(Where("/", 0), f"{len(raw):,} bytes")
    if len(raw) > COUNTED_FROM_BYTES and raw.count(b"<") > MOST_TAGS:
        return WITHIN_LIMITS.finding(Where("/", 0), f"more than {MOST_TAGS:,} tags")
    plain = raw.replace(b"\0", b"") if raw[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<") else raw
    declared = _DECLARED_ENCODING.match(plain)
    if declared and declared[1].decode().upper() not in ENCODINGS:
        return KNOWN_ENCODING.finding(Where("/", 1), f"encoding {declared[1].decode()!r}")
    doctype = _DOCTYPE.match(plain)
    if doctype:
        return NO_DTD.finding(Where("/", plain.count(b"\n", 0, doctype.end()) + 1), "a document type declaration")
    return None


def _said_plainly(error: etree.XMLSyntaxError) -> Finding:
    demand = WELL_FORMED
    if error.code in _LIMITS:
        demand = WITHIN_LIMITS
    elif error.code in _ENCODING_ERRORS:
        demand = KNOWN_ENCODING
    text = _POSITION.sub("", error.msg or "").replace(", use XML_PARSE_HUGE option", "").replace(", try XML_PARSE_HUGE", "").strip()
    found = next((plain for said, plain in _PLAIN_WORDS.items() if said in text), text or "bytes that are no XML")
    return demand.finding(Where("/", error.lineno or 1), found)
