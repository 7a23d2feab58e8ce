"""CO-11: who says how long and from when to when must say the same twice."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.moments import moment
from conformance.quantities import decimal
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView

_MINUTE_S: Final = 60


def check(view: ControlsView) -> Iterator[Breach]:
    """A timing whose duration is not that from its start to its end."""
    for control in view.controls:
        for part in control.parts.values():
            field, start, end = (part.fields.get(name) for name in ("duration", "start", "end"))
            if field is None or start is None or end is None:
                continue
            minutes, first, last = decimal(field.text), moment(start.text), moment(end.text)
            if minutes is not None and first is not None and last is not None and first.at < last.at:
                spanned = (last.at - first.at).total_seconds() / _MINUTE_S
                if abs(float(minutes) - spanned) >= 1:
                    yield Breach(field.where, f"{field.text!r} minutes for a span of {spanned:g}")


_CONTROL = (
    "<EndDeviceControl><PanDemandResponse/><PanDisplay/><PanPricing/>"
    '<EndDeviceControlType ref="3.15.0.54"/><EndDevices><mRID>M-1</mRID></EndDevices><primaryDeviceTiming><duration>{}</duration>'
    "<interval><end>2026-03-01T19:00:00Z</end><start>2026-03-01T17:00:00Z</start></interval></primaryDeviceTiming></EndDeviceControl>"
)

RULE = Rule(
    id="CO-11",
    requires="a timing's duration to be that of its interval, in minutes",
    source="IEC 61968-9, EndDeviceTiming.duration and interval",
    severity=Severity.WARNING,
    works_on=ControlsView,
    check=check,
    passes=(_CONTROL.format("120"),),
    fails=(_CONTROL.format("7200"), _CONTROL.format("2")),
    why="One device switches back after two hours, another after five days.",
    mend="Write the duration in minutes, or leave out one of the two.",
)
