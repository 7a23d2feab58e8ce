"""CO-07: a tracking id that is used again means the same control again."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView
from conformance.views.conversation import Conversation

SWITCH: Final = "31"
"""The domain of the remote connect/disconnect switch; a demand response is taken back under the tracking id of its start."""


def check(conversation: Conversation) -> Iterator[Breach]:
    """A control of a switch with the issuerTrackingID of one in an earlier message of the wire, and another type or other targets."""
    known: dict[tuple[object, str], tuple[tuple[str, frozenset[str]], int]] = {}
    for said in conversation.messages:
        view = said.view(ControlsView)
        for control in view.controls if view is not None else ():
            if not control.tracking_id or control.code.text.split(".")[1:2] != [SWITCH]:
                continue
            content = control.code.text, frozenset(control.targets)
            before, message = known.setdefault((said.capture.wire, control.tracking_id), (content, said.index))
            if before != content and message != said.index:
                found = f"{control.tracking_id!r} for {control.code.text}, and for another control in message {message + 1}"
                yield Breach(control.own["issuerTrackingID"].where, found, said.index)


def _two(code: str, meter: str) -> str:
    control = (
        "<capture><MessageID>{}</MessageID><EndDeviceControl><issuerTrackingID>T-1</issuerTrackingID><PanDemandResponse/><PanDisplay/>"
        '<PanPricing/><EndDeviceControlType ref="{}"/><EndDevices><mRID>{}</mRID></EndDevices></EndDeviceControl></capture>'
    )
    return f"<conversation>{control.format('a', '3.31.0.23', 'M-1')}{control.format('b', code, meter)}</conversation>"


RULE = Rule(
    id="CO-07",
    requires="the issuerTrackingID of a control of a switch to mean the same control in every message of a wire",
    source="IEC 61968-9, EndDeviceControl.issuerTrackingID",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_two("3.31.0.23", "M-1"),),
    fails=(_two("3.31.0.18", "M-1"), _two("3.31.0.23", "M-2")),
    why="The answer to the reconnection is taken for that to the disconnection, and the customer is charged for the wrong one.",
    mend="Use a fresh tracking id for each control; keep it only when the same control is sent again.",
)
