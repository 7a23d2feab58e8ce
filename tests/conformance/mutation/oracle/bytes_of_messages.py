"""The bytes of a document, and which kind of document it is: XML, encoding, envelope, dialect, schema, compressed payload."""

import base64
import gzip
import re
from collections.abc import Callable
from random import Random
from typing import Final

from ami import names
from conformance.capture import Capture
from tests.conformance.mutation.made import Edit, Made, message
from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.oracle.header import any_message
from tests.conformance.mutation.pieces import Pieces, pieces
from tests.conformance.mutation.pieces import drop as drop_piece
from tests.conformance.mutation.pieces import say as say_piece
from tests.conformance.mutation.tree_edits import both, say

Bytes = Callable[[Random, bytes], bytes]
ENVELOPED: Final = message(names.METER_READINGS, "envelope", "wire")
OPENING: Final = re.compile(rb"(?<=>)(?=<\w)")
"""Between a tag and the next element."""


def _raw(change: Bytes) -> Edit:
    """Something befalls the bytes of the document."""

    def edit(random: Random, made: Made) -> bool:
        seed = random.random()
        made.heard = lambda capture: _changed(capture, lambda body: change(Random(seed), body))
        return True

    return edit


def _changed(capture: Capture, change: Callable[[bytes], bytes]) -> Capture:
    return capture._replace(body=change(capture.body))


def _declared(encoding: str) -> Bytes:
    """The document says that it is in an encoding, whatever it is in."""
    return lambda _, body: f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + re.sub(rb"^<\?xml[^>]*\?>\s*", b"", body)


def _cut_off(random: Random, body: bytes) -> bytes:
    return body[: random.randrange(len(body) // 4, body.rindex(b"</"))]


def _somewhere(what: bytes) -> Bytes:
    """Put something between two elements."""

    def put(random: Random, body: bytes) -> bytes:
        place = random.choice([found.start() for found in OPENING.finditer(body)])
        return body[:place] + what + body[place:]

    return put


def _crossed(random: Random, body: bytes) -> bytes:
    """The end tags of two elements change places."""
    ends = [found for found in re.finditer(rb"</([\w:]+)></([\w:]+)>", body) if found[1] != found[2]]
    found = random.choice(ends)
    return body[: found.start()] + b"</" + found[2] + b"></" + found[1] + b">" + body[found.end() :]


def _replaced(old: bytes, new: bytes, count: int = -1) -> Bytes:
    return lambda _, body: body.replace(old, new, count)


def _in_soap(change: Callable[[bytes], bytes]) -> Bytes:
    """Something befalls what stands in the Body."""

    def changed(_random: Random, body: bytes) -> bytes:
        head, opening, rest = body.partition(b"<s:Body>")
        inside, closing, tail = rest.partition(b"</s:Body>")
        return head + opening + change(inside) + closing + tail

    return changed


def _another_dialect(_random: Random, body: bytes) -> bytes:
    return body.replace(b"/2011/MeterReadingsMessage", b"/2017/MeterReadingsMessage")


def _of_two_dialects(_random: Random, body: bytes) -> bytes:
    return body.replace(b"http://iec.ch/TC57/2011/schema/message", b"http://www.iec.ch/TC57/2011/schema/message")


def _packed(random: Random) -> str:
    """A message whose payload is compressed."""
    content = (
        b'<MeterReadings xmlns="http://iec.ch/TC57/2011/MeterReadings#"><MeterReading><Meter><mRID>M-%d</mRID></Meter></MeterReading>'
        b"</MeterReadings>" % random.randint(1, 999)
    )
    packed = base64.b64encode(gzip.compress(content, mtime=0)).decode()
    told = "<root>EventMessage</root><Verb>created</Verb><Noun>MeterReadings</Noun>"
    return f'<capture dialect="generic">{told}<Compressed>{packed}</Compressed><Format>XML</Format></capture>'


def _cut_base64(_random: Random, text: str) -> str:
    return base64.b64encode(base64.b64decode(text)[:-20]).decode()


def _unpacked(_random: Random, text: str) -> str:
    return base64.b64encode(gzip.decompress(base64.b64decode(text))).decode()


PACKED: Final[Callable[[Random], Pieces]] = pieces(_packed)
ONE_DIALECT: Final = message(names.METER_READINGS, "message", "envelope", dialect="2011")
SCHEMA_LOCATION: Final = b' xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:schemaLocation="urn:a http://hes.metergate.test/a.xsd"'

MUTATIONS: Final = (
    Mutation("reorder", "two end tags", any_message, _raw(_crossed), "XML-01"),
    Mutation("recode", "a reference to an entity that there is not", any_message, _raw(_somewhere(b"&nothing;")), "XML-01"),
    Mutation("repeat", "the document", message(names.METER_READINGS, "message"), _raw(lambda _, body: body + body), "XML-01"),
    Mutation(
        "recode", "the document type", message(names.METER_READINGS, "message"), _raw(lambda _, body: b"<!DOCTYPE a>" + body), "XML-02"
    ),
    Mutation("recode", "the declared encoding to an unknown one", any_message, _raw(_declared("FOO")), "XML-04"),
    Mutation("recode", "the declared encoding to another", any_message, _raw(_declared("UTF-16")), "XML-05"),
    Mutation("drop", "the end of the document", any_message, _raw(_cut_off), "XML-06"),
    Mutation("recode", "a character to NUL", any_message, _raw(_somewhere(b"\0")), "XML-07"),
    Mutation("recode", "a character to another control", any_message, _raw(_somewhere(b"\x01")), "XML-07"),
    Mutation(
        "recode",
        "the namespace of SOAP",
        ENVELOPED,
        _raw(_replaced(b"http://schemas.xmlsoap.org/soap/envelope/", b"urn:another")),
        "SO-01",
        "ME-01",
    ),
    Mutation(
        "drop",
        "the envelope on a wire",
        message(names.METER_READINGS, "wire"),
        _raw(lambda _, body: body.partition(b"<s:Body>")[2].partition(b"</s:Body>")[0].strip()),
        "SO-01",
    ),
    Mutation("reorder", "header and body of SOAP", ENVELOPED, _raw(_replaced(b"</s:Body>", b"</s:Body><s:Header/>")), "SO-02"),
    Mutation("repeat", "the Body", ENVELOPED, _raw(_replaced(b"</s:Body>", b"</s:Body><s:Body/>")), "SO-02"),
    Mutation("repeat", "the message in the Body", ENVELOPED, _raw(_in_soap(lambda inside: inside + inside)), "SO-03"),
    Mutation("drop", "the message in the Body", ENVELOPED, _raw(_in_soap(lambda _: b"")), "SO-03"),
    Mutation("recode", "a processing instruction", ENVELOPED, _raw(_replaced(b"<s:Body>", b"<s:Body><?print now?>")), "SO-09"),
    Mutation("recode", "where the schema is", ENVELOPED, _raw(_replaced(b"<s:Body>", b"<s:Body" + SCHEMA_LOCATION + b">")), "SO-12"),
    Mutation(
        "recode",
        "the namespace of the root",
        message(names.METER_READINGS, "message", dialect="2011"),
        _raw(_replaced(b"/2011/MeterReadingsMessage", b"/2012/MeterReadingsMessage")),
        "ME-01",
    ),
    Mutation("recode", "the dialect", ONE_DIALECT, _raw(_another_dialect), "ME-02"),
    Mutation("recode", "the dialect of the header", ONE_DIALECT, _raw(_of_two_dialects), "ME-03", "HE-01 HE-03 HE-04 HE-19"),
    Mutation(
        "recode",
        "the noun of the generic header",
        message(names.METER_READINGS, "message", dialect="generic"),
        say("/Header/Noun", "Weather"),
        "HE-04 HE-18",
    ),
    Mutation("drop", "some of what is compressed", PACKED, say_piece("Compressed", _cut_base64), "PA-01"),
    Mutation("retype", "what is compressed", PACKED, say_piece("Compressed", "?!"), "PA-01"),
    Mutation("recode", "what is compressed to what is not", PACKED, say_piece("Compressed", _unpacked), "PA-01"),
    Mutation("recode", "the Format", PACKED, say_piece("Format", "RDF"), "PA-03"),
    Mutation("neutral", "the Format of what is compressed", PACKED, drop_piece("Format")),
    Mutation(
        "neutral",
        "white space around a document",
        message(names.METER_READINGS, "message"),
        both(_raw(lambda _, body: b"\n" + body + b"\n\n")),
    ),
)
