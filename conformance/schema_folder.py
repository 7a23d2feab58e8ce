"""A folder of schemas that take the place of ours, noun by noun: those of the standard, for whoever has the licence.

A schema is recognised by its target namespace. What it imports or includes has to stand in the folder too: nothing is fetched.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from ami import dialect as dialects
from ami import names, schemas
from ami.errors import ConfigurationError
from ami.findings import Finding
from ami.schemas import compiling
from conformance.parser import parsed
from conformance.views.place import local_name

_SCHEMA: Final = f"{{{names.XML_SCHEMA}}}schema"
_ELEMENT: Final = f"{{{names.XML_SCHEMA}}}element"
_IMPORT: Final = f"{{{names.XML_SCHEMA}}}import"
_PARTS: Final = tuple(f"{{{names.XML_SCHEMA}}}{name}" for name in ("include", "redefine"))
_REFERENCES: Final = (_IMPORT, *_PARTS)
_NAMED_AT_MOST: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class SchemaFolder:
    """The schemas of a folder, each import pointing at another of them.

    texts: file -> schema; a file is named by its way in the folder. entries: target namespace -> the file that stands for it.
    reaches: file -> itself and the files that it needs. declares: target namespace -> the elements that a message can begin with.
    """

    path: Path
    texts: Mapping[str, str]
    entries: Mapping[str, str]
    reaches: Mapping[str, frozenset[str]]
    declares: Mapping[str, frozenset[str]]

    def compiled(self, space: str) -> etree.XMLSchema:
        """The schema of a target namespace among `entries`. To be used by one thread at a time."""
        return _compiled(self, self.entries[space])

    def covers(self, space: str, other: str) -> bool:
        """Whether the schema of one namespace brings that of another along."""
        return self.entries.get(other) in self.reaches[self.entries[space]]


def read(path: Path) -> SchemaFolder:
    """The schemas in a folder and in the folders below it.

    Raises ConfigurationError, in one line that says what to mend, for a folder that cannot be used as it stands: one without a
    schema that the product knows the namespace of, or with one that is broken, or that needs what is not there.
    """
    if not _is_folder(path):
        raise ConfigurationError(f"{path}: is no folder: name one that holds XSD files")
    roots = {file.relative_to(path).as_posix(): _root(file) for file in sorted(path.rglob("*.xsd"))}
    if not roots:
        raise ConfigurationError(f"{path}: holds no .xsd file: name the folder that holds the schemas")
    needs = {file: _resolved(file, root, roots, path) for file, root in roots.items()}
    entries = _entries(roots, path)
    reaches = {file: frozenset(_reached(file, needs)) for file in roots}
    folder = SchemaFolder(
        path,
        texts={file: etree.tostring(root, encoding="unicode") for file, root in roots.items()},
        entries=entries,
        reaches=reaches,
        declares={space: _declared(reaches[file], roots, space) for space, file in entries.items()},
    )
    _check(folder)
    return folder


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # of a name that is too long, for one
        return False


def _root(file: Path) -> etree._Element:
    try:
        root = parsed(file.read_bytes())
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read: {error.strerror or error}") from None
    if isinstance(root, Finding):
        raise ConfigurationError(f"{file}: line {root.where.line}: expected {root.expected}; found {root.found}")
    if root.tag != _SCHEMA:
        raise ConfigurationError(f"{file}: is no schema: its root is {local_name(root)}; take it out of the folder")
    return root


def _resolved(file: str, root: etree._Element, roots: Mapping[str, etree._Element], folder: Path) -> set[str]:
    """The files that a file needs; each reference of it is changed to name one of them, flat, as the compiler will ask for it."""
    needed = set()
    for reference in root.iterchildren(*_REFERENCES):
        location = reference.get("schemaLocation")
        if location is None and reference.get("namespace") is None:
            continue
        found = _of_namespace(reference.get("namespace"), roots) if location is None else _at(location, file, roots)
        if found is None:
            asked = repr(location or f"the namespace {reference.get('namespace')}")
            line = reference.sourceline
            raise ConfigurationError(f"{folder / file}: line {line}: needs {asked}, which is not in the folder: put it there")
        reference.set("schemaLocation", _flat(found))
        needed.add(found)
    return needed


def _at(location: str, file: str, roots: Mapping[str, etree._Element]) -> str | None:
    """The file of the folder that a reference means: the one at that place, else the only one of that name."""
    way = unquote(urlsplit(location).path)
    at = _normal(PurePosixPath(file).parent / way) if not urlsplit(location).scheme else ""
    if at in roots:
        return at
    alike = [other for other in roots if PurePosixPath(other).name == PurePosixPath(way).name]
    return alike[0] if len(alike) == 1 else None


def _normal(way: PurePosixPath) -> str:
    steps: list[str] = []
    for step in way.parts:
        if step != "..":
            steps.append(step)
        elif steps:
            steps.pop()
    return "/".join(steps)


def _of_namespace(space: str | None, roots: Mapping[str, etree._Element]) -> str | None:
    alike = [file for file, root in roots.items() if root.get("targetNamespace") == space]
    return alike[0] if len(alike) == 1 else None


def _entries(roots: Mapping[str, etree._Element], folder: Path) -> dict[str, str]:
    """Target namespace -> file, for the namespaces that messages stand in; a file that another one includes is a part of it."""
    known = _known()
    parts = {reference.get("schemaLocation") for root in roots.values() for reference in root.iterchildren(*_PARTS)}
    entries: dict[str, str] = {}
    for file, root in roots.items():
        space = root.get("targetNamespace") or ""
        if space not in known or _flat(file) in parts:
            continue
        if space in entries:
            raise ConfigurationError(f"{folder}: {entries[space]} and {file} are both for {space}: keep one of them")
        entries[space] = file
    if not entries:
        spaces = sorted({root.get("targetNamespace") or "none" for root in roots.values()})
        named = ", ".join(spaces[:_NAMED_AT_MOST]) + (" …" if len(spaces) > _NAMED_AT_MOST else "")
        raise ConfigurationError(
            f"{folder}: no schema in it is for a noun of IEC 61968-9: expected a target namespace such as {min(known)}; found {named}"
        )
    return entries


@cache
def _known() -> frozenset[str]:
    """Every namespace that a message or payload of some dialect stands in."""
    return frozenset(space for name in dialects.names() for space in schemas.namespaces(dialects.dialect(name)).values())


def _reached(file: str, needs: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [file]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += needs[one]
    return found


def _check(folder: SchemaFolder) -> None:
    """Raises ConfigurationError for a schema that does not compile, or does not declare the payload that its namespace is for."""
    payloads = {dialects.dialect(name).payload(payload): payload for name in dialects.names() for payload in schemas.PAYLOADS}
    for space, file in folder.entries.items():
        payload = payloads.get(space)
        if payload is not None and payload not in folder.declares[space]:
            raise ConfigurationError(f"{folder.path / file}: declares no element {payload}, which its namespace is for")
        try:
            folder.compiled(space)
        except etree.XMLSchemaParseError as error:
            raise ConfigurationError(f"{folder.path / file}: {_first_line(error)}") from None


def _declared(files: frozenset[str], roots: Mapping[str, etree._Element], space: str) -> frozenset[str]:
    """The global elements of a namespace."""
    inside = (roots[file] for file in files if roots[file].get("targetNamespace") in (space, None))
    return frozenset(name for root in inside for element in root.iterchildren(_ELEMENT) if (name := element.get("name")))


def _first_line(error: etree.XMLSchemaParseError) -> str:
    entries: Iterator[Any] = iter(error.error_log)
    first = next(entries, None)
    if first is None:
        return f"is no usable schema: {error}"
    return f"line {first.line} is no usable schema: {re.sub(r'{[^}]*}', '', first.message)}"


@cache
def _compiled(folder: SchemaFolder, file: str) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    parser.resolvers.add(_Files(folder))
    roots = [f"{{{space}}}{name}" for space, named in folder.entries.items() if named == file for name in folder.declares[space]]
    return compiling.compiled(etree.fromstring(folder.texts[file].encode(), parser, base_url=_flat(file)), roots)


class _Files(etree.Resolver):
    """Gives the compiler the files of the folder, and nothing else."""

    def __init__(self, folder: SchemaFolder) -> None:
        super().__init__()
        self._texts = {_flat(file): text for file, text in folder.texts.items()}

    def resolve(self, system_url: str | None, _public_id: str | None, context: Any) -> Any:
        name = (system_url or "").rpartition("/")[2]
        return self.resolve_string(self._texts.get(name, ""), context, base_url=name)


def _flat(file: str) -> str:
    """A file's way in the folder as one name without any sign that an address could be read into."""
    return f"{file.encode().hex()}.xsd"
