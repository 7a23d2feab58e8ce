"""CO-08: when a control begins and ends must be the same moment for everybody, in that order."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView, Part
from conformance.views.place import Field


def check(view: ControlsView) -> Iterator[Breach]:
    """A moment without an offset from UTC, or a timing that does not start before it ends."""
    for control in view.controls:
        for part in control.parts.values():
            for name in ("start", "end", "startDateTime", "cancelDateTime"):
                field = part.fields.get(name)
                read = moment(field.text) if field is not None else None
                if field is not None and read is not None and not read.has_offset:
                    yield Breach(field.where, f"{field.text!r} without an offset from UTC")
            yield from _order(part)


def _order(part: Part) -> Iterator[Breach]:
    start, end = part.fields.get("start"), part.fields.get("end")
    if isinstance(start, Field) and isinstance(end, Field):
        first, last = moment(start.text), moment(end.text)
        if first is not None and last is not None and first.at >= last.at:
            yield Breach(start.where, f"start {start.text!r}, end {end.text!r}")


_CONTROL = (
    "<EndDeviceControl><PanDemandResponse/><PanDisplay/><PanPricing/>"
    '<EndDeviceControlType ref="3.15.0.54"/><EndDevices><mRID>M-1</mRID></EndDevices>'
    "<primaryDeviceTiming><interval><end>{}</end><start>{}</start></interval></primaryDeviceTiming></EndDeviceControl>"
)

RULE = Rule(
    id="CO-08",
    requires="every moment of a control to name its offset from UTC, and its start to be before its end",
    source="IEC 61968-9, EndDeviceControl.primaryDeviceTiming, EndDeviceTiming.interval",
    severity=Severity.ERROR,
    works_on=ControlsView,
    check=check,
    passes=(_CONTROL.format("2026-03-01T19:00:00Z", "2026-03-01T17:00:00Z"),),
    fails=(
        _CONTROL.format("2026-03-01T16:00:00Z", "2026-03-01T17:00:00Z"),
        _CONTROL.format("2026-03-01T19:00:00", "2026-03-01T17:00:00Z"),
    ),
    why="The load is shed an hour too early, when it does not help, and back when the peak comes.",
    mend="Write start and end in UTC with Z, the earlier one as start.",
)
