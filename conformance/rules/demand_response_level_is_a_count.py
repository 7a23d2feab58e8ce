"""CO-13: the level of a demand response counts from zero, which is the emergency."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.quantities import whole
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView

MOST: Final = 15
"""No program that we know of tells more levels apart."""


def check(view: ControlsView) -> Iterator[Breach]:
    """A level below zero, or beyond the levels of any program."""
    for control in view.controls:
        field = control.own.get("drProgramLevel")
        level = whole(field.text) if field is not None else 0
        if field is not None and (level is None or level > MOST):
            yield Breach(field.where, repr(field.text))


_CONTROL = (
    "<EndDeviceControl><drProgramLevel>{}</drProgramLevel><PanDemandResponse/><PanDisplay/><PanPricing/>"
    '<EndDeviceControlType ref="3.15.0.54"/><EndDevices><mRID>M-1</mRID></EndDevices></EndDeviceControl>'
)

RULE = Rule(
    id="CO-13",
    requires="a drProgramLevel from 0 to 15",
    source="IEC 61968-9, EndDeviceControl.drProgramLevel",
    severity=Severity.WARNING,
    works_on=ControlsView,
    check=check,
    passes=(_CONTROL.format(0), _CONTROL.format(3)),
    fails=(_CONTROL.format(-1), _CONTROL.format(100)),
    why="A device that does not know the level does nothing, and the peak is not shaved.",
    mend="Use the levels of the program: 0 is the emergency, higher ones are milder.",
)
