"""SR-11: nobody can be sent yesterday."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.work import ServiceRequestsView

TOLERANCE: Final = timedelta(days=1)
"""Work of today, ordered in the afternoon, is ordinary."""


def check(view: ServiceRequestsView) -> Iterator[Breach]:
    """New work that is asked for a day or more before the message."""
    if view.said_at is None or view.verb != "create":
        return
    for work in view.works:
        read = moment(work.requested.text) if work.requested is not None else None
        if work.requested is not None and read is not None and read.has_offset and view.said_at - read.at > TOLERANCE:
            yield Breach(work.requested.where, f"{work.requested.text!r} in a message of {view.said_at.isoformat()}")


_WORK = "<MeterServiceWork><kind>disconnect</kind><requestDateTime>{}</requestDateTime><Meter><mRID>M-1</mRID></Meter></MeterServiceWork>"

RULE = Rule(
    id="SR-11",
    requires="new work to be asked for a day that is not over",
    source="IEC 61968-9, MeterServiceWork.requestDateTime",
    severity=Severity.WARNING,
    works_on=ServiceRequestsView,
    check=check,
    passes=(_WORK.format("2026-03-02T08:00:00Z"), _WORK.format("2026-02-28T08:00:00Z")),
    fails=(_WORK.format("2026-02-02T08:00:00Z"),),
    why="The fitter's list shows the order as overdue on the day that it comes, and the customer waits for a whole month's list.",
    mend="Check the month, and the clock of the sender.",
)
