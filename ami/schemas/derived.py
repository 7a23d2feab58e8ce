"""The schemas that nobody published, written out from two tables: which classes a noun carries, and what a class holds.

Both are data: `nouns.toml` and `classes/*.toml`, with the names of the CIM. An element is written `name: Type`, followed by `?`
where it may be left out, `*` where there may be any number, `+` where there is at least one.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any, Final, NamedTuple
from xml.sax.saxutils import escape

from ami.dialect import dialect

_ELEMENT = re.compile(r"(\w+): (\w+)([?*+]?)")
_OCCURS: Final = {"": "", "?": ' minOccurs="0"', "*": ' minOccurs="0" maxOccurs="unbounded"', "+": ' maxOccurs="unbounded"'}
_BUILT_IN: Final = frozenset({"boolean", "date", "dateTime", "decimal", "float", "integer", "string", "time"})

_SPOKEN: Final = dialect("2011")
"""Whose names the documents are written in, as the committed ones are."""

_DOCUMENT = Template("""\
<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
           xmlns:this="$namespace"
           targetNamespace="$namespace"
           elementFormDefault="qualified">

  <xs:annotation>
    <xs:documentation>$caption</xs:documentation>
    <xs:documentation>$provenance</xs:documentation>
    <xs:appinfo source="urn:metergate:origin">derived</xs:appinfo>
  </xs:annotation>

  <xs:element name="$name" type="this:$name"/>
$types
</xs:schema>
""")
_SEQUENCE = Template("""
  <xs:complexType name="$name">
    <xs:annotation>
      <xs:documentation>$caption</xs:documentation>
    </xs:annotation>
    <xs:sequence>
$elements
    </xs:sequence>
  </xs:complexType>
""")
_REFERENCE = Template("""
  <xs:complexType name="$name">
    <xs:annotation>
      <xs:documentation>$caption</xs:documentation>
    </xs:annotation>
    <xs:attribute name="$attribute" type="xs:string" use="required"/>
  </xs:complexType>
""")
_RESTRICTION = Template("""
  <xs:simpleType name="$name">
    <xs:annotation>
      <xs:documentation>$caption</xs:documentation>
    </xs:annotation>
    <xs:restriction base="xs:$base"$inside
  </xs:simpleType>
""")


class Element(NamedTuple):
    """One line of a class: an element, its type, and how often it may stand."""

    name: str
    type_name: str
    occurs: str

    @classmethod
    def read(cls, written: str) -> "Element":
        """The element that a line of the tables stands for. Raises ValueError for a line that says something else."""
        found = _ELEMENT.fullmatch(written)
        if found is None:
            raise ValueError(f"no element: {written!r}")
        return cls(*found.groups())

    @property
    def is_simple(self) -> bool:
        """Whether its content is text."""
        return self.type_name in _BUILT_IN or not {"elements", "attribute"} & classes()[self.type_name].keys()


def schema(name: str) -> str:
    """The text of a derived schema, in the names of 2011. name: a noun of `nouns()`, or `Get` and a noun."""
    noun = name.removeprefix("Get")
    entry = nouns()[noun]
    if name != noun:
        caption = entry.get("query_caption", f"A query for {noun}: which are asked for; without anything, all of them.")
        return _document(name, caption, _query(entry))
    return _document(name, entry["caption"], [Element.read(line) for line in entry["elements"]])


@cache
def nouns() -> dict[str, dict[str, Any]]:
    """Noun -> its caption, its elements and those of its query, as far as they are written out."""
    return tomllib.loads((files("ami.schemas") / "nouns.toml").read_text("utf-8"))


@cache
def classes() -> dict[str, dict[str, Any]]:
    """Class -> its caption and its elements; or its base, its words, its attribute."""
    folder = files("ami.schemas") / "classes"
    tables = [tomllib.loads(entry.read_text("utf-8")) for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return {name: described for table in tables for name, described in table.items()}


def elements(class_name: str) -> list[Element]:
    """The elements of a class in their order; none where it has no elements."""
    return [Element.read(line) for line in classes()[class_name].get("elements", ())]


def _query(entry: dict[str, Any]) -> list[Element]:
    if "query" in entry:
        return [Element.read(line) for line in entry["query"]]
    return [Element(Element.read(line).name, "IdentifiedObject", "*") for line in entry["elements"]]


def _document(name: str, caption: str, carried: list[Element]) -> str:
    used = sorted(_reached(carried), key=lambda each: ("elements" not in classes()[each], "attribute" not in classes()[each], each))
    *others, last = [element.name for element in carried]
    named = f"classes {', '.join(others)} and {last}" if others else f"class {last}"
    return _DOCUMENT.substitute(
        name=name,
        namespace=_SPOKEN.payload(name),
        caption=escape(caption),
        provenance=f"Not published: derived from the CIM {named}, each written as the published schemas write theirs.",
        types=_sequence(name, caption, carried) + "".join(_class(each) for each in used),
    )


def _reached(carried: Iterable[Element]) -> set[str]:
    """The classes that some elements need, directly or through one another."""
    found: set[str] = set()
    waiting = [element.type_name for element in carried]
    while waiting:
        name = waiting.pop()
        if name not in _BUILT_IN and name not in found:
            found.add(name)
            waiting += [element.type_name for element in elements(name)]
    return found


def _class(name: str) -> str:
    described = classes()[name]
    caption = escape(described["caption"])
    if "elements" in described:
        return _sequence(name, described["caption"], elements(name))
    if "attribute" in described:
        return _REFERENCE.substitute(name=name, caption=caption, attribute=described["attribute"])
    if "words" not in described:
        return _RESTRICTION.substitute(name=name, caption=caption, base=described["base"], inside="/>")
    words = "\n".join(f'      <xs:enumeration value="{word}"/>' for word in described["words"])
    return _RESTRICTION.substitute(name=name, caption=caption, base="string", inside=f">\n{words}\n    </xs:restriction>")


def _sequence(name: str, caption: str, held: Iterable[Element]) -> str:
    return _SEQUENCE.substitute(name=name, caption=escape(caption), elements="\n".join(_lines(held)))


def _lines(held: Iterable[Element]) -> Iterator[str]:
    for element in held:
        prefix = "xs" if element.type_name in _BUILT_IN else "this"
        yield f'      <xs:element name="{element.name}" type="{prefix}:{element.type_name}"{_OCCURS[element.occurs]}/>'
