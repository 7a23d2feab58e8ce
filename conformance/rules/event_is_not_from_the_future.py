"""EV-04: nothing can be reported before it happens."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.events import EventsView

TOLERANCE: Final = timedelta(minutes=1)
"""What the clocks of a meter and its head-end may differ by."""


def check(view: EventsView) -> Iterator[Breach]:
    """An event created after the message that reports it."""
    if view.said_at is None:
        return
    for event in view.events:
        created = moment(event.created.text)
        if created is not None and created.has_offset and created.at - view.said_at > TOLERANCE:
            yield Breach(event.created.where, f"{event.created.text!r} in a message of {view.said_at.isoformat()}")


_EVENT = (
    "<EndDeviceEvent><createdDateTime>{}</createdDateTime><Assets><mRID>M-1</mRID></Assets>"
    '<EndDeviceEventType ref="3.26.0.85"/></EndDeviceEvent>'
)

RULE = Rule(
    id="EV-04",
    requires="every event to have happened before the message that reports it",
    source="IEC 61968-9, EndDeviceEvent.createdDateTime",
    severity=Severity.ERROR,
    works_on=EventsView,
    check=check,
    passes=(_EVENT.format("2026-03-01T01:00:00Z"), _EVENT.format("2026-03-01T02:00:30+01:00")),
    fails=(_EVENT.format("2026-03-01T02:00:00Z"),),
    why="Restoration that comes before its outage cannot be matched to it, and the outage stays open.",
    mend="Set the meter's clock, or let the head-end stamp events with its own.",
)
