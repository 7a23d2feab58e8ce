"""CO-02: each part of a control type is a number of its own table."""

from collections.abc import Iterator

from ami import codes
from ami.findings import Severity
from conformance.quantities import whole
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView


def check(view: ControlsView) -> Iterator[Breach]:
    """A part of a control type that its table does not list."""
    for control in view.controls:
        parts = control.code.text.split(".")
        if len(parts) != len(codes.END_DEVICE_TABLES) or not all(part.isdecimal() for part in parts):
            continue
        for (field, table), part in zip(codes.END_DEVICE_TABLES.items(), parts, strict=True):
            if whole(part) not in codes.table(table):
                yield Breach(control.code.where, f"{field} {part} in {control.code.text!r}")


_CONTROL = (
    "<EndDeviceControl><PanDemandResponse/><PanDisplay/><PanPricing/>"
    '<EndDeviceControlType ref="{}"/><EndDevices><mRID>M-1</mRID></EndDevices></EndDeviceControl>'
)

RULE = Rule(
    id="CO-02",
    requires="every part of an EndDeviceControlType to be listed in its table",
    source="IEC 61968-9, EndDeviceControlType tables",
    severity=Severity.REMARK,
    works_on=ControlsView,
    check=check,
    passes=(_CONTROL.format("3.31.0.23"), _CONTROL.format("3.31.0.18")),
    fails=(_CONTROL.format("3.31.0.9999"),),
    why="A head-end that does not know the command refuses it, and the customer waits.",
    mend="Use the code that Part 9 has for the command.",
)
