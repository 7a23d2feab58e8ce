"""CO-22: who is told to open and to close does one of the two."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView, ControlView

CONTRARY: Final = {"23": "18", "18": "23"}
"""Last part of the control of a switch -> that of its contrary: to open and to close."""

_TIMINGS: Final = ("primaryDeviceTiming", "secondaryDeviceTiming")


def check(view: ControlsView) -> Iterator[Breach]:
    """A control of a switch at a place for which an earlier one of the message orders the contrary, neither of them saying when."""
    seen: dict[tuple[str, str], set[str]] = {}
    for control in view.controls:
        switch, _, order = control.code.text.rpartition(".")
        if order not in CONTRARY or _is_timed(control):
            continue
        for target in control.aimed_at:
            before = seen.setdefault((switch, target.name), set())
            if target.name and CONTRARY[order] in before:
                yield Breach(control.code.where, f"{control.code.text} for {target.name!r} beside {switch}.{CONTRARY[order]}")
            before.add(order)


def _is_timed(control: ControlView) -> bool:
    return any(control.parts[name].fields for name in _TIMINGS if name in control.parts)


_ORDER = (
    "<EndDeviceControl><issuerTrackingID>T-{0}</issuerTrackingID>"
    '<EndDeviceControlType ref="3.31.0.{0}"/><EndDevices><mRID>{1}</mRID></EndDevices>{2}</EndDeviceControl>'
)
_AT = "<primaryDeviceTiming><interval><start>2026-03-01T0{}:00:00Z</start></interval></primaryDeviceTiming>"
_OPEN = _ORDER.format(23, "M-1", "")

RULE = Rule(
    id="CO-22",
    requires="no control of a switch beside its contrary for one meter",
    source="IEC 61968-9, EndDeviceControls.EndDeviceControl",
    severity=Severity.WARNING,
    works_on=ControlsView,
    check=check,
    passes=(
        _OPEN + _ORDER.format(18, "M-2", ""),
        _ORDER.format(23, "M-1", _AT.format(2)) + _ORDER.format(18, "M-1", _AT.format(4)),
    ),
    fails=(_OPEN + _ORDER.format(18, "M-1", ""),),
    why="Whether the customer has light afterwards depends on which of the two the head-end sends last.",
    mend="Send one order for a switch, or say in primaryDeviceTiming when each is to be carried out.",
)
