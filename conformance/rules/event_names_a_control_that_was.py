"""EV-16: an event that answers a control answers one that there was."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView
from conformance.views.conversation import Conversation
from conformance.views.events import EventsView


def check(conversation: Conversation) -> Iterator[Breach]:
    """An event with an issuerTrackingID that no control had, at a meter that had controls with others."""
    ids: set[str] = set()
    controlled: set[str] = set()
    for said in conversation.messages:
        orders, events = said.view(ControlsView), said.view(EventsView)
        for control in orders.controls if orders is not None else ():
            if control.tracking_id:
                ids.add(control.tracking_id)
                controlled |= set(control.targets)
        for event in events.events if events is not None else ():
            if event.tracking_id and event.tracking_id not in ids and event.meter in controlled:
                yield Breach(event.where, f"tracking id {event.tracking_id!r} of meter {event.meter!r}", said.index)


def _conversation(tracking_id: str) -> str:
    return (
        "<conversation><capture><MessageID>a</MessageID><EndDeviceControl><issuerTrackingID>T-1</issuerTrackingID><PanDemandResponse/>"
        '<PanDisplay/><PanPricing/><EndDeviceControlType ref="3.31.0.18"/><EndDevices><mRID>M-1</mRID></EndDevices></EndDeviceControl>'
        "</capture><capture><MessageID>b</MessageID><EndDeviceEvent><createdDateTime>2026-03-01T01:00:00Z</createdDateTime>"
        f"<issuerTrackingID>{tracking_id}</issuerTrackingID><Assets><mRID>M-1</mRID></Assets>"
        '<EndDeviceEventType ref="3.31.0.42"/></EndDeviceEvent></capture></conversation>'
    )


RULE = Rule(
    id="EV-16",
    requires="an event's issuerTrackingID, where it has one, to be that of a control that was sent",
    source="IEC 61968-9, EndDeviceEvent.issuerTrackingID",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_conversation("T-1"),),
    fails=(_conversation("T-11"),),
    why="The order stays open although it was carried out, and a fitter is sent for nothing.",
    mend="Copy the issuerTrackingID of the control into its event, letter by letter.",
)
