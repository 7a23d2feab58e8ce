"""EV-11: an mRID is the name of one event."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.events import EventsView


def check(view: EventsView) -> Iterator[Breach]:
    """An event with the mRID of another one of the message."""
    seen: dict[str, str] = {}
    for event in view.events:
        if event.mrid and event.mrid in seen:
            yield Breach(event.where, f"mRID {event.mrid!r} again, after {seen[event.mrid]}")
        seen.setdefault(event.mrid, event.where.path.rpartition("/")[2])


_EVENT = (
    "<EndDeviceEvent><mRID>{}</mRID><createdDateTime>2026-03-01T00:{}:00Z</createdDateTime><Assets><mRID>M-1</mRID></Assets>"
    '<EndDeviceEventType ref="3.12.0.257"/></EndDeviceEvent>'
)

RULE = Rule(
    id="EV-11",
    requires="each event to have an mRID of its own",
    source="IEC 61970-301, IdentifiedObject.mRID; IEC 61968-9, EndDeviceEvent.mRID",
    severity=Severity.ERROR,
    works_on=EventsView,
    check=check,
    passes=(_EVENT.format("E-1", 30) + _EVENT.format("E-2", 45),),
    fails=(_EVENT.format("E-1", 30) + _EVENT.format("E-1", 45),),
    why="The second outage is taken for a repetition of the first, and nobody is sent.",
    mend="Give each event an mRID when it happens, and keep it in every message that tells of it.",
)
