"""Which schema judges what: ours, or in its place one of a folder; one for the message, and one for each payload that it leaves open."""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from string import Template
from typing import Any, Final, NamedTuple

from lxml import etree

from ami import schemas
from ami.dialect import Dialect, dialect
from ami.schemas import compiling
from conformance.schema_folder import SchemaFolder
from conformance.views.place import children, local_name, namespace

FOLDER: Final = "folder"
"""The origin of a schema that somebody put in the place of ours."""

OPEN: Final = ("Payload", "Request")
"""The parts of a message that hold what is not of the message's own namespace."""

_ANYTHING = Template("""\
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="$namespace">
  <xs:element name="$name" type="xs:anyType"/>
</xs:schema>
""")


class Part(NamedTuple):
    """A message, or a payload in it, and its schema; None where no schema is known."""

    element: etree._Element
    schema: etree.XMLSchema | None


class Used(NamedTuple):
    """A schema that judges an element. origin: published, derived, or folder. file: as it is called here, or in the folder."""

    element: str
    origin: str
    file: str

    def __str__(self) -> str:
        return f"{self.element} ({self.file if self.origin == FOLDER else self.origin})"


@cache
def compiled(dialect_name: str, folder: SchemaFolder | None = None) -> etree.XMLSchema:
    """Our schemas of a dialect as one; a payload that a folder has a schema for may hold anything. For one thread at a time."""
    spoken = dialect(dialect_name)
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    parser.resolvers.add(_Documents(spoken, folder))
    return compiling.compiled(etree.fromstring(schemas.entry(spoken).encode(), parser), schemas.roots(spoken))


def parts(message: etree._Element, payloads: Iterable[etree._Element], dialect_name: str, folder: SchemaFolder | None) -> Iterator[Part]:
    """The message or bare payload with its schema, then each payload that this schema leaves open with a schema of its own.

    payloads: those that the message carries.
    """
    space = namespace(message)
    is_in_folder = folder is not None and space in folder.entries
    whole = folder.compiled(space) if folder is not None and is_in_folder else compiled(dialect_name, folder)
    yield Part(message, whole)
    for payload in payloads:
        its = namespace(payload)
        if folder is not None and its in folder.entries:
            if not (is_in_folder and folder.covers(space, its)):
                yield Part(payload, folder.compiled(its))
        elif _ours(payload, dialect_name) is None:
            yield Part(payload, None)
        elif is_in_folder:
            yield Part(payload, compiled(dialect_name, folder))


def carried(message: etree._Element, dialect_name: str) -> Iterator[etree._Element]:
    """The payloads and queries in a message."""
    own = (namespace(message), dialect(dialect_name).header_namespace)
    for part in children(message):
        if local_name(part) in OPEN:
            yield from (element for element in children(part) if namespace(element) not in own)


def used(message: etree._Element, payloads: Iterable[etree._Element], dialect_name: str, folder: SchemaFolder | None) -> tuple[Used, ...]:
    """The schemas that judge a message: of the payloads that it carries, and of the message itself where a folder has one."""
    found = [used_for(element, dialect_name, folder) for element in (message, *payloads)]
    return tuple([each for each in found if each is not None])


def used_for(element: etree._Element, dialect_name: str, folder: SchemaFolder | None) -> Used | None:
    """The schema that judges a payload, or a message that a folder has a schema for; None where it is our envelope, or none."""
    name, space = local_name(element), namespace(element)
    if folder is not None and space in folder.entries:
        return Used(name, FOLDER, folder.entries[space])
    return _ours(element, dialect_name)


def _ours(element: etree._Element, dialect_name: str) -> Used | None:
    return _ours_named(local_name(element), namespace(element), dialect_name)


@lru_cache(maxsize=4096)
def _ours_named(name: str, space: str, dialect_name: str) -> Used | None:
    if name in _PAYLOADS and dialect(dialect_name).payload(name) == space:
        return Used(name, schemas.origin(name), schemas.payload_file(name))
    return None


_PAYLOADS: Final = frozenset(schemas.PAYLOADS)


class _Documents(etree.Resolver):
    """Gives the compiler a dialect's documents, and nothing else."""

    def __init__(self, spoken: Dialect, folder: SchemaFolder | None) -> None:
        super().__init__()
        self._documents = schemas.documents(spoken)
        if folder is not None:
            replaced = {payload: space for payload in schemas.PAYLOADS if (space := spoken.payload(payload)) in folder.entries}
            self._documents |= {
                schemas.payload_file(payload): _ANYTHING.substitute(namespace=space, name=payload) for payload, space in replaced.items()
            }

    def resolve(self, system_url: str | None, _public_id: str | None, context: Any) -> Any:
        name = (system_url or "").rpartition("/")[2]
        return self.resolve_string(self._documents.get(name, ""), context)
