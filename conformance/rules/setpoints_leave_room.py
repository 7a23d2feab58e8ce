"""CO-15: a house that is heated to more than it is cooled to does both at once."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.quantities import decimal
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView


def check(view: ControlsView) -> Iterator[Breach]:
    """A heatingSetpoint above the coolingSetpoint of the same control."""
    for control in view.controls:
        part = control.parts.get("PanDemandResponse")
        heating, cooling = (part.fields.get(name) if part is not None else None for name in ("heatingSetpoint", "coolingSetpoint"))
        if heating is not None and cooling is not None:
            warm, cool = decimal(heating.text), decimal(cooling.text)
            if warm is not None and cool is not None and warm > cool:
                yield Breach(heating.where, f"heat to {heating.text}, cool to {cooling.text}")


_CONTROL = (
    "<EndDeviceControl><PanDemandResponse><coolingSetpoint>26</coolingSetpoint><heatingSetpoint>{}</heatingSetpoint></PanDemandResponse>"
    '<PanDisplay/><PanPricing/><EndDeviceControlType ref="3.15.0.54"/><EndDevices><mRID>M-1</mRID></EndDevices></EndDeviceControl>'
)

RULE = Rule(
    id="CO-15",
    requires="heatingSetpoint to be at most coolingSetpoint",
    source="IEC 61968-9, PanDemandResponse.heatingSetpoint and coolingSetpoint",
    severity=Severity.WARNING,
    works_on=ControlsView,
    check=check,
    passes=(_CONTROL.format(19),),
    fails=(_CONTROL.format(29),),
    why="The control that was to save energy makes heating and cooling run against each other.",
    mend="Exchange the two, or leave out the one that does not apply.",
)
