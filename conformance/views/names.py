"""What objects are called: names that say of which type they are, and who vouches for that type."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from lxml import etree

from ami.findings import Where
from conformance.views.place import child, children, line, local_name, namespace, path, text

NAME_TYPE: Final = b"NameType"


class Name(NamedTuple):
    """One name of an object. of_type, authority: names of its NameType and of that one's NameTypeAuthority.

    text, of_type and authority are None where there is no such element. told_of_type, told_of_authority: the descriptions of both,
    empty for none.
    """

    text: str | None
    of_type: str | None
    authority: str | None
    told_of_type: str
    told_of_authority: str
    where: Where


@dataclass(frozen=True, slots=True)
class NamesView:
    """Every object of a payload that has a name with a NameType: its kind, and all of its names."""

    objects: tuple[tuple[str, tuple[Name, ...]], ...]


def names_view(payload: etree._Element) -> NamesView | None:
    """The view of a payload; None where no name in it says of which type it is."""
    owners: dict[etree._Element, None] = {}
    for found in payload.iter(f"{{{namespace(payload)}}}NameType"):
        holder = found.getparent()
        owner = holder.getparent() if holder is not None and local_name(holder) == "Names" else None
        if owner is not None:
            owners[owner] = None
    return NamesView(tuple((local_name(owner), tuple(_names(owner))) for owner in owners)) if owners else None


def _names(owner: etree._Element) -> Iterator[Name]:
    named, place = list(children(owner, "Names")), path(owner)
    for number, element in enumerate(named, 1):
        of_type = child(element, "NameType")
        authority = child(of_type, "NameTypeAuthority")
        yield Name(
            _said(child(element, "name")),
            _said(child(of_type, "name")),
            _said(child(authority, "name")),
            text(child(of_type, "description")),
            text(child(authority, "description")),
            Where(f"{place}/Names[{number}]" if len(named) > 1 else f"{place}/Names", line(element)),
        )


def _said(element: etree._Element | None) -> str | None:
    return None if element is None else text(element)
