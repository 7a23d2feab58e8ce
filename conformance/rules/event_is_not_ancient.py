"""EV-08: an event of last year is no news."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.events import EventsView

LONGEST: Final = timedelta(days=366)
"""The log of a meter that was out of reach for a season is still read; older moments come from clocks that were never set."""


def check(view: EventsView) -> Iterator[Breach]:
    """An event created more than a year before the message that reports it."""
    if view.said_at is None:
        return
    for event in view.events:
        created = moment(event.created.text)
        if created is not None and view.said_at - created.at > LONGEST:
            yield Breach(event.created.where, f"{event.created.text!r} in a message of {view.said_at.isoformat()}")


_EVENT = (
    "<EndDeviceEvent><createdDateTime>{}</createdDateTime><Assets><mRID>M-1</mRID></Assets>"
    '<EndDeviceEventType ref="3.26.0.85"/></EndDeviceEvent>'
)

RULE = Rule(
    id="EV-08",
    requires="an event to be less than a year old when it is reported",
    source="IEC 61968-9, EndDeviceEvent.createdDateTime",
    severity=Severity.WARNING,
    works_on=EventsView,
    check=check,
    passes=(_EVENT.format("2026-01-01T00:00:00Z"),),
    fails=(_EVENT.format("2024-01-01T00:00:00Z"), _EVENT.format("1970-01-01T00:00:05Z")),
    why="A meter that lost its clock opens an outage that nobody can close, since no restoration is that old.",
    mend="Set the meter's clock, or let the head-end stamp events with its own.",
)
