"""CO-14: no device is off for more than all the time."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.quantities import decimal
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView

LIMITS: Final = {"dutyCycle": (0, 100), "avgLoadAdjustment": (-100, 100)}
"""Field -> least and most per cent."""


def check(view: ControlsView) -> Iterator[Breach]:
    """A duty cycle or a load adjustment beyond a hundred per cent."""
    for control in view.controls:
        part = control.parts.get("PanDemandResponse")
        for name, (least, most) in LIMITS.items():
            field = part.fields.get(name) if part is not None else None
            share = decimal(field.text) if field is not None else None
            if field is not None and (share is None or not least <= share <= most):
                yield Breach(field.where, f"{name} {field.text!r}")


_CONTROL = (
    "<EndDeviceControl><PanDemandResponse><dutyCycle>{}</dutyCycle></PanDemandResponse><PanDisplay/><PanPricing/>"
    '<EndDeviceControlType ref="3.15.0.54"/><EndDevices><mRID>M-1</mRID></EndDevices></EndDeviceControl>'
)

RULE = Rule(
    id="CO-14",
    requires="a dutyCycle from 0 to 100 per cent, an avgLoadAdjustment from -100 to 100",
    source="IEC 61968-9, PanDemandResponse.dutyCycle and avgLoadAdjustment (PerCent)",
    severity=Severity.ERROR,
    works_on=ControlsView,
    check=check,
    passes=(_CONTROL.format("50"), _CONTROL.format("0")),
    fails=(_CONTROL.format("500"), _CONTROL.format("-50"), _CONTROL.format("NaN")),
    why="Devices that do not understand the share stay on, and the network is overloaded.",
    mend="Write the share in per cent: half the time is 50.",
)
