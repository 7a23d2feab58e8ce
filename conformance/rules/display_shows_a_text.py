"""CO-17: a message to a display needs a text."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView

_ABOUT_A_TEXT: Final = ("confirmationRequired", "duration", "priority", "startDateTime", "transmissionMode")


def check(view: ControlsView) -> Iterator[Breach]:
    """A PanDisplay that says how to show a text and has none. A command, such as to cancel, needs none."""
    for control in view.controls:
        part = control.parts.get("PanDisplay")
        if part is None or "command" in part.fields:
            continue
        text = part.fields.get("textMessage")
        if any(name in part.fields for name in _ABOUT_A_TEXT) and (text is None or not text.text):
            yield Breach(text.where if text is not None else part.where, "a display of no text")


_CONTROL = (
    "<EndDeviceControl><PanDemandResponse/><PanDisplay><priority>high</priority>{}</PanDisplay><PanPricing/>"
    '<EndDeviceControlType ref="15.13.112.77"/><EndDevices><mRID>D-1</mRID></EndDevices></EndDeviceControl>'
)

RULE = Rule(
    id="CO-17",
    requires="a textMessage in a PanDisplay",
    source="IEC 61968-9, PanDisplay.textMessage",
    severity=Severity.WARNING,
    works_on=ControlsView,
    check=check,
    passes=(_CONTROL.format("<textMessage>Save from 17 to 19</textMessage>"),),
    fails=(_CONTROL.format(""), _CONTROL.format("<textMessage/>")),
    why="Customers see an empty screen that beeps, and call.",
    mend="Write the text, or leave the PanDisplay empty.",
)
