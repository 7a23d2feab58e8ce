"""SR-05: when the fitter comes must be the same hour for everybody."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.work import ServiceRequestsView


def check(view: ServiceRequestsView) -> Iterator[Breach]:
    """A requestDateTime or a status.dateTime without an offset from UTC."""
    for work in view.works:
        for field in (work.requested, work.status_at):
            read = moment(field.text) if field is not None else None
            if field is not None and read is not None and not read.has_offset:
                yield Breach(field.where, repr(field.text))


_WORK = "<MeterServiceWork><kind>disconnect</kind><requestDateTime>{}</requestDateTime><Meter><mRID>M-1</mRID></Meter></MeterServiceWork>"

RULE = Rule(
    id="SR-05",
    requires="requestDateTime and status.dateTime to name their offset from UTC",
    source="IEC 61968-9, MeterServiceWork.requestDateTime and status",
    severity=Severity.ERROR,
    works_on=ServiceRequestsView,
    check=check,
    passes=(_WORK.format("2026-02-28T08:00:00Z"),),
    fails=(_WORK.format("2026-02-28T08:00:00"),),
    why="A customer is cut off an hour before the time that the law allows.",
    mend="Write the moment in UTC with Z, or with its offset.",
)
