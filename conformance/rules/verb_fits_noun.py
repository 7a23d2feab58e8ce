"""HE-11: not everything can be done with everything."""

from collections.abc import Iterator
from typing import Final

from ami import names
from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView

IMPOSSIBLE: Final = {
    names.METER_READINGS: ("close", "closed"),
    names.END_DEVICE_EVENTS: names.REQUEST_VERBS,
}
"""Noun -> verbs that nobody can do with it: a reading is not closed, and nobody is asked to let something happen."""


def check(header: HeaderView) -> Iterator[Breach]:
    """A verb that makes no sense with the noun of the message."""
    noun, verb = header.noun, header.verb
    if verb in names.SET_VERBS and noun is not None and noun != names.OPERATION_SET:
        yield header.breach("Verb", f"{verb!r} with {noun}, and not with {names.OPERATION_SET}")
    elif noun is not None and verb in IMPOSSIBLE.get(noun, ()):
        yield header.breach("Verb", f"{verb!r} with {noun}")


_EVENT = (
    "<root>CreateEndDeviceEvents</root><Verb>create</Verb><EndDeviceEvent><createdDateTime>2026-03-01T00:30:00Z</createdDateTime>"
    '<Assets><mRID>M-1</mRID></Assets><EndDeviceEventType ref="3.26.0.85"/></EndDeviceEvent>'
)

RULE = Rule(
    id="HE-11",
    requires="a verb that can be done with the noun",
    source="IEC 61968-9, message flows of the noun; IEC 61968-100, verbs",
    severity=Severity.WARNING,
    works_on=HeaderView,
    check=check,
    passes=("<Verb>created</Verb>",),
    fails=(
        "<root>ClosedMeterReadings</root><Verb>closed</Verb>",
        _EVENT,
        "<root>ExecuteMeterReadings</root><Verb>execute</Verb>",
    ),
    why="The receiver has no service for it, and what was meant is not done.",
    mend="Say created for what happened; execute is for an OperationSet.",
)
