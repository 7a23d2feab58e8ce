"""A mutation: what is done to a sound message, at which place, and which demands it then has to break."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final, Generic, Protocol, TypeVar

from conformance.capture import Capture

KINDS: Final = ("drop", "repeat", "reorder", "retype", "shift", "recode", "neutral")
"""What is done: an element is left out; said again; changes places; gets a text of another type; a time or a value moves; a code or a
name becomes another; or nothing changes that means anything.
"""


class Subject(Protocol):
    """A message, or a conversation, that can be edited until it is heard."""

    @property
    def dialect(self) -> str:
        """The dialect that was agreed on."""
        ...

    def captures(self) -> tuple[Capture, ...]:
        """What is heard of it, as it is by now."""
        ...


S = TypeVar("S", bound=Subject)


@dataclass(frozen=True, slots=True)
class Mutation(Generic[S]):
    """One row of the oracle.

    must: ids of which each has to be reported; "A|B" where either will do. Empty for a mutation that breaks nothing.
    may: ids that follow from the same break, as a gap follows from a moment that cannot be read. Whatever else is reported is false.
    made: a sound subject; edit: breaks it, and tells whether there was a place for it.
    """

    kind: str
    place: str
    made: Callable[[Random], S]
    edit: Callable[[Random, S], bool]
    must: str = ""
    may: str = ""

    @property
    def name(self) -> str:
        """What is done, and where."""
        return f"{self.kind} {self.place}"

    def missed(self, found: frozenset[str]) -> list[str]:
        """What has to be reported and was not."""
        return [wanted for wanted in self.must.split() if not found & set(wanted.split("|"))]

    def false(self, found: frozenset[str]) -> list[str]:
        """What was reported and does not follow from the break."""
        return sorted(found - set(self.must.replace("|", " ").split()) - set(self.may.split()))
