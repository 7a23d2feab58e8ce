"""CO-21: a control that sheds a load and shows a text is two controls."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView, ControlView, Part

_ACTIONS: Final = ("PanDemandResponse", "PanDisplay", "PanPricing")


def check(view: ControlsView) -> Iterator[Breach]:
    """Each action after the first that says something. Empty ones are none: one published schema demands that all three stand."""
    for control in view.controls:
        actions = _actions(control)
        for action in actions[1:]:
            yield Breach(action.where, f"{action.name} beside {actions[0].name}")


def _actions(control: ControlView) -> list[Part]:
    parts = (control.parts[name] for name in _ACTIONS if name in control.parts)
    return [part for part in parts if part.fields or (part.name == "PanPricing" and control.prices)]


_CONTROL = (
    "<EndDeviceControl><PanDemandResponse><dutyCycle>50</dutyCycle></PanDemandResponse>{}"
    '<EndDeviceControlType ref="3.15.0.54"/><EndDevices><mRID>M-1</mRID></EndDevices></EndDeviceControl>'
)
_DISPLAY = "<PanDisplay>{}</PanDisplay>"

RULE = Rule(
    id="CO-21",
    requires="one action at most in a control: PanDemandResponse, PanDisplay or PanPricing",
    source="IEC 61968-9, EndDeviceControl.EndDeviceAction",
    severity=Severity.WARNING,
    works_on=ControlsView,
    check=check,
    passes=(_CONTROL.format(""), _CONTROL.format("<PanDisplay/><PanPricing/>")),
    fails=(_CONTROL.format(_DISPLAY.format("<textMessage>Save from 17 to 19</textMessage>")),),
    why="Most head-ends read the first action and drop the second: the load is shed, and nobody is told.",
    mend="Send a control for each action.",
)
