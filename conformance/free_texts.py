"""Which texts of a message our schemas allow whatever they are, so long as they are of a kind; told by the names of their elements."""

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache, cached_property
from typing import Final

from lxml import etree

from ami import schemas
from ami.dialect import dialect
from ami.names import XML_SCHEMA
from conformance.views.place import local_name

REFERENCE: Final = "ref"
"""The attribute that an element points with."""

_MOMENT = re.compile(
    r"20[0-9][0-9]-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])"
)
_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?")
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Kind(Enum):
    """What a text may be. `pattern`: texts of the kind beyond doubt, not all of them; None: any."""

    TEXT = None
    MOMENT = _MOMENT
    NUMBER = _NUMBER
    WHOLE_NUMBER = _WHOLE_NUMBER
    UUID = _UUID

    @property
    def pattern(self) -> re.Pattern[str] | None:
        """All that is certainly of this kind."""
        pattern: re.Pattern[str] | None = self.value
        return pattern

    @cached_property
    def lines(self) -> re.Pattern[str] | None:
        """Lines that are all of this kind."""
        return None if self.pattern is None else re.compile(f"(?:(?:{self.pattern.pattern})\n)*(?:{self.pattern.pattern})")


_NARROWER: Final = {
    frozenset({Kind.TEXT}): Kind.TEXT,
    frozenset({Kind.MOMENT}): Kind.MOMENT,
    frozenset({Kind.NUMBER}): Kind.NUMBER,
    frozenset({Kind.WHOLE_NUMBER, Kind.NUMBER}): Kind.WHOLE_NUMBER,
    frozenset({Kind.WHOLE_NUMBER}): Kind.WHOLE_NUMBER,
    frozenset({Kind.UUID}): Kind.UUID,
}
"""Kinds that one name has in different places, apart from any text -> the kind that is right in each of them."""

_OF_TYPE: Final = {
    "string": Kind.TEXT,
    "dateTime": Kind.MOMENT,
    "float": Kind.NUMBER,
    "integer": Kind.WHOLE_NUMBER,
}
_UUID_PATTERN: Final = _UUID.pattern.replace("(?:", "(")
_XS: Final = f"{{{XML_SCHEMA}}}"
_READ_BY_THE_JUDGE: Final = frozenset({("Header", "Verb"), ("Header", "Noun")})
"""What these say decides on what else is looked at."""

Place = tuple[str, str]
"""The name of an element, or ANY_OWNER, and of one in it, or of its attribute REFERENCE."""

ANY_OWNER: Final = ""

_Kinds = dict[str, set[Kind | None]]


@cache
def free_texts(dialect_name: str, payloads: tuple[str, ...]) -> Mapping[Place, Kind]:
    """Where a text stands -> its kind, for all that our schemas leave free in a message of some payloads."""
    found: dict[Place, set[Kind | None]] = {}
    for file in (schemas.MESSAGE_FILE, *map(schemas.payload_file, payloads)):
        for place, kinds in _declared_in(dialect_name, file).items():
            found.setdefault(place, set()).update(kinds)
    free = {place: _kind(several) for place, several in found.items() if place not in _READ_BY_THE_JUDGE}
    return {place: kind for place, kind in free.items() if kind is not None}


@cache
def _declared_in(dialect_name: str, file: str) -> Mapping[Place, set[Kind | None]]:
    """The kinds of the texts that one schema declares, as `_of_declaration` has them; no schema has types of another's texts."""
    document = etree.fromstring(_texts(dialect_name)[file].encode())
    types: _Kinds = {}
    owners: dict[str, set[str]] = {}
    for declared in document.iterchildren(f"{_XS}simpleType", f"{_XS}complexType"):
        types.setdefault(declared.get("name", ""), set()).update(_of_content(declared))
    for element in document.iter(f"{_XS}element"):
        owners.setdefault(element.get("type", "").rpartition(":")[2], set()).add(element.get("name", ""))
    found: dict[Place, set[Kind | None]] = {}
    for declared in document.iter(f"{_XS}element", f"{_XS}attribute"):
        for place in _places(declared, owners):
            found.setdefault(place, set()).update(_of_declaration(declared, types))
    return found


@cache
def _texts(dialect_name: str) -> Mapping[str, str]:
    return schemas.documents(dialect(dialect_name))


def _places(declared: etree._Element, owners: Mapping[str, set[str]]) -> Iterable[Place]:
    """Where an element that is declared may stand."""
    name = declared.get("name", "")
    if local_name(declared) == "attribute":
        return [(ANY_OWNER, name)] if name == REFERENCE else []
    holder = next(declared.iterancestors(f"{_XS}complexType"), None)
    if holder is None:
        return []
    type_name, around = holder.get("name"), holder.getparent()
    if type_name is not None:
        return [(owner, name) for owner in owners.get(type_name, ())]
    return [(around.get("name", ""), name)] if around is not None else []


def _of_declaration(declared: etree._Element, types: _Kinds) -> Iterable[Kind | None]:
    """The kinds of text that an element may hold; None among them for one that is not free, and none at all for what holds elements."""
    prefix, _, own_type = declared.get("type", "").rpartition(":")
    if not own_type:
        inner = next(declared.iterchildren(f"{_XS}simpleType", f"{_XS}complexType"), None)
        return _of_content(inner) if inner is not None else (None,)
    if prefix == "xs":
        return (_OF_TYPE.get(own_type),)
    return types.get(own_type, (None,))


def _of_content(declared: etree._Element) -> Iterable[Kind | None]:
    """The kinds of text of a type, as `_of_declaration` has them."""
    if local_name(declared) == "complexType":
        has_text = declared.get("mixed") == "true" or declared.find(f"{_XS}simpleContent") is not None
        return (None,) if has_text else ()
    restriction = declared.find(f"{_XS}restriction")
    if restriction is None or restriction.get("base") != "xs:string":
        return (None,)
    facets = list(restriction)
    if not facets:
        return (Kind.TEXT,)
    is_uuid = len(facets) == 1 and local_name(facets[0]) == "pattern" and facets[0].get("value") == _UUID_PATTERN
    return (Kind.UUID if is_uuid else None,)


def _kind(several: set[Kind | None]) -> Kind | None:
    """The kind that is right wherever a text stands of which schemas say several things; None where there is none."""
    kinds = frozenset(kind for kind in several if kind is not None)
    if None in several or not kinds:
        return None
    return _NARROWER.get(kinds - {Kind.TEXT} or kinds)
