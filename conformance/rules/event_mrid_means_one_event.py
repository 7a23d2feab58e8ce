"""EV-12: whoever tells of an event again tells the same."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation
from conformance.views.events import EventsView, EventView

ROUNDED: Final = timedelta(seconds=1)
"""What a system may cut off a moment that it passes on."""


def check(conversation: Conversation) -> Iterator[Breach]:
    """An event with the mRID of one in an earlier message, and another type or moment. Systems may name a meter each in their way."""
    known: dict[str, tuple[EventView, int]] = {}
    for said in conversation.messages:
        view = said.view(EventsView)
        for event in view.events if view is not None else ():
            if not event.mrid:
                continue
            before, message = known.setdefault(event.mrid, (event, said.index))
            if message != said.index and not _is_same(before, event):
                found = f"mRID {event.mrid!r} for event {event.code.text} of {event.source!r}, and for another in message {message + 1}"
                yield Breach(event.where, found, said.index)


def _is_same(one: EventView, other: EventView) -> bool:
    first, second = moment(one.created.text), moment(other.created.text)
    is_near = first is None or second is None or abs(first.at - second.at) < ROUNDED
    return one.code.text == other.code.text and is_near


def _two(code: str, minute: int) -> str:
    event = (
        "<capture><MessageID>{}</MessageID><EndDeviceEvent><mRID>E-1</mRID><createdDateTime>2026-03-01T00:{}:00Z</createdDateTime>"
        '<Assets><mRID>M-1</mRID></Assets><EndDeviceEventType ref="{}"/></EndDeviceEvent></capture>'
    )
    return f"<conversation>{event.format('a', 30, '3.12.0.257')}{event.format('b', minute, code)}</conversation>"


RULE = Rule(
    id="EV-12",
    requires="an event's mRID to mean the same event in every message",
    source="IEC 61970-301, IdentifiedObject.mRID; IEC 61968-9, EndDeviceEvent.mRID",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_two("3.12.0.257", 30),),
    fails=(_two("3.12.0.39", 30), _two("3.12.0.257", 45)),
    why="Revenue protection looks into the wrong case of tampering, or into none.",
    mend="Give each event an mRID of its own, and pass it on unchanged.",
)
