"""EV-05: an event must say where it happened."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.events import EventsView


def check(view: EventsView) -> Iterator[Breach]:
    """An event with neither a meter nor a usage point."""
    for event in view.events:
        if not event.source:
            yield Breach(event.where, f"event {event.code.text} without meter or usage point")


_EVENT = '<EndDeviceEvent><createdDateTime>2026-03-01T01:00:00Z</createdDateTime>{}<EndDeviceEventType ref="3.26.0.85"/></EndDeviceEvent>'

RULE = Rule(
    id="EV-05",
    requires="every event to name the meter or the usage point where it happened",
    source="IEC 61968-9, EndDeviceEvent.Assets",
    severity=Severity.ERROR,
    works_on=EventsView,
    check=check,
    passes=(_EVENT.format("<Assets><mRID>M-1</mRID></Assets>"), _EVENT.format("<Assets><Names><name>M-1</name></Names></Assets>")),
    fails=(_EVENT.format(""), _EVENT.format("<Assets/>")),
    why="Somebody sits in the dark, and the crew does not know where.",
    mend="Write the meter's mRID or name into Assets.",
)
