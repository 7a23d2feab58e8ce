"""CO-16: a control is cancelled now or later, not now and later."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView


def check(view: ControlsView) -> Iterator[Breach]:
    """A cancelDateTime beside cancelNow."""
    for control in view.controls:
        for part in control.parts.values():
            if part.is_set("cancelNow") and "cancelDateTime" in part.fields:
                field = part.fields["cancelDateTime"]
                yield Breach(field.where, f"cancel now, and at {field.text}")


_CONTROL = (
    "<EndDeviceControl><PanDemandResponse><cancelDateTime>2026-03-01T18:00:00Z</cancelDateTime><cancelNow>{}</cancelNow></PanDemandResponse>"
    '<PanDisplay/><PanPricing/><EndDeviceControlType ref="3.15.0.8"/><EndDevices><mRID>M-1</mRID></EndDevices></EndDeviceControl>'
)

RULE = Rule(
    id="CO-16",
    requires="cancelNow or cancelDateTime, not both",
    source="IEC 61968-9, PanDemandResponse.cancelNow and cancelDateTime",
    severity=Severity.WARNING,
    works_on=ControlsView,
    check=check,
    passes=(_CONTROL.format("false"),),
    fails=(_CONTROL.format("true"),),
    why="Some heaters come back at once and some an hour later, and the load is nowhere as planned.",
    mend="Leave out cancelDateTime where the control is cancelled at once.",
)
