"""EV-15: what has not failed cannot come back."""

from collections.abc import Iterator
from datetime import datetime

from ami.event_types import LAST_GASP, POWER_RESTORED
from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation
from conformance.views.events import EventsView


def check(conversation: Conversation) -> Iterator[Breach]:
    """A restoration that happened before each outage of the meter that was told of on the same wire."""
    outages: dict[tuple[object, str], list[datetime]] = {}
    for said in conversation.messages:
        view = said.view(EventsView)
        for event in view.events if view is not None else ():
            created = moment(event.created.text)
            if created is None or not event.source:
                continue
            told = outages.setdefault((said.capture.wire, event.source), [])
            if event.code.text == LAST_GASP:
                told.append(created.at)
            elif event.code.text == POWER_RESTORED and told and created.at < min(told):
                found = f"{event.source!r} back at {event.created.text}, out since {min(told).isoformat()}"
                yield Breach(event.created.where, found, said.index)


def _told(*events: tuple[str, str]) -> str:
    event = (
        "<capture><MessageID>m-{0}</MessageID><EndDeviceEvent><createdDateTime>2026-03-01T00:{1}:00Z</createdDateTime>"
        '<Assets><mRID>M-1</mRID></Assets><EndDeviceEventType ref="{0}"/></EndDeviceEvent></capture>'
    )
    return f"<conversation>{''.join(event.format(*each) for each in events)}</conversation>"


RULE = Rule(
    id="EV-15",
    requires="a restoration to be later than the outage that it ends",
    source="IEC 61968-9, outage and restoration events; EndDeviceEvent.createdDateTime",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_told((LAST_GASP, "10"), (POWER_RESTORED, "20")), _told((POWER_RESTORED, "20"))),
    fails=(_told((LAST_GASP, "10"), (POWER_RESTORED, "09")),),
    why="The outage lasted less than no time, and the compensation for it is negative.",
    mend="Let meter and head-end stamp events with one clock.",
)
