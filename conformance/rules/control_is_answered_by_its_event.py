"""CO-19: whoever was told to switch reports that he has switched."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView, ControlView
from conformance.views.conversation import Conversation, Said
from conformance.views.events import EventsView

PATIENCE: Final = timedelta(hours=1)
"""A meter that is out of reach may take its time."""

SWITCHING: Final = "31"
OK: Final = "OK"


def check(conversation: Conversation) -> Iterator[Breach]:
    """A control of a switch that was accepted, and an hour later has no event with its issuerTrackingID."""
    last = max((said.capture.at for said in conversation.messages if said.capture.at is not None), default=None)
    told: set[str] = set()
    for said in conversation.messages:
        view = said.view(EventsView)
        told |= {event.tracking_id for event in view.events if event.tracking_id} if view is not None else set()
    for said in conversation.messages:
        controls = said.view(ControlsView)
        at = said.capture.at
        if controls is None or last is None or at is None or last - at < PATIENCE or not _is_accepted(conversation, said):
            continue
        for control in controls.controls:
            if _is_switching(control) and control.tracking_id and control.tracking_id not in told:
                found = f"no event{said.from_whom_it_went_to} for control {control.code.text} with tracking id {control.tracking_id!r}"
                yield Breach(control.where, found, said.index)


def _is_accepted(conversation: Conversation, said: Said) -> bool:
    replies = conversation.answers.get(said.index, ())
    return any(each.reply is not None and each.reply.result.text == OK for each in replies)


def _is_switching(control: ControlView) -> bool:
    return control.code.text.split(".")[1:2] == [SWITCHING]


_ORDER = (
    "<capture exchange='1' at='2026-03-01T01:00:11Z'><MessageID>a</MessageID><EndDeviceControl><issuerTrackingID>T-1</issuerTrackingID>"
    '<PanDemandResponse/><PanDisplay/><PanPricing/><EndDeviceControlType ref="3.31.0.23"/><EndDevices><mRID>M-1</mRID></EndDevices>'
    "</EndDeviceControl></capture><capture exchange='1' leg='reply' at='2026-03-01T01:00:12Z'><EndDeviceControls></EndDeviceControls>"
    "<CorrelationID>a</CorrelationID><MessageID>r</MessageID><Reply><Result>OK</Result></Reply></capture>"
)
_EVENT = (
    "<capture at='2026-03-01T03:00:11Z'><Timestamp>2026-03-01T03:00:10Z</Timestamp><MessageID>b</MessageID><EndDeviceEvent>"
    "<createdDateTime>2026-03-01T01:05:00Z</createdDateTime><issuerTrackingID>{}</issuerTrackingID><Assets><mRID>{}</mRID></Assets>"
    '<EndDeviceEventType ref="3.31.0.68"/></EndDeviceEvent></capture>'
)

RULE = Rule(
    id="CO-19",
    requires="an accepted control of a switch to be answered by an event with its issuerTrackingID",
    source="IEC 61968-9, EndDeviceControls and EndDeviceEvents; EndDeviceEvent.issuerTrackingID",
    severity=Severity.REMARK,
    works_on=Conversation,
    check=check,
    passes=(f"<conversation>{_ORDER}{_EVENT.format('T-1', 'M-1')}</conversation>", f"<conversation>{_ORDER}</conversation>"),
    fails=(f"<conversation>{_ORDER}{_EVENT.format('T-2', 'M-1')}</conversation>",),
    why="The customer has paid and sits in the dark, while the office believes that the light is on.",
    is_owed=True,
    mend="Report the outcome of each control, also its failure, with the issuerTrackingID of the control.",
)
