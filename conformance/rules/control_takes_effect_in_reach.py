"""CO-23: a control for the year 2062 is a slip of the pen."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView

AHEAD: Final = timedelta(days=2 * 366)
"""The longest that orders are planned ahead; their ends may lie further away."""

_STARTS: Final = ("startDateTime", "start")


def check(view: ControlsView) -> Iterator[Breach]:
    """A control that is to start years after the message that orders it."""
    if view.said_at is None:
        return
    for control in view.controls:
        for part in control.parts.values():
            for name in _STARTS:
                field = part.fields.get(name)
                read = moment(field.text) if field is not None else None
                if field is not None and read is not None and read.at - view.said_at > AHEAD:
                    yield Breach(field.where, f"{field.text!r} in a message of {view.said_at.isoformat()}")


_CONTROL = (
    '<EndDeviceControl><EndDeviceControlType ref="3.15.0.54"/><EndDevices><mRID>M-1</mRID></EndDevices>'
    "<primaryDeviceTiming><interval><start>{}-03-02T17:00:00Z</start></interval></primaryDeviceTiming></EndDeviceControl>"
)

RULE = Rule(
    id="CO-23",
    requires="a control to start within two years of the message that orders it",
    source="IEC 61968-9, EndDeviceTiming.interval and PanDemandResponse.startDateTime",
    severity=Severity.WARNING,
    works_on=ControlsView,
    check=check,
    passes=(_CONTROL.format(2026), _CONTROL.format(2027)),
    fails=(_CONTROL.format(2062),),
    why="The order is accepted, waits for decades, and nobody notices that it was never carried out.",
    mend="Check the year.",
)
