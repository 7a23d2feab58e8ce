"""What somebody sends who means harm, one file of each kind."""

import base64
import gzip
import io
import zipfile
from collections.abc import Iterator
from typing import Final

from conformance import example

MIB: Final = 1024 * 1024
LISTENER: Final = "http://127.0.0.1:{port}/x.dtd"

Hostile = tuple[str, bytes, str]

IN_GENERIC: Final = "compressed_bomb.xml"
"""What only the dialect `generic` has a place for."""


def shown(port: int = 9) -> Iterator[Hostile]:
    """File name, content, and the one rule that it is refused by. port: where somebody listens whether anything is fetched."""
    laughs = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 12))
    address = LISTENER.format(port=port)
    texts = {
        "billion_laughs.xml": (f'<!DOCTYPE a [<!ENTITY l0 "lol">{laughs}]><a>&l11;</a>', "XML-02"),
        "quadratic_blow_up.xml": (f'<!DOCTYPE a [<!ENTITY x "{"x" * 50_000}">]><a>{"&x;" * 50_000}</a>', "XML-02"),
        "entity_of_a_file.xml": ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "XML-02"),
        "entity_of_the_network.xml": (f'<!DOCTYPE a [<!ENTITY x SYSTEM "{address}">]><a>&x;</a>', "XML-02"),
        "subset_of_the_network.xml": (f'<!DOCTYPE a SYSTEM "{address}"><a/>', "XML-02"),
        "inclusion.xml": (f'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{address}" parse="text"/></a>', "ME-01"),
        "deep_nesting.xml": ("<a>" * 100_000 + "</a>" * 100_000, "XML-03"),
        "nul_byte.xml": ("<a>\0</a>", "XML-07"),
        "cut_off.xml": (example.envelope(example.message("<MessageID>m</MessageID>")).decode()[:-200], "XML-06"),
        "empty.xml": ("", "XML-01"),
        "utf_7.xml": ('<?xml version="1.0" encoding="UTF-7"?><a>+ADw-b/+AD4-</a>', "XML-04"),
        "deep_json.har": ('{"log":' * 100_000, "IN-01"),
    }
    yield from ((name, text.encode(), rule) for name, (text, rule) in texts.items())
    yield "lying_byte_order_mark.xml", b"\xff\xfe<a/>", "XML-05"
    yield "utf_16_of_the_other_order.xml", b"\xfe\xff" + "<a/>".encode("utf-16-le"), "XML-05"
    yield "binary.xml", bytes(range(256)) * 64, "XML-01"
    yield "compressed_bomb.xml", _compressed(), "PA-02"
    yield "bomb.zip", _zip({"a.xml": b" " * (40 * MIB)}), "IN-02"
    nested = _zip({"a.xml": b"<a/>"})
    for _ in range(5):
        nested = _zip({"a.zip": nested})
    yield "archives_in_archives.zip", nested, "IN-02"
    yield "broken.zip", _zip({"a.xml": b"<a/>"})[:-12], "IN-01"
    yield "http_bomb.http", _http(), "XML-03"


def _compressed() -> bytes:
    packed = base64.b64encode(gzip.compress(b" " * (100 * MIB), mtime=0)).decode()
    told_by = "<root>EventMessage</root><Verb>created</Verb><Noun>MeterReadings</Noun>"
    return example.message(f"{told_by}<Compressed>{packed}</Compressed><Format>XML</Format>", "generic").encode()


def _zip(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, body in members.items():
            opened.writestr(zipfile.ZipInfo(name), body)
    return made.getvalue()


def _http() -> bytes:
    packed = gzip.compress(b"<a>" + b" " * (100 * MIB), mtime=0)
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Encoding: gzip\r\n\r\n" + packed
