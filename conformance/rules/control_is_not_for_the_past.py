"""CO-09: nothing can be switched yesterday."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView

TOLERANCE: Final = timedelta(minutes=5)
"""A control that starts at once may be a while on its way."""

_MOMENTS: Final = ("startDateTime", "start", "end")


def check(view: ControlsView) -> Iterator[Breach]:
    """A control that is to start, or to end, before the message that orders it was made."""
    if view.said_at is None:
        return
    for control in view.controls:
        for part in control.parts.values():
            for name in _MOMENTS:
                field = part.fields.get(name)
                read = moment(field.text) if field is not None else None
                if field is not None and read is not None and read.has_offset and view.said_at - read.at > TOLERANCE:
                    yield Breach(field.where, f"{field.text!r} in a message of {view.said_at.isoformat()}")


_CONTROL = (
    "<EndDeviceControl><PanDemandResponse/><PanDisplay/><PanPricing/>"
    '<EndDeviceControlType ref="3.15.0.54"/><EndDevices><mRID>M-1</mRID></EndDevices>'
    "<primaryDeviceTiming><interval><end>2026-03-01T19:00:00Z</end><start>{}</start></interval></primaryDeviceTiming></EndDeviceControl>"
)

RULE = Rule(
    id="CO-09",
    requires="a control to start and to end after the message that orders it",
    source="IEC 61968-9, EndDeviceTiming.interval and PanDemandResponse.startDateTime",
    severity=Severity.WARNING,
    works_on=ControlsView,
    check=check,
    passes=(_CONTROL.format("2026-03-01T17:00:00Z"),),
    fails=(_CONTROL.format("2026-02-28T17:00:00Z"),),
    why="The peak has passed, the load was not shed, and the utility pays for the most expensive hour of the year.",
    mend="Check the clock and the offset of the sender, and send orders before they are due.",
)
