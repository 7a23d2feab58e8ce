"""Edits of documents that leave them well-formed, most of the time: what is odd is what they say."""

import re
from copy import deepcopy
from random import Random
from typing import Final
from xml.sax.saxutils import escape

from lxml import etree

from tests.conformance.hostile.values import TEXTS

_LEAF = re.compile(rb"(?<=>)[^<>]*(?=</)")
_ATTRIBUTE = re.compile(rb"""(?<=")[^"<>]*(?=")""")
_TAG = re.compile(rb"<[A-Za-z][^<>]*>")
_DEEP: Final = (2, 20, 200, 255, 256, 260, 5000)
_LONG: Final = (300, 5_000, 70_000, 70_000, 2_000_000)


def leaf(random: Random, body: bytes, _other: bytes) -> bytes:
    """Texts of elements become odd ones."""
    for _ in range(random.choice((1, 1, 1, 2, 5))):
        body = _replaced(random, body, _LEAF, escape(random.choice(TEXTS)).encode("utf-8", "replace"))
    return body


def attribute(random: Random, body: bytes, _other: bytes) -> bytes:
    """The text of an attribute becomes an odd one."""
    return _replaced(random, body, _ATTRIBUTE, escape(random.choice(TEXTS), {'"': "&quot;"}).encode("utf-8", "replace"))


def same_everywhere(random: Random, body: bytes, _other: bytes) -> bytes:
    """A text becomes an odd one wherever it stands."""
    found = [each for each in _LEAF.findall(body) if each.strip()]
    odd = escape(random.choice(TEXTS)).encode("utf-8", "replace")
    return body.replace(b">" + random.choice(found) + b"<", b">" + odd + b"<") if found else body


def nest(random: Random, body: bytes, _other: bytes) -> bytes:
    """Something stands very deep."""
    depth = random.choice(_DEEP)
    return _replaced(random, body, _LEAF, b"<a>" * depth + b"1" + b"</a>" * depth)


def lengthen(random: Random, body: bytes, _other: bytes) -> bytes:
    """A text or an attribute is very long."""
    pattern = random.choice((_LEAF, _ATTRIBUTE))
    return _replaced(random, body, pattern, random.choice((b"9", b"x", b"&#9;", b"-", b" ")) * random.choice(_LONG))


def many_attributes(random: Random, body: bytes, _other: bytes) -> bytes:
    """An element has very many attributes, or namespaces."""
    kind = random.choice(("a{}='1' ", "xmlns:n{}='urn:{}' ", "n{}:a='1' "))
    tags = list(_TAG.finditer(body))
    if not tags:
        return body
    place = random.choice(tags).end() - 1
    place -= body[place - 1 : place] == b"/"
    written = "".join(kind.format(each, each) for each in range(random.choice((3, 300, 3000))))
    return body[:place] + b" " + written.encode() + body[place:]


def tree(random: Random, body: bytes, _other: bytes) -> bytes:
    """Elements are moved, repeated, renamed, left out, or change their namespace."""
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return body
    for _ in range(random.choice((1, 1, 2, 4))):
        elements = [each for each in root.iter(etree.Element) if each is not root]
        if not elements:
            break
        _edit(random, random.choice(elements), random.choice(elements))
    encoding = random.choice(("utf-8", "utf-8", "utf-8", "utf-16", "us-ascii"))
    return etree.tostring(root, encoding=encoding, xml_declaration=random.random() < 0.5, pretty_print=random.random() < 0.2)


def _edit(random: Random, one: etree._Element, other: etree._Element) -> None:
    owner = one.getparent()
    kind = random.choice(("move", "repeat", "rename", "drop", "space", "empty", "attribute", "comment", "instruction"))
    if owner is None:
        return
    if kind == "move" and one not in other.iterancestors() and one is not other:
        other.insert(random.randrange(len(other) + 1), one)
    elif kind == "repeat":
        for _ in range(random.choice((1, 2, 30))):
            owner.insert(owner.index(one), deepcopy(one))
    elif kind == "rename":
        one.tag = other.tag
    elif kind == "drop":
        owner.remove(one)
    elif kind == "space":
        one.tag = f"{{{random.choice(('urn:odd', 'http://iec.ch/TC57/2011/MeterReadings#', ' '))}}}{etree.QName(one).localname}"
    elif kind == "empty":
        one.clear()
    elif kind == "attribute":
        one.set(random.choice(("ref", "a", "{urn:odd}b", "{http://www.w3.org/2001/XMLSchema-instance}nil", "mustUnderstand")), "true")
    else:
        made = etree.Comment(" > ") if kind == "comment" else etree.ProcessingInstruction("x", "y")
        one.insert(random.randrange(len(one) + 1), made)


def _replaced(random: Random, body: bytes, pattern: re.Pattern[bytes], by: bytes) -> bytes:
    found = list(pattern.finditer(body))
    if not found:
        return body
    one = random.choice(found)
    return body[: one.start()] + by + body[one.end() :]


EDITS: Final = (leaf, leaf, leaf, leaf, attribute, attribute, same_everywhere, nest, lengthen, many_attributes, tree, tree, tree)
