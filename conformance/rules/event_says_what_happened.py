"""EV-06: an event has happened; a command is yet to be carried out."""

from collections.abc import Iterator

from ami import codes
from ami.event_types import COMMANDS
from ami.findings import Severity
from conformance.quantities import whole
from conformance.rule import Breach, Rule
from conformance.views.events import EventsView


def check(view: EventsView) -> Iterator[Breach]:
    """An event type that ends with a command."""
    for event in view.events:
        last = whole(event.code.text.rpartition(".")[2])
        if last is not None and last in COMMANDS:
            term = codes.table(codes.END_DEVICE_TABLES["event_or_action"])[last].phrase
            yield Breach(event.code.where, f"{event.code.text!r}, which says to {term}")


_EVENT = (
    "<EndDeviceEvent><createdDateTime>2026-03-01T01:00:00Z</createdDateTime><Assets><mRID>M-1</mRID></Assets>"
    '<EndDeviceEventType ref="{}"/></EndDeviceEvent>'
)

RULE = Rule(
    id="EV-06",
    requires="an event type that says what has happened",
    source="IEC 61968-9, EndDeviceEventType.eventOrAction",
    severity=Severity.WARNING,
    works_on=EventsView,
    check=check,
    passes=(_EVENT.format("3.31.0.68"), _EVENT.format("3.31.0.39")),
    fails=(_EVENT.format("3.31.0.23"), _EVENT.format("3.31.0.18")),
    why="Nobody can tell whether the customer was cut off or is going to be.",
    mend="Report the outcome of a command: 68 disconnected, 42 connected, 39 opened, 16 closed.",
)
