"""SR-11: an order cannot have been asked for after the message that carries it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.work import ServiceRequestsView

TOLERANCE: Final = timedelta(minutes=5)


def check(view: ServiceRequestsView) -> Iterator[Breach]:
    """Work that was requested later than the message says it was made. An order may well wait for days before it is sent."""
    if view.said_at is None:
        return
    for work in view.works:
        read = moment(work.requested.text) if work.requested is not None else None
        if work.requested is not None and read is not None and read.has_offset and read.at - view.said_at > TOLERANCE:
            yield Breach(work.requested.where, f"{work.requested.text!r} in a message of {view.said_at.isoformat()}")


_WORK = "<MeterServiceWork><kind>disconnect</kind><requestDateTime>{}</requestDateTime><Meter><mRID>M-1</mRID></Meter></MeterServiceWork>"

RULE = Rule(
    id="SR-11",
    requires="work to have been requested no later than the message that carries it",
    source="IEC 61968-9, MeterServiceWork.requestDateTime",
    severity=Severity.WARNING,
    works_on=ServiceRequestsView,
    check=check,
    passes=(_WORK.format("2026-03-01T00:58:00Z"), _WORK.format("2026-02-02T08:00:00Z")),
    fails=(_WORK.format("2026-03-01T02:58:00Z"),),
    why="How long a customer waited for the fitter is counted from a moment that has not come yet, and a late visit looks punctual.",
    mend="Write when the work was requested, and say in a schedule when it is wanted; check the clock of the sender.",
)
