"""SR-02: who reports a change of a service request must say what became of it."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.work import ServiceRequestsView


def check(view: ServiceRequestsView) -> Iterator[Breach]:
    """Work that is reported as changed and has no status."""
    if view.verb == "changed":
        for work in view.works:
            if not work.status:
                yield Breach(work.where, f"changed work {work.kind!r} at meter {work.meter!r} without a status")


_WORK = (
    "<root>ChangedMeterServiceRequests</root><Verb>changed</Verb>"
    "<MeterServiceWork><kind>disconnect</kind><Meter><mRID>M-1</mRID></Meter>{}</MeterServiceWork>"
)

RULE = Rule(
    id="SR-02",
    requires="every changed MeterServiceWork to have a status",
    source="IEC 61968-9, MeterServiceWork.status",
    severity=Severity.WARNING,
    works_on=ServiceRequestsView,
    check=check,
    passes=(_WORK.format("<status><value>completed</value></status>"),),
    fails=(_WORK.format(""),),
    why="The customer has paid, and nobody knows whether the light is on again.",
    mend="Write what became of the work into status.value.",
)
