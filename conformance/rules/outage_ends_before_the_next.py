"""EV-14: a supply that has failed cannot fail again before it is back."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Final, NamedTuple

from ami.event_types import LAST_GASP, POWER_RESTORED
from ami.findings import Severity, Where
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation
from conformance.views.events import EventsView

PAIR: Final = (LAST_GASP, POWER_RESTORED)


class _Turn(NamedTuple):
    """The supply of a meter going or coming back, as a message tells it."""

    at: datetime
    code: str
    where: Where
    message: int


def check(conversation: Conversation) -> Iterator[Breach]:
    """Two outages of one meter on one wire with no restoration between them in time."""
    turns: dict[tuple[object, str], list[_Turn]] = defaultdict(list)
    for said in conversation.messages:
        view = said.view(EventsView)
        for event in view.events if view is not None else ():
            created = moment(event.created.text)
            if event.code.text in PAIR and event.source and created is not None:
                turns[said.capture.wire, event.source].append(_Turn(created.at, event.code.text, event.where, said.index))
    for (_, source), told in turns.items():
        in_time = sorted(told, key=lambda turn: turn.at)
        for before, after in pairwise(in_time):
            if before.code == after.code == LAST_GASP and before.at != after.at:
                found = f"{source!r} lost its supply again, after {before.at.isoformat()} in message {before.message + 1}"
                yield Breach(after.where, found, after.message)


def _told(*events: tuple[str, int]) -> str:
    event = (
        "<capture><MessageID>m-{1}</MessageID><EndDeviceEvent><createdDateTime>2026-03-01T00:{1}:00Z</createdDateTime>"
        '<Assets><mRID>M-1</mRID></Assets><EndDeviceEventType ref="{0}"/></EndDeviceEvent></capture>'
    )
    return f"<conversation>{''.join(event.format(*each) for each in events)}</conversation>"


RULE = Rule(
    id="EV-14",
    requires="a restoration between two outages of a meter",
    source="IEC 61968-9, outage and restoration events",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(
        _told((LAST_GASP, 10), (POWER_RESTORED, 20), (LAST_GASP, 30)),
        _told((POWER_RESTORED, 20), (LAST_GASP, 10), (LAST_GASP, 30)),
    ),
    fails=(_told((LAST_GASP, 10), (LAST_GASP, 30)),),
    why="A restoration was lost, and the minutes without supply that the utility pays for keep counting.",
    mend="Deliver restorations as surely as outages; ask a meter that reports its second outage what happened to the first.",
)
