"""SR-01: a service request must say at which meter the work is."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.work import ServiceRequestsView


def check(view: ServiceRequestsView) -> Iterator[Breach]:
    """Work whose meter has neither an mRID nor a name nor a serial number."""
    for work in view.works:
        if not work.meter:
            yield Breach(work.where, f"work {work.kind!r} at no meter")


_WORK = "<MeterServiceWork><kind>disconnect</kind>{}</MeterServiceWork>"

RULE = Rule(
    id="SR-01",
    requires="every MeterServiceWork to identify its meter",
    source="IEC 61968-9, MeterServiceWork.Meter",
    severity=Severity.ERROR,
    works_on=ServiceRequestsView,
    check=check,
    passes=(_WORK.format("<Meter><mRID>M-1</mRID></Meter>"), _WORK.format("<Meter><serialNumber>1</serialNumber></Meter>")),
    fails=(_WORK.format("<Meter/>"),),
    why="Who was to be cut off stays connected, or somebody else is cut off.",
    mend="Write the meter's mRID, name or serial number into Meter.",
)
