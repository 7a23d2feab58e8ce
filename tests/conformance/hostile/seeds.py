"""What is spoiled: a file of every kind that `metergate check` takes, many of them sound."""

import base64
import gzip
import json
import zlib
from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Final, NamedTuple

from ami.dialect import names as dialect_names
from conformance import example
from conformance.inputs import content
from tests.conformance import good
from tests.conformance.gallery.made import gallery
from tests.conformance.generate.messages import PAYLOADS, sound, valid

MOST_BYTES: Final = 60_000
"""Of a seed; what is larger is a hostile file itself."""

KINDS: Final = ("xml", "wsdl", "har", "ndjson", "http", "zip")


class Seed(NamedTuple):
    """A file. kind: its ending, which also says how it can be edited."""

    name: str
    kind: str
    body: bytes


@cache
def seeds() -> Mapping[str, tuple[Seed, ...]]:
    """All seeds, by kind."""
    found = [Seed(shown.name, shown.name.rpartition(".")[2], shown.body) for shown in gallery() if len(shown.body) <= MOST_BYTES]
    random = Random(1)
    for spoken in dialect_names():
        for noun in PAYLOADS:
            found.append(Seed(f"sound {noun} {spoken}", "xml", sound(random, noun, spoken).body()))
            found.append(Seed(f"valid {noun} {spoken}", "xml", valid(random, noun, spoken).on_a_wire().body))
    for hours in (1, 8, 96, 700):
        found += _delivery(good.delivery(good.day("M-1", [250] * hours)).body, hours)
    # The rules' own examples stand in records; each of their messages is also a file by itself.
    for seed in list(found):
        if seed.kind == "ndjson":
            inside = [entry.capture.body for entry in content.entries("a.ndjson", seed.body) if entry.capture]
            found += [Seed(f"{seed.name}#{place}", _kind(body), body) for place, body in enumerate(inside)]
            found += [Seed(f"{seed.name} in a HAR", "har", _har(inside)), Seed(f"{seed.name} as HTTP", "http", _http(inside))]
    return {kind: tuple(seed for seed in found if seed.kind == kind) for kind in KINDS}


def _delivery(body: bytes, hours: int) -> list[Seed]:
    """A delivery of a meter and of five, in several writings: the judge thins rows that are written alike, and scans what is large."""
    members = body[body.index(b"<MeterReading>") : body.rindex(b"</MeterReading>") + len(b"</MeterReading>")]
    several = body.replace(members, b"".join(members.replace(b"M-1", f"M-{number}".encode()) for number in range(1, 6)))
    found = []
    for meters, written in (("one", body), ("five", several)):
        styles = {style: good.rewritten(written, style) for style in ("indented", "prefixed", "UTF-16")}
        styles["plain"] = written
        styles["CR LF"] = styles["indented"].replace(b"\n", b"\r\n")
        styles["offsets"] = written.replace(b"Z</timeStamp>", b"+00:00</timeStamp>")
        styles["fractions"] = written.replace(b"Z</timeStamp>", b".000Z</timeStamp>")
        styles["qualities"] = written.replace(
            b"</value></I", b'</value><ReadingQualities><ReadingQualityType ref="1.0.0"/></ReadingQualities></I'
        )
        found += [Seed(f"delivery of {meters}, {hours} hours, {style}", "xml", text) for style, text in styles.items()]
    return found


def _kind(body: bytes) -> str:
    return "wsdl" if b"definitions" in body[:400] else "xml"


def _har(bodies: list[bytes]) -> bytes:
    texts = [body.decode("utf-8", "replace") for body in bodies]
    pairs = zip(texts[::2], [*texts[1::2], ""], strict=False)
    return json.dumps({"log": {"entries": [_exchange(sent, answered) for sent, answered in pairs]}}).encode()


def _exchange(sent: str, answered: str) -> dict[str, object]:
    headers = [{"name": "SOAPAction", "value": '"a"'}]
    return {
        "startedDateTime": "2026-03-01T01:00:11Z",
        "time": 12,
        "request": {"method": "POST", "url": "http://mdms/", "headers": headers, "postData": {"text": sent}},
        "response": {"status": 200, "content": {"text": base64.b64encode(answered.encode()).decode(), "encoding": "base64"}},
    }


def _http(bodies: list[bytes]) -> bytes:
    """As it is, compressed, and in chunks, in turn."""
    parts = []
    for place, body in enumerate(bodies):
        sent, said = body, b"\r\nContent-Length: %d" % len(body)
        if place % 3 == 1:
            sent, said = gzip.compress(body, mtime=0), b"\r\nContent-Encoding: gzip"
        elif place % 3 == 2:
            sent, said = chunked(body), b"\r\nTransfer-Encoding: chunked"
        if place % 4 == 3:
            parts.append(_packaged(place, body))
            continue
        start = b"HTTP/1.1 200 OK" if place % 2 else b"POST /in HTTP/1.1\r\nHost: mdms"
        parts.append(start + b"\r\nContent-Type: text/xml; charset=utf-8" + said + b"\r\n\r\n" + sent)
    return b"\r\n".join(parts)


def _packaged(place: int, body: bytes) -> bytes:
    """In a MIME package, with something beside it."""
    inside = b'--b\r\nContent-ID: <a>\r\nContent-Type: application/xop+xml; charset=UTF-8; type="text/xml"\r\n\r\n' + body
    beside = b"\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n"
    start = b"HTTP/1.1 200 OK" if place % 2 else b"POST /in HTTP/1.1\r\nHost: mdms"
    kind = b'\r\nContent-Type: multipart/related; boundary="b"; start="<a>"; type="application/xop+xml"; start-info="text/xml"'
    return start + kind + b"\r\nContent-Length: %d\r\n\r\n" % len(inside + beside) + inside + beside


def chunked(body: bytes) -> bytes:
    """A body in chunks, as HTTP sends it where nobody knows its length."""
    pieces = [body[place : place + 500] for place in range(0, len(body), 500)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def compressed(random: Random, inside: bytes) -> bytes:
    """A message with something compressed in it, perhaps in a way that there is not."""
    packed = random.choice(
        (
            gzip.compress(inside, mtime=0),
            gzip.compress(inside, mtime=0) * 2,
            gzip.compress(inside, mtime=0)[: random.randrange(20, 60)],
            gzip.compress(inside + b" " * 34_000_000, 9, mtime=0) if random.random() < 0.02 else gzip.compress(b"", mtime=0),
            gzip.compress(gzip.compress(inside, mtime=0), mtime=0),
            zlib.compress(inside),
            inside,
            b"",
        )
    )
    plain = base64.b64encode(packed)
    text = random.choice((plain, plain, base64.encodebytes(packed), plain[:-1], b"\xd9\xa0=" + packed.hex().encode(), b"===="))
    form = random.choice(("XML", "xml", "", "JSON", "\u202e", "BINARY"))
    told = "<root>EventMessage</root><Verb>created</Verb><Noun>MeterReadings</Noun>"
    message = example.message(f"{told}<Compressed>{text.decode('utf-8', 'replace')}</Compressed><Format>{form}</Format>", "generic")
    return message.encode()
