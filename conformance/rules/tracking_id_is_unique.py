"""CO-06: by its tracking id a command to a switch is told from all others."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView

SWITCH: Final = "31"
"""The domain of the remote connect/disconnect switch."""


def check(view: ControlsView) -> Iterator[Breach]:
    """A control of a switch with the issuerTrackingID of another one of the message. A demand response may share one among its parts."""
    seen: set[str] = set()
    for control in view.controls:
        if control.code.text.split(".")[1:2] != [SWITCH]:
            continue
        if control.tracking_id and control.tracking_id in seen:
            yield Breach(control.own["issuerTrackingID"].where, f"{control.tracking_id!r} again")
        seen.add(control.tracking_id)


_CONTROL = (
    "<EndDeviceControl><issuerTrackingID>{}</issuerTrackingID><PanDemandResponse/><PanDisplay/><PanPricing/>"
    '<EndDeviceControlType ref="3.31.0.23"/><EndDevices><mRID>{}</mRID></EndDevices></EndDeviceControl>'
)

RULE = Rule(
    id="CO-06",
    requires="each control of a switch to have an issuerTrackingID of its own",
    source="IEC 61968-9, EndDeviceControl.issuerTrackingID",
    severity=Severity.WARNING,
    works_on=ControlsView,
    check=check,
    passes=(_CONTROL.format("T-1", "M-1") + _CONTROL.format("T-2", "M-2"),),
    fails=(_CONTROL.format("T-1", "M-1") + _CONTROL.format("T-1", "M-2"),),
    why="The event that one meter obeyed closes the order for the other one, which never heard of it.",
    mend="Give each control a tracking id of its own, or put all meters of one command into one control.",
)
