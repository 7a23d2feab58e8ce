"""CO-05: whom a command is for is said once."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView


def check(view: ControlsView) -> Iterator[Breach]:
    """A meter, a usage point or a group that a control names a second time."""
    for control in view.controls:
        seen: set[tuple[str, str]] = set()
        for target in control.aimed_at:
            key = target.kind, target.name
            if target.name and key in seen:
                yield Breach(target.where, f"{target.name!r} again")
            seen.add(key)


_CONTROL = (
    "<EndDeviceControl><PanDemandResponse/><PanDisplay/><PanPricing/>"
    '<EndDeviceControlType ref="3.31.0.23"/><EndDevices><mRID>M-1</mRID></EndDevices><EndDevices><mRID>{}</mRID></EndDevices>'
    "</EndDeviceControl>"
)

RULE = Rule(
    id="CO-05",
    requires="each meter, usage point and group once in a control",
    source="IEC 61968-9, EndDeviceControl.EndDevices",
    severity=Severity.WARNING,
    works_on=ControlsView,
    check=check,
    passes=(_CONTROL.format("M-2"),),
    fails=(_CONTROL.format("M-1"),),
    why="The switch is told twice, and the second answer, that it was open already, looks like a failure.",
    mend="Name each meter once.",
)
