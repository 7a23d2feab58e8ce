"""EV-12: whoever tells of an event again tells the same."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation
from conformance.views.events import EventsView, EventView


def check(conversation: Conversation) -> Iterator[Breach]:
    """An event with the mRID of one in an earlier message, and another type, moment or meter."""
    known: dict[str, tuple[tuple[object, ...], int]] = {}
    for said in conversation.messages:
        view = said.view(EventsView)
        for event in view.events if view is not None else ():
            if not event.mrid:
                continue
            content, message = known.setdefault(event.mrid, (_content(event), said.index))
            if content != _content(event) and message != said.index:
                found = f"mRID {event.mrid!r} for event {event.code.text} of {event.source!r}, and for another in message {message + 1}"
                yield Breach(event.where, found, said.index)


def _content(event: EventView) -> tuple[object, ...]:
    created = moment(event.created.text)
    return event.code.text, event.source, created.at if created is not None else event.created.text


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
