"""Messages told in a few pieces, as in the examples of rules, and edits of them: SOAP, HTTP, replies, conversations, WSDLs."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from lxml import etree

from conformance import example
from conformance.capture import Capture

Edit = Callable[[Random, "Pieces"], bool]
Text = str | Callable[[Random, str], str]

NAMESPACES: Final = example.PREFIXES
_BOUND: Final = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in NAMESPACES.items())


@dataclass(slots=True)
class Pieces:
    """What `conformance.example` makes a message or a conversation of, as a tree. changed: what befalls the captures afterwards."""

    top: etree._Element
    changed: Callable[[tuple[Capture, ...]], tuple[Capture, ...]] | None = None

    @property
    def dialect(self) -> str:
        """As Subject.dialect."""
        return example.dialect_of(self.text())

    def text(self) -> str:
        """The example as it is by now."""
        return etree.tostring(self.top, encoding="unicode")

    def captures(self) -> tuple[Capture, ...]:
        """As Subject.captures."""
        found = example.captures(self.text())
        return self.changed(found) if self.changed else found

    def at(self, path: str) -> list[etree._Element]:
        """All elements at an XPath from the example."""
        found = self.top.xpath(path, namespaces=NAMESPACES)
        return [each for each in found if isinstance(each, etree._Element)] if isinstance(found, list) else []


def pieces(template: Callable[[Random], str]) -> Callable[[Random], Pieces]:
    """What makes a subject of a template. template: the text of the example, made with random ids, times and values."""
    return lambda random: Pieces(_parsed(template(random)))


def _parsed(text: str) -> etree._Element:
    return etree.fromstring(f"<example{_BOUND}>{text}</example>")[0]


def _one(path: str, done: Callable[[Random, etree._Element], None]) -> Edit:
    """Something done to any one of the elements at a path."""

    def edit(random: Random, subject: Pieces) -> bool:
        found = subject.at(path)
        if found:
            done(random, random.choice(found))
        return bool(found)

    return edit


def drop(path: str) -> Edit:
    """Leave an element out."""
    return _one(path, lambda _, element: _parent(element).remove(element))


def empty(path: str) -> Edit:
    """Leave out all that stands in an element."""

    def done(_random: Random, element: etree._Element) -> None:
        for child in list(element):
            element.remove(child)

    return _one(path, done)


def repeat(path: str) -> Edit:
    """Say an element again, right behind the first."""
    return _one(path, lambda _, element: element.addnext(_copied(element)))


def exchange(path: str) -> Edit:
    """Let an element and the next one change places."""

    def done(_random: Random, element: etree._Element) -> None:
        following = element.getnext()
        if following is not None:
            following.addnext(element)

    return _one(path, done)


def say(path: str, text: Text) -> Edit:
    """Write another text."""

    def done(random: Random, element: etree._Element) -> None:
        element.text = text if isinstance(text, str) else text(random, element.text or "")

    return _one(path, done)


def give(path: str, **attributes: Text | None) -> Edit:
    """Give attributes another value, or take them away. Names with a prefix are written with two underscores."""

    def done(random: Random, element: etree._Element) -> None:
        for name, value in attributes.items():
            prefix, _, local = name.rpartition("__")
            key = f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local
            if value is None:
                del element.attrib[key]
            else:
                element.set(key, value if isinstance(value, str) else value(random, element.get(key, "")))

    return _one(path, done)


def add(path: str, text: str) -> Edit:
    """Put an element behind all others."""
    return _one(path, lambda _, element: element.append(_parsed(text)))


def first(path: str, text: str) -> Edit:
    """Put an element before all others."""
    return _one(path, lambda _, element: element.insert(0, _parsed(text)))


def both(*edits: Edit) -> Edit:
    """Several edits, of which each has to find a place."""
    return lambda random, subject: all(edit(random, subject) for edit in edits)


def heard(change: Callable[[Random, tuple[Capture, ...]], tuple[Capture, ...]]) -> Edit:
    """Let something befall what is heard: its bytes, its order, …"""

    def edit(random: Random, subject: Pieces) -> bool:
        seed = random.random()
        subject.changed = lambda captures: change(Random(seed), captures)
        return True

    return edit


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _copied(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element, with_tail=False))
