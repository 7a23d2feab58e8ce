"""SR-04: an order for work says what to do."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.work import ServiceRequestsView


def check(view: ServiceRequestsView) -> Iterator[Breach]:
    """Work without a kind."""
    for work in view.works:
        if not work.kind:
            yield Breach(work.where, f"work of no kind at meter {work.meter!r}")


_WORK = "<MeterServiceWork>{}<Meter><mRID>M-1</mRID></Meter></MeterServiceWork>"

RULE = Rule(
    id="SR-04",
    requires="every MeterServiceWork to have a kind",
    source="IEC 61968-9, MeterServiceWork.kind",
    severity=Severity.WARNING,
    works_on=ServiceRequestsView,
    check=check,
    passes=(_WORK.format("<kind>disconnect</kind>"),),
    fails=(_WORK.format(""),),
    why="A fitter stands before the house and does not know whether to connect or to disconnect.",
    mend="Write the kind of the work: disconnect, reconnect, meter, inspection and so on.",
)
