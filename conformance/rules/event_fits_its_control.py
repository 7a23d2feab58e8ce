"""CO-20: whoever was told to close must not report that he has opened."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView, ControlView
from conformance.views.conversation import Conversation
from conformance.views.events import EventsView, EventView

CONTRARY: Final = {
    "23": frozenset({"11", "16", "42"}),
    "298": frozenset({"11", "16", "42"}),
    "18": frozenset({"12", "39", "68"}),
    "299": frozenset({"12", "39", "68"}),
}
"""Last part of a control -> those of events that say the opposite."""


def check(conversation: Conversation) -> Iterator[Breach]:
    """An event with the issuerTrackingID of a control and another meter, or the opposite outcome."""
    controls: dict[str, ControlView] = {}
    for said in conversation.messages:
        orders, events = said.view(ControlsView), said.view(EventsView)
        controls |= {control.tracking_id: control for control in orders.controls if control.tracking_id} if orders is not None else {}
        for event in events.events if events is not None else ():
            control = controls.get(event.tracking_id)
            reason = _contradiction(event, control) if control is not None else ""
            if reason:
                yield Breach(event.where, f"{reason}, tracking id {event.tracking_id!r}", said.index)


def _contradiction(event: EventView, control: ControlView) -> str:
    meters = {target.name for target in control.aimed_at if target.kind == "EndDevices"}
    only_meters = all(target.kind == "EndDevices" for target in control.aimed_at)
    known = meters.union(*(target.names for target in control.aimed_at))
    if event.meter and meters and only_meters and not known & {event.meter, *event.names}:
        return f"an event of meter {event.meter!r} for a control of {', '.join(sorted(meters))}"
    if event.code.text.rpartition(".")[2] in CONTRARY.get(control.code.text.rpartition(".")[2], ()):
        return f"event {event.code.text} after control {control.code.text}"
    return ""


def _conversation(meter: str, code: str) -> str:
    return (
        "<conversation><capture><MessageID>a</MessageID><EndDeviceControl><issuerTrackingID>T-1</issuerTrackingID><PanDemandResponse/>"
        '<PanDisplay/><PanPricing/><EndDeviceControlType ref="3.31.0.18"/><EndDevices><mRID>M-1</mRID></EndDevices></EndDeviceControl>'
        "</capture><capture><MessageID>b</MessageID><EndDeviceEvent><createdDateTime>2026-03-01T01:00:00Z</createdDateTime>"
        f"<issuerTrackingID>T-1</issuerTrackingID><Assets><mRID>{meter}</mRID></Assets>"
        f'<EndDeviceEventType ref="{code}"/></EndDeviceEvent></capture></conversation>'
    )


RULE = Rule(
    id="CO-20",
    requires="the event of a control to be of one of its meters, and not to say the opposite",
    source="IEC 61968-9, EndDeviceEvent.issuerTrackingID and EndDeviceControl.issuerTrackingID",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(
        _conversation("M-1", "3.31.0.42"),
        _conversation("M-1", "3.31.0.67"),
        _conversation("M-2", "3.31.0.42").replace("M-2</mRID>", "M-2</mRID><Names><name>M-1</name></Names>"),
    ),
    fails=(_conversation("M-2", "3.31.0.42"), _conversation("M-1", "3.31.0.68")),
    why="The wrong flat is dark, and the system shows that all went well.",
    mend="Report what the meter did, under the tracking id of the control that made it do so.",
)
