"""CO-10: a control lasts for some minutes, hours or days, or until it is taken back, but not both."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.quantities import decimal
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView

LONGEST_MINUTES: Final = 31 * 24 * 60


def check(view: ControlsView) -> Iterator[Breach]:
    """A duration of nothing, or of more than a month, or beside a duration without end."""
    for control in view.controls:
        for part in control.parts.values():
            field = part.fields.get("duration")
            minutes = decimal(field.text) if field is not None else None
            if field is None:
                continue
            if minutes is None or not 0 < minutes <= LONGEST_MINUTES:
                yield Breach(field.where, f"{field.text!r} minutes")
            elif part.is_set("durationIndefinite"):
                yield Breach(field.where, f"{field.text!r} minutes, and without end")


_CONTROL = (
    "<EndDeviceControl><PanDemandResponse><duration>{}</duration>{}</PanDemandResponse><PanDisplay/><PanPricing/>"
    '<EndDeviceControlType ref="3.15.0.54"/><EndDevices><mRID>M-1</mRID></EndDevices></EndDeviceControl>'
)

RULE = Rule(
    id="CO-10",
    requires="a duration of more than no and less than 44,640 minutes, and none beside durationIndefinite",
    source="IEC 61968-9, EndDeviceTiming.duration and durationIndefinite",
    severity=Severity.WARNING,
    works_on=ControlsView,
    check=check,
    passes=(_CONTROL.format("120", "<durationIndefinite>false</durationIndefinite>"),),
    fails=(
        _CONTROL.format("120", "<durationIndefinite>true</durationIndefinite>"),
        _CONTROL.format("0", "<durationIndefinite>false</durationIndefinite>"),
        _CONTROL.format("7200000", "<durationIndefinite>false</durationIndefinite>"),
    ),
    why="The heating of a whole street stays off until the customers call.",
    mend="Write the duration in minutes, not in seconds or milliseconds; leave it out where the control has no end.",
)
