"""EV-03: when the power failed must be the same moment for everybody."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.events import EventsView


def check(view: EventsView) -> Iterator[Breach]:
    """A createdDateTime without an offset from UTC."""
    for event in view.events:
        created = moment(event.created.text)
        if created is not None and not created.has_offset:
            yield Breach(event.created.where, repr(event.created.text))


_EVENT = (
    "<EndDeviceEvent><createdDateTime>{}</createdDateTime><Assets><mRID>M-1</mRID></Assets>"
    '<EndDeviceEventType ref="3.26.0.85"/></EndDeviceEvent>'
)

RULE = Rule(
    id="EV-03",
    requires="every event's createdDateTime to name its offset from UTC",
    source="IEC 61968-9, EndDeviceEvent.createdDateTime",
    severity=Severity.ERROR,
    works_on=EventsView,
    check=check,
    passes=(_EVENT.format("2026-03-01T01:00:00Z"), _EVENT.format("2026-03-01T02:00:00+01:00")),
    fails=(_EVENT.format("2026-03-01T01:00:00"),),
    why="An outage that seems an hour longer costs the utility a compensation.",
    mend="Write the moment in UTC with Z, or with its offset.",
)
