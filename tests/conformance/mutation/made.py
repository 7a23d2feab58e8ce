"""A single message made from the schemas, and how it will be heard."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from ami.dialect import names as dialect_names
from conformance import example
from conformance.capture import Capture
from tests.conformance.generate.making import AT, Maker, Object
from tests.conformance.generate.messages import Generated, saying, sound
from tests.conformance.generate.tree import Tree

FORMS: Final = ("message", "envelope", "wire")
BARE: Final = ("payload", *FORMS)
"""With the payload alone, which has no header."""

Edit = Callable[[Random, "Made"], bool]
Text = str | Callable[[Random, str], str]


@dataclass(slots=True)
class Made:
    """A generated message, and how it will be heard: as its payload, a message, in SOAP, or on a wire. heard: what befalls the bytes."""

    generated: Generated
    form: str = "message"
    heard: Callable[[Capture], Capture] | None = None

    @property
    def dialect(self) -> str:
        """As Subject.dialect."""
        return self.generated.dialect

    @property
    def payload(self) -> Tree:
        """The noun."""
        return self.generated.payload

    def captures(self) -> tuple[Capture, ...]:
        """As Subject.captures."""
        # Of which exchange it is, is not known: otherwise its reply would be missing.
        capture = self.generated.on_a_wire()._replace(exchange=None)
        if self.form == "envelope":
            capture = Capture(example.envelope(self.generated.tree.write()), AT)
        elif self.form == "message":
            capture = self.generated.capture()
        elif self.form == "payload":
            capture = Capture(self.payload.write().encode(), AT)
        return (self.heard(capture) if self.heard else capture,)

    def places(self, path: str) -> list[tuple[Tree, Tree]]:
        """All elements at a path from the payload, or with / from the root, each with what it stands in. `**` stands for any depth."""
        found = [(self.generated.tree, self.generated.tree if path.startswith("/") else self.payload)]
        for name in path.strip("/").split("/"):
            below = [each for _, element in found for each in (_deep(element) if name == "**" else _inside(element))]
            found = below if name == "**" else [pair for pair in below if pair[1].name in name.split("|")]
        return found


def _inside(element: Tree) -> Iterator[tuple[Tree, Tree]]:
    return ((element, child) for child in element.children)


def _deep(element: Tree) -> Iterator[tuple[Tree, Tree]]:
    yield element, element
    for child in element.children:
        yield element, child
        yield from ((parent, inner) for parent, inner in _deep(child) if inner is not child)


def message(name: str, *forms: str, dialect: str = "") -> Callable[[Random], Made]:
    """What makes a sound message of a payload, in any dialect and any of some forms."""

    def made(random: Random) -> Made:
        return Made(sound(random, name, dialect or random.choice(dialect_names())), random.choice(forms or FORMS))

    return made


def told(name: str, spec: Callable[[Maker], Object], *forms: str) -> Callable[[Random], Made]:
    """What makes a message that says what a spec makes, in any dialect and any of some forms."""

    def made(random: Random) -> Made:
        return Made(saying(random, name, spec, random.choice(dialect_names())), random.choice(forms or FORMS))

    return made
