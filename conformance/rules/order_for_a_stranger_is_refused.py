"""LI-14: who accepts an order for a meter that he has never heard of accepts anything."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.capture import REQUEST
from conformance.rule import Breach, Rule
from conformance.views.controls import ControlsView
from conformance.views.conversation import Conversation, Said
from conformance.views.linkage import LinkageView
from conformance.views.orders import ScheduleView
from conformance.views.work import ServiceRequestsView

OK: Final = "OK"


def check(conversation: Conversation) -> Iterator[Breach]:
    """A control, a schedule or work for a meter, accepted by a system that was told of other meters, and never of this one."""
    told: dict[str, set[str]] = {}
    for said in conversation.messages:
        wire, linkage = said.capture.wire, said.view(LinkageView)
        if wire is None or said.capture.leg != REQUEST:
            continue
        if linkage is not None:
            told.setdefault(wire.target, set()).update(linkage.names("Meter"))
        known = told.get(wire.target)
        if not known:
            continue
        strangers = [meter for meter in _meters(said) if meter not in known]
        for reply in conversation.answers.get(said.index, ()) if strangers else ():
            if reply.reply is not None and reply.reply.result.text == OK:
                yield reply.breach_of_reply(f"OK to an order for {', '.join(strangers)}, of which {wire.target} was never told")


def _meters(said: Said) -> Iterator[str]:
    controls, schedule, works = said.view(ControlsView), said.view(ScheduleView), said.view(ServiceRequestsView)
    for control in controls.controls if controls is not None else ():
        yield from (target.name for target in control.aimed_at if target.kind == "EndDevices" and target.name)
    yield from (target.name for target in schedule.asked if target.kind == "EndDevice" and target.name) if schedule is not None else ()
    if works is not None and works.verb == "create":
        yield from (work.meter for work in works.works if work.meter and not work.old_meter)


def _conversation(meter: str) -> str:
    return (
        "<conversation><capture wire='cis-&gt;hes'><MessageID>a</MessageID><MasterDataLinkageConfig><ConfigurationEvent>"
        "<createdDateTime>2026-02-01T00:00:00Z</createdDateTime><effectiveDateTime>2026-02-01T00:00:00Z</effectiveDateTime>"
        "</ConfigurationEvent><Meter><mRID>M-1</mRID></Meter><UsagePoint><mRID>UP-1</mRID></UsagePoint></MasterDataLinkageConfig>"
        "</capture><capture wire='cis-&gt;hes' exchange='2'><MessageID>b</MessageID><EndDeviceControl><PanDemandResponse/><PanDisplay/>"
        f'<PanPricing/><EndDeviceControlType ref="3.31.0.18"/><EndDevices><mRID>{meter}</mRID></EndDevices></EndDeviceControl></capture>'
        "<capture wire='cis-&gt;hes' exchange='2' leg='reply'><EndDeviceControls></EndDeviceControls><CorrelationID>b</CorrelationID>"
        "<MessageID>c</MessageID><Reply><Result>OK</Result></Reply></capture></conversation>"
    )


RULE = Rule(
    id="LI-14",
    requires="an order for a meter that the receiver was never told of to be refused",
    source="IEC 61968-9, Reply.Error of the category invalid meter; MasterDataLinkageConfig",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_conversation("M-1"),),
    fails=(_conversation("M-11"),),
    why="The order for a mistyped meter is never carried out, and nobody hears of it.",
    mend="Refuse what names an unknown meter with an error that names it; tell of a meter before the first order for it.",
)
