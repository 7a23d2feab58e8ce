"""CO-04: a control tells a meter what to do, not what has been done."""

from collections.abc import Iterator

from ami import codes
from ami.event_types import OUTCOMES
from ami.findings import Severity
from conformance.quantities import whole
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView


def check(view: ControlsView) -> Iterator[Breach]:
    """A control type that ends with an outcome."""
    for control in view.controls:
        last = whole(control.code.text.rpartition(".")[2])
        if last is not None and last in OUTCOMES:
            term = codes.table(codes.END_DEVICE_TABLES["event_or_action"])[last].phrase
            yield Breach(control.code.where, f"{control.code.text!r}, which says {term}")


_CONTROL = (
    "<EndDeviceControl><PanDemandResponse/><PanDisplay/><PanPricing/>"
    '<EndDeviceControlType ref="{}"/><EndDevices><mRID>M-1</mRID></EndDevices></EndDeviceControl>'
)

RULE = Rule(
    id="CO-04",
    requires="a control type that says what to do",
    source="IEC 61968-9, EndDeviceControlType.eventOrAction",
    severity=Severity.WARNING,
    works_on=ControlsView,
    check=check,
    passes=(_CONTROL.format("3.31.0.23"), _CONTROL.format("3.8.0.214")),
    fails=(_CONTROL.format("3.31.0.68"), _CONTROL.format("3.31.0.39")),
    why="A head-end that goes by the code does nothing, and the one who has not paid stays connected.",
    mend="Send the command: 23 disconnect, 18 connect, 5 arm for closure.",
)
