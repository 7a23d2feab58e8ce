"""The schemas of one dialect: the envelope, the payload of every noun, and the wrapper of each noun's messages.

Payloads whose shape was published are committed as `<Noun>.xsd`, readable as they stand in the names of 2011; those that were
derived are written out from tables, see `derived`. Envelope and wrappers are made from what the dialect says.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from string import Template
from typing import Final, Literal

from lxml import etree

from ami import dialect as dialects
from ami import names
from ami.dialect import Dialect
from ami.schemas import derived
from ami.schemas.wrappers import Wrapper, wrappers

Origin = Literal["published", "derived"]

MESSAGE_FILE: Final = "Message.xsd"
PAYLOADS: Final = (*names.NOUNS, *names.QUERIES.values())
"""The payload elements that have a schema."""

_COMMITTED: Final = dialects.dialect("2011")
"""Whose names stand in the committed files."""

_UUID: Final = '      <xs:pattern value="[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"/>\n'

_ELEMENT: Final = f"{{{names.XML_SCHEMA}}}element"
_ORIGIN = re.compile(r'<xs:appinfo source="urn:metergate:origin">(\w+)</xs:appinfo>')
_CAPTION = re.compile(r"<xs:documentation>([^<]*)</xs:documentation>")
_PROVENANCE = re.compile(r"Shape as published [^<]*")
_LOCATION = re.compile(r'schemaLocation="([^"]+)"')
_MINIMUM = re.compile(r'minOccurs="\$(\w+)"')


def documents(dialect: Dialect, location: str = "{file}") -> dict[str, str]:
    """File name -> text of every schema of a dialect; each import names its file.

    location: how one schema refers to another, where `{file}` stands for the file's name; `?xsd={file}` for documents that
    are served behind one address.
    """
    texts = {MESSAGE_FILE: _message(dialect)}
    texts |= {payload_file(noun): _payload(noun, dialect) for noun in PAYLOADS}
    texts |= {wrapper.file: wrapper.text for wrapper in _wrappers(dialect)}
    return {file: _located(text, location) for file, text in texts.items()}


def namespaces(dialect: Dialect) -> dict[str, str]:
    """File name -> target namespace of every schema of a dialect."""
    return (
        {MESSAGE_FILE: dialect.header_namespace}
        | {payload_file(noun): dialect.payload(noun) for noun in PAYLOADS}
        | {wrapper.file: wrapper.namespace for wrapper in _wrappers(dialect)}
    )


def roots(dialect: Dialect) -> tuple[str, ...]:
    """`{namespace}name` of every global element that the schemas of a dialect declare."""
    parsed = [etree.fromstring(text.encode()) for text in documents(dialect).values()]
    return tuple(f"{{{one.get('targetNamespace')}}}{element.get('name')}" for one in parsed for element in one.iterfind(_ELEMENT))


def entry(dialect: Dialect, location: str = "{file}") -> str:
    """A schema that declares nothing and imports all the others: compile it, and every root of the dialect is known."""
    return f'<xs:schema xmlns:xs="{names.XML_SCHEMA}">\n{imports(namespaces(dialect), location)}</xs:schema>\n'


def imports(targets: Mapping[str, str], location: str) -> str:
    """One import a line. targets: file name -> namespace; location: as in `documents`."""
    return "".join(
        f'  <xs:import namespace="{namespace}" schemaLocation="{location.format(file=file)}"/>\n' for file, namespace in targets.items()
    )


@cache
def origin(noun: str) -> Origin:
    """Whether the schema of a payload follows a published one or was derived from CIM classes. noun: one of PAYLOADS."""
    found = _ORIGIN.search(_in_committed_names(noun))
    return "published" if found and found[1] == "published" else "derived"


def caption(noun: str) -> str:
    """What a payload carries, in a sentence. noun: one of PAYLOADS."""
    found = _CAPTION.search(_in_committed_names(noun))
    return found[1] if found else ""


def payload_file(noun: str) -> str:
    """The file that holds the schema of a payload."""
    return f"{noun}.xsd"


@cache
def _in_committed_names(noun: str) -> str:
    """The schema of a payload as it was committed, or as the tables have it."""
    entry = derived.nouns().get(noun, {})
    if "same_as" in entry:
        return _like(noun, entry["same_as"])
    is_query = noun in names.QUERIES.values()
    return derived.schema(noun) if is_query or "elements" in entry else _committed(payload_file(noun))


def _like(noun: str, other: str) -> str:
    """The schema of a noun that nobody published, with the content of one that somebody did."""
    text = re.sub(rf"\b{other}\b", noun, _committed(payload_file(other)))
    text = _ORIGIN.sub(lambda found: found[0].replace(found[1], "derived"), text)
    return _PROVENANCE.sub(f"Not published: derived from {other}, whose content it has.", text, count=1)


@cache
def _committed(file: str) -> str:
    return (files("ami.schemas") / file).read_text("utf-8")


def _message(dialect: Dialect) -> str:
    template = _committed("message_template.xsd")
    minimum = {field: str(int(field in dialect.mandatory_header)) for field in _MINIMUM.findall(template)}
    return Template(template).substitute(
        minimum,
        header_namespace=dialect.header_namespace,
        verbs=_listed(dialect.verbs),
        nouns=_listed(dialect.nouns if dialect.nouns_are_listed else ()),
        contexts=_listed(dialect.contexts if dialect.contexts_are_listed else ()),
        ids=_UUID if dialect.ids_are_uuids else "",
    )


def _listed(values: Iterable[str]) -> str:
    """The facets of a type that allows these values only; none at all allow every value."""
    return "".join(f'      <xs:enumeration value="{value}"/>\n' for value in values)


def _payload(noun: str, dialect: Dialect) -> str:
    text = _in_committed_names(noun)
    text = text.replace(f'"{_COMMITTED.header_namespace}"', f'"{dialect.header_namespace}"')
    return text.replace(f'"{_COMMITTED.payload(noun)}"', f'"{dialect.payload(noun)}"')


def _wrappers(dialect: Dialect) -> tuple[Wrapper, ...]:
    return wrappers(dialect, MESSAGE_FILE, payload_file)


def _located(text: str, location: str) -> str:
    return _LOCATION.sub(lambda found: f'schemaLocation="{location.format(file=found[1])}"', text)
