"""EV-07: an electric meter has no gas valve."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ami import codes
from ami.findings import Severity
from conformance.quantities import whole
from conformance.rule import Breach, Rule
from conformance.views.events import EventsView

DEVICES_OF_DOMAIN: Final = {
    4: frozenset({0, 1, 4, 5, 7, 10, 26}),
    5: frozenset({0, 1, 5, 7, 10, 24, 25, 26}),
}
"""Domain -> the types of device that have it: gas supply, water supply."""


def check(view: EventsView) -> Iterator[Breach]:
    """A domain that devices of that type do not have."""
    for event in view.events:
        strange = _strange(event.code.text)
        if strange:
            yield Breach(event.code.where, f"{strange} in {event.code.text!r}")


@lru_cache(maxsize=1024)
def _strange(code: str) -> str:
    """The domain and the device of an event type that do not go together; empty where they do, or are not known."""
    parts = code.split(".")
    if len(parts) != len(codes.END_DEVICE_TABLES) or not all(part.isdecimal() for part in parts):
        return ""
    device, domain = whole(parts[0]), whole(parts[1])
    if device is None or domain is None or device in DEVICES_OF_DOMAIN.get(domain, {device}):
        return ""
    return f"{_term('domain', domain)} of {_term('type', device)}"


def _term(part: str, code: int) -> str:
    known = codes.table(codes.END_DEVICE_TABLES[part]).get(code)
    return known.phrase if known else f"{part} {code}"


_EVENT = (
    "<EndDeviceEvent><createdDateTime>2026-03-01T01:00:00Z</createdDateTime><Assets><mRID>M-1</mRID></Assets>"
    '<EndDeviceEventType ref="{}"/></EndDeviceEvent>'
)

RULE = Rule(
    id="EV-07",
    requires="a domain that the type of device has",
    source="IEC 61968-9, EndDeviceEventType.type and domain",
    severity=Severity.WARNING,
    works_on=EventsView,
    check=check,
    passes=(_EVENT.format("3.26.0.85"), _EVENT.format("4.4.0.85")),
    fails=(_EVENT.format("3.4.0.85"), _EVENT.format("3.5.0.85")),
    why="A fitter for gas is sent to an electric meter.",
    mend="Name the device that has it: 3 electric meter, 4 gas meter, 24 water meter.",
)
