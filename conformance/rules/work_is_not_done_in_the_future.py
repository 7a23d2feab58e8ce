"""SR-07: nothing can be reported before it is done."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.work import ServiceRequestsView

TOLERANCE: Final = timedelta(minutes=5)


def check(view: ServiceRequestsView) -> Iterator[Breach]:
    """A status that is dated after the message that reports it."""
    if view.said_at is None:
        return
    for work in view.works:
        read = moment(work.status_at.text) if work.status_at is not None else None
        if work.status_at is not None and read is not None and read.has_offset and read.at - view.said_at > TOLERANCE:
            yield Breach(work.status_at.where, f"{work.status_at.text!r} in a message of {view.said_at.isoformat()}")


_WORK = (
    "<root>ChangedMeterServiceRequests</root><Verb>changed</Verb><MeterServiceWork><kind>disconnect</kind>"
    "<Meter><mRID>M-1</mRID></Meter><status><dateTime>{}</dateTime><value>completed</value></status></MeterServiceWork>"
)

RULE = Rule(
    id="SR-07",
    requires="a status to be dated no later than the message that reports it",
    source="IEC 61968-9, MeterServiceWork.status.dateTime",
    severity=Severity.ERROR,
    works_on=ServiceRequestsView,
    check=check,
    passes=(_WORK.format("2026-03-01T00:58:00Z"),),
    fails=(_WORK.format("2026-03-01T02:58:00Z"),),
    why="The final reading is taken for an hour that has not come yet, and the last bill is wrong.",
    mend="Check the clock and the offset of whoever reports the work.",
)
