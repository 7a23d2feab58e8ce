"""CO-12: a demand response sheds load; it does not cut off a customer."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView

SWITCH: Final = "31"
"""The domain of the remote connect/disconnect switch."""

_FIELDS: Final = ("drProgramLevel", "drProgramMandatory")


def check(view: ControlsView) -> Iterator[Breach]:
    """A level or an obligation of a demand-response program on a control of the supply's switch."""
    for control in view.controls:
        parts = control.code.text.split(".")
        if len(parts) > 1 and parts[1] == SWITCH:
            for name in _FIELDS:
                if name in control.own:
                    yield Breach(control.own[name].where, f"{name} {control.own[name].text!r} of control {control.code.text}")


_CONTROL = (
    "<EndDeviceControl><drProgramLevel>3</drProgramLevel><PanDemandResponse/><PanDisplay/><PanPricing/>"
    '<EndDeviceControlType ref="{}"/><EndDevices><mRID>M-1</mRID></EndDevices></EndDeviceControl>'
)

RULE = Rule(
    id="CO-12",
    requires="drProgramLevel and drProgramMandatory only on controls of load",
    source="IEC 61968-9, EndDeviceControl.drProgramLevel and drProgramMandatory",
    severity=Severity.WARNING,
    works_on=ControlsView,
    check=check,
    passes=(_CONTROL.format("3.15.0.54"),),
    fails=(_CONTROL.format("3.31.0.23"),),
    why="Customers who agreed to a cooler flat for an hour sit in the dark.",
    mend="Shed load with the domain of load control, 15; leave the fields out of a disconnection.",
)
