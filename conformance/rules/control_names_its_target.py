"""CO-03: a command to nobody is carried out by nobody, or by everybody."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView


def check(view: ControlsView) -> Iterator[Breach]:
    """A control without any meter, usage point or group."""
    for control in view.controls:
        if not control.targets:
            yield Breach(control.where, f"control {control.code.text} for nobody")


_CONTROL = '<EndDeviceControl><PanDemandResponse/><PanDisplay/><PanPricing/><EndDeviceControlType ref="3.31.0.23"/>{}</EndDeviceControl>'

RULE = Rule(
    id="CO-03",
    requires="every control to name a meter, a usage point or a group",
    source="IEC 61968-9, EndDeviceControl.EndDevices",
    severity=Severity.ERROR,
    works_on=ControlsView,
    check=check,
    passes=(
        _CONTROL.format("<EndDevices><mRID>M-1</mRID></EndDevices>"),
        _CONTROL.format("<UsagePoints><Names><name>UP-1</name></Names></UsagePoints>"),
    ),
    fails=(_CONTROL.format(""), _CONTROL.format("<EndDevices/>")),
    why="The switch that should open does not, or all of them do.",
    mend="Write the meter's mRID or name into EndDevices.",
)
