"""The page `docs/choreographies.md`: which message may follow which, drawn from the tables that the judge walks."""

from collections.abc import Iterator
from typing import Final

from conformance.choreographies import commanding, question, scheduling, switching
from conformance.choreographies.table import START, Choreography

CHOREOGRAPHIES: Final = (question.QUESTION, scheduling.SCHEDULE, commanding.CONTROL, switching.DISCONNECT, switching.RECONNECT)


def as_markdown() -> str:
    """The page, a diagram for each choreography."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield "# Choreographies"
    yield ""
    yield "Which message may follow which. The judge walks every conversation through these tables and finds where it leaves them: the"
    yield "rules [CH](rules.md#choreographies). Made from the tables by `conformance.choreographies_page.as_markdown`; a test keeps it"
    yield "current."
    for choreography in CHOREOGRAPHIES:
        yield ""
        yield f"## {choreography.name[0].upper()}{choreography.name[1:]}"
        yield ""
        yield choreography.about
        yield ""
        yield "```mermaid"
        yield from _diagram(choreography)
        yield "```"


def _diagram(choreography: Choreography) -> Iterator[str]:
    states = dict.fromkeys(state for (before, _), after in choreography.next.items() for state in (before, after))
    yield "stateDiagram-v2"
    yield f"    [*] --> {_name(START)}"
    for state in states:
        yield f'    state "{state}" as {_name(state)}'
    words: dict[tuple[str, str], list[str]] = {}
    for (before, word), after in choreography.next.items():
        words.setdefault((before, after), []).append(word)
    for (before, after), said in words.items():
        yield f"    {_name(before)} --> {_name(after)}: {', '.join(said)}"
    for state in states:
        if state in choreography.ends and state != START:
            yield f"    {_name(state)} --> [*]"


def _name(state: str) -> str:
    return state.replace(" ", "_")
