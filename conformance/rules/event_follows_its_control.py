"""CO-24: what happened before the order was not its doing."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView
from conformance.views.conversation import Conversation
from conformance.views.events import EventsView

TOLERANCE: Final = timedelta(minutes=10)
"""By as much a meter's clock may be behind that of the system that orders."""


def check(conversation: Conversation) -> Iterator[Breach]:
    """An event with the issuerTrackingID of a control that happened before the message that ordered it."""
    ordered: dict[str, datetime] = {}
    for said in conversation.messages:
        orders, events = said.view(ControlsView), said.view(EventsView)
        if orders is not None and orders.said_at is not None:
            for control in orders.controls:
                ordered.setdefault(control.tracking_id, orders.said_at)
        for event in events.events if events is not None else ():
            at = ordered.get(event.tracking_id) if event.tracking_id else None
            read = moment(event.created.text)
            if at is not None and read is not None and read.has_offset and at - read.at > TOLERANCE:
                yield Breach(event.created.where, f"{event.created.text!r}, ordered at {at.isoformat()}", said.index)


def _conversation(at: str) -> str:
    return (
        "<conversation><capture><MessageID>a</MessageID><EndDeviceControl><issuerTrackingID>T-1</issuerTrackingID>"
        '<EndDeviceControlType ref="3.31.0.18"/><EndDevices><mRID>M-1</mRID></EndDevices></EndDeviceControl>'
        f"</capture><capture><MessageID>b</MessageID><EndDeviceEvent><createdDateTime>{at}</createdDateTime>"
        "<issuerTrackingID>T-1</issuerTrackingID><Assets><mRID>M-1</mRID></Assets>"
        '<EndDeviceEventType ref="3.31.0.16"/></EndDeviceEvent></capture></conversation>'
    )


RULE = Rule(
    id="CO-24",
    requires="the event of a control to have happened after the control was ordered",
    source="IEC 61968-9, EndDeviceEvent.createdDateTime and issuerTrackingID",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_conversation("2026-03-01T01:00:11Z"), _conversation("2026-03-01T00:57:00Z")),
    fails=(_conversation("2026-02-28T23:00:11Z"),),
    why="The meter confirms an older order, or tells the time wrongly, and the new order counts as carried out.",
    mend="Give each event the tracking id of the order that brought it about, and its own moment with the right offset.",
)
