"""What a schema declares, as a tree of elements: names, how often, what text or which elements inside."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from lxml import etree

from ami import names, schemas
from ami.dialect import dialect

_XS: Final = f"{{{names.XML_SCHEMA}}}"


@dataclass(frozen=True, slots=True)
class Declared:
    """An element. least, most: how often it may stand, None for any number. base: the built-in type of its text; empty where it
    holds elements. words: all that the text may be; empty for anything of its type. reference: the name of its one attribute.
    """

    name: str
    namespace: str
    least: int = 1
    most: int | None = 1
    base: str = ""
    words: tuple[str, ...] = ()
    reference: str = ""
    parts: tuple["Declared", ...] = ()

    def part(self, name: str) -> "Declared":
        """The element of that name in it. Raises LookupError for one that it does not hold."""
        found = next((part for part in self.parts if part.name == name), None)
        if found is None:
            raise LookupError(f"{self.name} holds no {name}")
        return found

    def walk(self) -> Iterator["Declared"]:
        """The element and all that can stand in it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@cache
def declared(name: str, namespace: str, dialect_name: str = "2011") -> Declared:
    """A global element. Raises LookupError for one that the schemas of the dialect do not declare."""
    roots = _roots(dialect_name)
    element = _named(roots[namespace], "element", name)
    return _element(element, namespace, dialect_name, 1, 1)


def payload(name: str, dialect_name: str = "2011") -> Declared:
    """A noun's payload, or that of its query."""
    return declared(name, dialect(dialect_name).payload(name), dialect_name)


@cache
def _roots(dialect_name: str) -> dict[str, etree._Element]:
    texts = schemas.documents(dialect(dialect_name)).values()
    return {root.get("targetNamespace", ""): root for root in (etree.fromstring(text.encode()) for text in texts)}


def _named(root: etree._Element, kind: str, name: str) -> etree._Element:
    found = next((element for element in root.iterchildren(f"{_XS}{kind}") if element.get("name") == name), None)
    if found is None:
        raise LookupError(f"{root.get('targetNamespace')} declares no {kind} {name}")
    return found


def _element(element: etree._Element, namespace: str, dialect_name: str, least: int, most: int | None) -> Declared:
    if (referred := element.get("ref")) is not None:
        prefix, _, name = referred.rpartition(":")
        found = declared(name, element.nsmap[prefix or None], dialect_name)
        return Declared(found.name, found.namespace, least, most, found.base, found.words, found.reference, found.parts)
    name = element.get("name", "")
    inner = next(element.iterchildren(f"{_XS}complexType", f"{_XS}simpleType"), None)
    space = namespace
    if inner is None:
        prefix, _, type_name = element.get("type", "xs:string").rpartition(":")
        space = element.nsmap[prefix or None]
        if space == names.XML_SCHEMA:
            return Declared(name, namespace, least, most, base=type_name)
        inner = _type(type_name, space, dialect_name)
    if inner.tag == f"{_XS}simpleType":
        base, words = _text(inner, space, dialect_name)
        return Declared(name, namespace, least, most, base=base, words=words)
    attribute = next(inner.iterchildren(f"{_XS}attribute"), None)
    parts = tuple(_parts(inner, space, dialect_name))
    return Declared(name, namespace, least, most, reference="" if attribute is None else attribute.get("name", ""), parts=parts)


def _type(name: str, namespace: str, dialect_name: str) -> etree._Element:
    root = _roots(dialect_name)[namespace]
    try:
        return _named(root, "complexType", name)
    except LookupError:
        return _named(root, "simpleType", name)


def _text(simple: etree._Element, namespace: str, dialect_name: str) -> tuple[str, tuple[str, ...]]:
    (restriction,) = simple.iterchildren(f"{_XS}restriction")
    prefix, _, base = restriction.get("base", "").rpartition(":")
    words = tuple(word.get("value", "") for word in restriction.iterchildren(f"{_XS}enumeration"))
    space = restriction.nsmap[prefix or None]
    if space != names.XML_SCHEMA:
        base, inherited = _text(_type(base, namespace, dialect_name), namespace, dialect_name)
        words = words or inherited
    return base, words


def _parts(complex_type: etree._Element, namespace: str, dialect_name: str) -> Iterator[Declared]:
    """What stands in a sequence; wildcards are left out, for what they let pass is not what is declared."""
    for sequence in complex_type.iterchildren(f"{_XS}sequence"):
        for element in sequence.iterchildren(f"{_XS}element"):
            most = element.get("maxOccurs", "1")
            yield _element(element, namespace, dialect_name, int(element.get("minOccurs", "1")), None if most == "unbounded" else int(most))
