"""SR-06: work that was not done was not done for some reason."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.work import ServiceRequestsView

NOT_DONE: Final = frozenset({"failed", "canceled", "cancelled", "rejected", "refused", "aborted", "incomplete"})
"""Words for work that came to nothing. The standard has no list of states."""


def check(view: ServiceRequestsView) -> Iterator[Breach]:
    """Work that came to nothing, without a reason."""
    for work in view.works:
        if work.status.lower() in NOT_DONE and not work.status_reason:
            yield Breach(work.where, f"work {work.kind!r} at meter {work.meter!r} is {work.status}, without a reason")


_WORK = (
    "<root>ChangedMeterServiceRequests</root><Verb>changed</Verb><MeterServiceWork><kind>disconnect</kind>"
    "<Meter><mRID>M-1</mRID></Meter><status>{}<value>{}</value></status></MeterServiceWork>"
)

RULE = Rule(
    id="SR-06",
    requires="work that came to nothing to give the reason",
    source="IEC 61968-9, MeterServiceWork.status.reason",
    severity=Severity.WARNING,
    works_on=ServiceRequestsView,
    check=check,
    passes=(_WORK.format("<reason>no answer from the meter</reason>", "failed"), _WORK.format("", "completed")),
    fails=(_WORK.format("", "failed"),),
    why="The customer calls, and nobody can say why the light is still off.",
    mend="Write what went wrong into status.reason.",
)
