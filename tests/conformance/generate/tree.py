"""A message under way: elements that can still be edited, and how they are written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from tests.conformance.generate.declared import Declared


@dataclass(slots=True)
class Tree:
    """An element. name: as it is written, which an edit may change; declared: what the schema has in its place."""

    declared: Declared
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Tree"] = field(default_factory=list)
    name: str = ""

    def __post_init__(self) -> None:
        self.name = self.name or self.declared.name

    def walk(self) -> Iterator["Tree"]:
        """The element and all in it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()

    def copy(self) -> "Tree":
        """Another one that says the same, to be edited."""
        return Tree(self.declared, self.text, dict(self.attributes), [child.copy() for child in self.children], self.name)

    def write(self, around: str = "") -> str:
        """The element as XML. around: the default namespace of the place where it stands."""
        space = self.declared.namespace
        named = "" if space == around else f' xmlns="{space}"'
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in self.attributes.items())
        if not self.children and not self.text:
            return f"<{self.name}{named}{attributes}/>"
        inside = escape(self.text) + "".join(child.write(space) for child in self.children)
        return f"<{self.name}{named}{attributes}>{inside}</{self.name}>"
