"""SR-03: in an exchange the new meter is another one than the old."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.work import ServiceRequestsView


def check(view: ServiceRequestsView) -> Iterator[Breach]:
    """Work whose OldMeter is its Meter."""
    for work in view.works:
        if work.old_meter and work.old_meter == work.meter:
            yield Breach(work.where, f"meter {work.meter!r} in exchange for itself")


_WORK = "<MeterServiceWork><kind>meter</kind><Meter><mRID>M-2</mRID></Meter><OldMeter><mRID>{}</mRID></OldMeter></MeterServiceWork>"

RULE = Rule(
    id="SR-03",
    requires="the old meter of an exchange to be another one than the new",
    source="IEC 61968-9, MeterServiceWork.Meter and OldMeter",
    severity=Severity.ERROR,
    works_on=ServiceRequestsView,
    check=check,
    passes=(_WORK.format("M-1"),),
    fails=(_WORK.format("M-2"),),
    why="The new meter's first register reading is taken for use since the last bill.",
    mend="Write the meter that was taken off into OldMeter.",
)
