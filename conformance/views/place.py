"""Where something stands in a message: its path by local names, and its line."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from ami.findings import Where


class Field(NamedTuple):
    """One text of a message, without the space around it, and where it stands: its element's name, line, and the path of what holds it.

    Where it stands is put together only when somebody asks: hardly anybody does.
    """

    text: str
    line: int
    owner: str
    name: str

    @property
    def where(self) -> Where:
        """The place of its element."""
        return Where(f"{self.owner}/{self.name}", self.line)

    @classmethod
    def at(cls, where: Where, text: str = "") -> "Field":
        """A text at a place that is known already; by default an empty one."""
        owner, _, name = where.path.rpartition("/")
        return cls(text, where.line, owner, name)


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return _without_namespace(str(element.tag))


@lru_cache(maxsize=4096)
def _without_namespace(tag: str) -> str:
    return tag.rpartition("}")[2]


def namespace(element: etree._Element) -> str:
    """The namespace of an element; empty for none."""
    return _namespace(str(element.tag))


@lru_cache(maxsize=4096)
def _namespace(tag: str) -> str:
    return tag.rpartition("}")[0][1:]


def children(element: etree._Element, name: str = "*") -> Iterator[etree._Element]:
    """The elements in an element, without comments and the like; with a local name those of that name, in any namespace."""
    return element.iterchildren(name if name == "*" else "{*}" + name)


def first_named(element: etree._Element) -> dict[str, etree._Element]:
    """The elements in an element by local name; of several of a name the first."""
    return {local_name(inner): inner for inner in element.iterchildren("*", reversed=True)}


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The first element down a way of local names, in any namespace; None where the way ends."""
    for name in names:
        if element is None:
            return None
        element = next(element.iterchildren("{*}" + name), None)
    return element


def path(element: etree._Element) -> str:
    """The way from the root to an element by local names; a number tells it from siblings of the same name."""
    steps = []
    current: etree._Element | None = element
    while current is not None:
        parent = current.getparent()
        if parent is None or len(parent) == 1:
            steps.append(f"/{local_name(current)}")
        else:
            tag = str(current.tag)
            before = len(list(current.itersiblings(tag, preceding=True)))
            is_repeated = before > 0 or next(current.itersiblings(tag), None) is not None
            steps.append(f"/{local_name(current)}[{before + 1}]" if is_repeated else f"/{local_name(current)}")
        current = parent
    return "".join(reversed(steps))


def line(element: etree._Element) -> int:
    """The line that an element starts on."""
    return element.sourceline or 0


def where(element: etree._Element) -> Where:
    """The place of an element."""
    return Where(path(element), line(element))


def text(element: etree._Element | None) -> str:
    """All the text right in an element, without the space around it; empty for none."""
    if element is None:
        return ""
    if len(element):
        return "".join(str(part) for part in element.xpath("text()")).strip()
    return (element.text or "").strip()


def field(element: etree._Element | None, element_path: str = "") -> Field | None:
    """The text of an element with its place, or None where there is no element. element_path: where it is known already."""
    if element is None:
        return None
    return Field.at(Where(element_path or path(element), line(element)), text(element))


def field_in(element: etree._Element | None, owner: Where) -> Field:
    """The text of an element of some owner with its place; where there is none, an empty text at the owner's place."""
    return Field.at(owner) if element is None else Field(text(element), line(element), owner.path, local_name(element))


def reference(element: etree._Element | None, owner: Where) -> Field:
    """What the `ref` of an element of some owner points to, with its place; as `field_in` where there is no such element."""
    if element is None:
        return Field.at(owner)
    return Field((element.get("ref") or "").strip(), line(element), owner.path, local_name(element))


def fields(element: etree._Element, element_path: str) -> dict[str, Field]:
    """The children of an element that have no children of their own, by local name; of several of a name the first."""
    found: dict[str, Field] = {}
    for inner in children(element):
        if not len(inner):
            name = local_name(inner)
            if name not in found:
                found[name] = Field((inner.text or "").strip(), inner.sourceline or 0, element_path, name)
    return found


def name_of(element: etree._Element | None) -> str:
    """What an object is called: its mRID, else the first of its names; empty where it has neither."""
    if element is None:
        return ""
    return text(child(element, "mRID")) or text(child(element, "Names", "name"))


def names_in(element: etree._Element | None) -> tuple[str, ...]:
    """Every name that an object has in its Names."""
    if element is None:
        return ()
    return tuple(filter(None, [text(child(inner, "name")) for inner in children(element, "Names")]))
