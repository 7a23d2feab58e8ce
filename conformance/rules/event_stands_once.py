"""EV-10: one event that is told twice looks like two."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.events import EventsView


def check(view: EventsView) -> Iterator[Breach]:
    """An event of the same meter, type and moment as an earlier one of the message."""
    seen: set[tuple[str, str, str]] = set()
    for event in view.events:
        key = event.source, event.code.text, event.created.text
        if key in seen and event.source:
            yield Breach(event.where, f"event {event.code.text} of {event.source!r} at {event.created.text} again")
        seen.add(key)


_EVENT = (
    "<EndDeviceEvent><createdDateTime>2026-03-01T00:{}:00Z</createdDateTime><Assets><mRID>M-1</mRID></Assets>"
    '<EndDeviceEventType ref="3.12.0.257"/></EndDeviceEvent>'
)

RULE = Rule(
    id="EV-10",
    requires="each event once in a message",
    source="IEC 61968-9, EndDeviceEvents",
    severity=Severity.WARNING,
    works_on=EventsView,
    check=check,
    passes=(_EVENT.format(30) + _EVENT.format(45),),
    fails=(_EVENT.format(30) + _EVENT.format(30),),
    why="The utility reports twice as many outages to the regulator as there were.",
    mend="Report each event once, with an mRID by which a repeated message is known.",
)
