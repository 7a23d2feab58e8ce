"""EV-01: an event type is four whole numbers: device, domain, sub-domain, event."""

import re
from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.events import EventsView

FOUR_NUMBERS: Final = re.compile(r"[0-9]+(\.[0-9]+){3}", re.ASCII)


def check(view: EventsView) -> Iterator[Breach]:
    """A reference that is not four whole numbers with dots between."""
    for event in view.events:
        if not FOUR_NUMBERS.fullmatch(event.code.text):
            yield Breach(event.code.where, repr(event.code.text))


_EVENT = (
    "<EndDeviceEvent><createdDateTime>2026-03-01T01:00:00Z</createdDateTime><Assets><mRID>M-1</mRID></Assets>"
    '<EndDeviceEventType ref="{}"/></EndDeviceEvent>'
)

RULE = Rule(
    id="EV-01",
    requires="an EndDeviceEventType of four whole numbers",
    source="IEC 61968-9, EndDeviceEventType",
    severity=Severity.ERROR,
    works_on=EventsView,
    check=check,
    passes=(_EVENT.format("3.26.0.85"),),
    fails=(_EVENT.format("3.26.85"), _EVENT.format("3.26.0.85.0"), _EVENT.format("lastGasp")),
    why="An outage that cannot be understood is an outage that nobody repairs.",
    mend="Write type, domain, sub-domain and event, such as 3.26.0.85 for a last gasp.",
)
