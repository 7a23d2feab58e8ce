"""CO-01: a control type is four whole numbers: device, domain, sub-domain, action."""

import re
from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView

FOUR_NUMBERS: Final = re.compile(r"[0-9]+(\.[0-9]+){3}", re.ASCII)


def check(view: ControlsView) -> Iterator[Breach]:
    """A reference that is not four whole numbers with dots between."""
    for control in view.controls:
        if not FOUR_NUMBERS.fullmatch(control.code.text):
            yield Breach(control.code.where, repr(control.code.text))


_CONTROL = (
    "<EndDeviceControl><PanDemandResponse/><PanDisplay/><PanPricing/>"
    '<EndDeviceControlType ref="{}"/><EndDevices><mRID>M-1</mRID></EndDevices></EndDeviceControl>'
)

RULE = Rule(
    id="CO-01",
    requires="an EndDeviceControlType of four whole numbers",
    source="IEC 61968-9, EndDeviceControlType",
    severity=Severity.ERROR,
    works_on=ControlsView,
    check=check,
    passes=(_CONTROL.format("3.31.0.23"),),
    fails=(_CONTROL.format("3.31.23"), _CONTROL.format("open")),
    why="A switch that is told something else than was meant cuts off the wrong customer.",
    mend="Write type, domain, sub-domain and action, such as 3.31.0.23 to open the switch.",
)
