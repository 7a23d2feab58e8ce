"""EV-02: each part of an event type is a number of its own table."""

from collections.abc import Iterator
from functools import lru_cache

from ami import codes
from ami.findings import Severity
from conformance.quantities import whole
from conformance.rule import Breach, Rule
from conformance.views.events import EventsView


def check(view: EventsView) -> Iterator[Breach]:
    """A part of an event type that its table does not list."""
    for event in view.events:
        for part in _not_listed(event.code.text):
            yield Breach(event.code.where, f"{part} in {event.code.text!r}")


@lru_cache(maxsize=1024)
def _not_listed(code: str) -> tuple[str, ...]:
    """The parts of an event type that no table has, each with its name."""
    parts = code.split(".")
    if len(parts) != len(codes.END_DEVICE_TABLES) or not all(part.isdecimal() for part in parts):
        return ()
    named = zip(codes.END_DEVICE_TABLES.items(), parts, strict=True)
    return tuple(f"{name} {part}" for (name, table), part in named if whole(part) not in codes.table(table))


_EVENT = (
    "<EndDeviceEvent><createdDateTime>2026-03-01T01:00:00Z</createdDateTime><Assets><mRID>M-1</mRID></Assets>"
    '<EndDeviceEventType ref="{}"/></EndDeviceEvent>'
)

RULE = Rule(
    id="EV-02",
    requires="every part of an EndDeviceEventType to be listed in its table",
    source="IEC 61968-9, EndDeviceEventType tables",
    severity=Severity.REMARK,
    works_on=EventsView,
    check=check,
    passes=(_EVENT.format("3.26.0.85"), _EVENT.format("3.12.0.257")),
    fails=(_EVENT.format("3.99.0.85"), _EVENT.format("3.26.0.9999")),
    why="The operator sees a number that no manual explains.",
    mend="Use the code that Part 9 has for the event.",
)
