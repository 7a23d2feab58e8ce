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
HONEST_ENCODING = Demand(
    "XML-05",
    "bytes in the encoding that the byte order mark and the XML declaration name",
    "XML 1.0 section 4.3.3 and appendix F, WS-I BP 1.1 (byte order mark)",
    Severity.ERROR,
    "One receiver believes the mark and another the declaration, and one of them reads nonsense or nothing.",
    "Write UTF-8 without a mark, or make mark, declaration and bytes agree.",
    ('<?xml version="1.0" encoding="UTF-8"?>{bare envelope}',),
    ('<?xml version="1.0" encoding="UTF-16"?>{bare envelope}', '\ufeff<?xml version="1.0" encoding="UTF-16"?>{bare envelope}'),
)
WHOLE = Demand(
    "XML-06",
    "a document to its end",
    "XML 1.0 section 2.1 (well-formed documents)",
    Severity.ERROR,
    "A delivery that was cut off on its way has to be sent again, and nobody knows which readings are missing.",
    "Send all of the document, and announce as many bytes as it has.",
    ("{envelope}",),
    ("<a><b>1</b>", "<a><b>1</"),
)
NO_CONTROL_CHARACTERS = Demand(
    "XML-07",
    "no NUL and no other control character but tab and line ends",
    "XML 1.0 section 2.2 (characters)",
    Severity.ERROR,
    "A name that ends at a NUL for one system goes on for another: two customers become one.",
    "Clean texts before they are put into a message.",
    ("{envelope}",),
    ("<a>\x00</a>", "<a>M\x01</a>"),
)
DEMANDS: Final = (WELL_FORMED, NO_DTD, WITHIN_LIMITS, KNOWN_ENCODING, HONEST_ENCODING, WHOLE, NO_CONTROL_CHARACTERS)

_LIMITS: Final = frozenset({etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_NAME_TOO_LONG})
_ENCODING_ERRORS: Final = frozenset({etree.ErrorTypes.ERR_INVALID_ENCODING, etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING})
_CUT_OFF: Final = frozenset(
    {
        *(etree.ErrorTypes.ERR_GT_REQUIRED, etree.ErrorTypes.ERR_LTSLASH_REQUIRED, etree.ErrorTypes.ERR_ATTRIBUTE_NOT_FINISHED),
        *(etree.ErrorTypes.ERR_COMMENT_NOT_FINISHED, etree.ErrorTypes.ERR_CDATA_NOT_FINISHED, etree.ErrorTypes.ERR_PI_NOT_FINISHED),
        *(etree.ErrorTypes.ERR_ENTITYREF_SEMICOL_MISSING, etree.ErrorTypes.ERR_ATTRIBUTE_NOT_STARTED),
    }
)
"""What a parser complains of where a document ends in the middle of a tag or a text, and elsewhere too."""

_CUT_OFF_IN_A_TAG: Final = frozenset(
    {
        *(etree.ErrorTypes.ERR_ATTRIBUTE_WITHOUT_VALUE, etree.ErrorTypes.ERR_NAME_REQUIRED, etree.ErrorTypes.ERR_SPACE_REQUIRED),
        *(etree.ErrorTypes.ERR_HYPHEN_IN_COMMENT, etree.ErrorTypes.ERR_PI_NOT_STARTED, etree.ErrorTypes.ERR_RESERVED_XML_NAME),
    }
)
"""What it complains of there only where the last tag has begun and has no end."""

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MARKS: Final = {"UTF-8": b"\xef\xbb\xbf", "UTF-16LE": b"\xff\xfe", "UTF-16BE": b"\xfe\xff"}
_WIDE: Final = (b"<\0", b"\0<")
_WIDE_BEGINS: Final = {"UTF-16LE": (b"<\0", b" \0", b"\n\0", b"\r\0", b"\t\0"), "UTF-16BE": (b"\0<", b"\0 ", b"\0\n", b"\0\r", b"\0\t")}
_DOCTYPE = re.compile(rb"(?:\xef\xbb\xbf)?(?>\s|<\?(?>.*?\?>)|<!--(?>.*?-->))*+<!DOCTYPE", re.DOTALL)
_DECLARED_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_BEGINS_PLAINLY = re.compile(rb"""(?:<\?xml version="1\.0" encoding="(?:utf-8|UTF-8)"(?: standalone="(?:yes|no)")?\?>)?\s*<[A-Za-z_]""")
"""A root element right away, or after the usual declaration: nothing that is refused unread can stand before it."""

_OLD_ENCODINGS: Final = {"ISO-8859-1": "latin-1", "ISO-8859-15": "iso8859-15", "WINDOWS-1252": "cp1252"}
"""Encodings that no receiver has to know, and that can be read all the same: name in a declaration -> codec."""

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


def parsed(raw: bytes, reused: etree.XMLParser | None = None) -> etree._Element | Finding:
    """The root of a document, or the one finding why there is none. reused: a parser; making one takes as long as a small message."""
    begins_plainly = len(raw) <= COUNTED_FROM_BYTES and _BEGINS_PLAINLY.match(raw) is not None
    refused = None if begins_plainly else _refused_unread(raw)
    if refused is not None:
        return refused
    try:
        root = etree.fromstring(raw, parser() if reused is None else reused)
    except etree.XMLSyntaxError as error:
        return _said_plainly(error, raw)
    if not begins_plainly and root.getroottree().docinfo.internalDTD is not None:
        return NO_DTD.finding(Where("/", 1), "a document type declaration")
    return root


def in_utf_16(raw: bytes) -> bytes | None:
    """A document that says that it is in an old encoding of single bytes, in one that is not refused; None for every other."""
    declared = _DECLARED_ENCODING.match(raw)
    codec = _OLD_ENCODINGS.get(declared[1].decode().upper()) if declared else None
    if codec is None:
        return None
    return raw[raw.index(b"?>") + 2 :].decode(codec, "replace").encode("utf-16")


def _refused_unread(raw: bytes) -> Finding | None:
    """What can be refused before the parser spends any time on it."""
    if len(raw) > MOST_BYTES:
        return WITHIN_LIMITS.finding(Where("/", 0), f"{len(raw):,} bytes")
    if len(raw) > COUNTED_FROM_BYTES and raw.count(b"<") > MOST_TAGS:
        return WITHIN_LIMITS.finding(Where("/", 0), f"more than {MOST_TAGS:,} tags")
    plain = raw.replace(b"\0", b"") if raw[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<") else raw
    plain = plain[2:] if plain[:2] in (b"\xff\xfe", b"\xfe\xff") else plain
    declared = _DECLARED_ENCODING.match(plain)
    if declared and declared[1].decode().upper() not in ENCODINGS:
        return KNOWN_ENCODING.finding(Where("/", 1), f"encoding {declared[1].decode()!r}")
    lie = _lie_about_encoding(raw, declared[1].decode().upper() if declared else None)
    if lie is not None:
        return HONEST_ENCODING.finding(Where("/", 1), lie)
    doctype = _DOCTYPE.match(plain)
    if doctype:
        return NO_DTD.finding(Where("/", plain.count(b"\n", 0, doctype.end()) + 1), "a document type declaration")
    return None


def _lie_about_encoding(raw: bytes, declared: str | None) -> str | None:
    """What mark, declaration and bytes say against each other."""
    mark = next((name for name, written in _MARKS.items() if raw.startswith(written)), None)
    is_wide = raw[:2] in _WIDE
    if mark == "UTF-8" and declared is not None and declared.startswith("UTF-16"):
        return f"the byte order mark of UTF-8 before a declaration of {declared}"
    if mark is not None and mark != "UTF-8":
        if raw[2:4] not in _WIDE_BEGINS[mark]:
            return f"the byte order mark of {mark} before bytes that are not"
        if declared is not None and not declared.startswith("UTF-16"):
            return f"the byte order mark of {mark} before a declaration of {declared}"
    elif declared is None and mark is None and is_wide:
        return "UTF-16 without a byte order mark"
    elif declared is not None and declared.startswith("UTF-16") != is_wide:
        return f"a declaration of {declared} in bytes that are {'UTF-16' if is_wide else 'not'}"
    return None


def _is_cut_off(error: etree.XMLSyntaxError, raw: bytes) -> bool:
    """Whether a document is fine as far as it goes."""
    if error.code == etree.ErrorTypes.ERR_TAG_NOT_FINISHED:
        return True
    if error.code in _CUT_OFF_IN_A_TAG:
        return _is_in_the_last_tag(error, raw)
    return error.code in _CUT_OFF and not raw.rstrip(b"\0 \t\r\n").endswith(b">")


def _is_in_the_last_tag(error: etree.XMLSyntaxError, raw: bytes) -> bool:
    """Whether the document ends in a tag or a reference, and what is wrong is that."""
    begins = max(raw.rfind(b"<"), raw.rfind(b"&"))
    if begins <= raw.rfind(b">") and not raw.endswith(b"&"):
        return False
    line = raw.count(b"\n", 0, begins) + 1
    return error.position >= (line, begins - raw.rfind(b"\n", 0, begins))


def _said_plainly(error: etree.XMLSyntaxError, raw: bytes) -> Finding:
    demand = WELL_FORMED
    if _CONTROL.search(raw) and raw[:2] not in (*_WIDE, *_MARKS.values()) and raw.lstrip()[:1] == b"<":
        control = _CONTROL.search(raw)
        place = raw.count(b"\n", 0, control.start()) + 1 if control else 1
        return NO_CONTROL_CHARACTERS.finding(Where("/", place), "a NUL byte" if control and control[0] == b"\0" else "a control character")
    if _is_cut_off(error, raw):
        demand = WHOLE
    elif error.code in _LIMITS:
        demand = WITHIN_LIMITS
    elif error.code in _ENCODING_ERRORS:
        demand = KNOWN_ENCODING
    text = _POSITION.sub("", error.msg or "").replace(", use XML_PARSE_HUGE option", "").replace(", try XML_PARSE_HUGE", "").strip()
    found = next((plain for said, plain in _PLAIN_WORDS.items() if said in text), text or "bytes that are no XML")
    return demand.finding(Where("/", error.lineno or 1), found)
