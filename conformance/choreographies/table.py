"""A choreography: a table (state, message) -> state, and the walk of a conversation through it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from conformance.views.conversation import Said

START: Final = "nothing said"


@dataclass(frozen=True, slots=True)
class Choreography:
    """One use case. next: (state, message) -> state; ends: the states in which a conversation may stop for good.

    name: as it reads in a finding; about: one sentence for the page.
    """

    name: str
    about: str
    next: Mapping[tuple[str, str], str]
    ends: frozenset[str]


class Thread(NamedTuple):
    """The messages of a conversation that belong to one use case, each by the word that the table has for it."""

    choreography: Choreography
    about: str
    steps: Sequence[tuple[str, Said]]


class Left(NamedTuple):
    """A message that the table does not allow where it came."""

    word: str
    state: str
    said: Said


def walk(thread: Thread) -> Iterator[Left]:
    """Every message at which a thread leaves its table; it goes on from the state before."""
    state = START
    for word, said in thread.steps:
        following = thread.choreography.next.get((state, word))
        if following is None:
            yield Left(word, state, said)
        else:
            state = following


def last_state(thread: Thread) -> str:
    """Where a thread stands after its last message."""
    state = START
    for word, _ in thread.steps:
        state = thread.choreography.next.get((state, word), state)
    return state
