"""SR-08: the same work at the same meter is ordered once."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.work import ServiceRequestsView


def check(view: ServiceRequestsView) -> Iterator[Breach]:
    """Work of a kind at a meter that an earlier one of the message was of as well, or its contrary."""
    seen: dict[str, set[str]] = {}
    for work in view.works:
        before = seen.setdefault(work.meter, set())
        if work.meter and work.kind in before:
            yield Breach(work.where, f"{work.kind!r} at meter {work.meter!r} again")
        elif work.meter and {work.kind, *before} >= {"disconnect", "reconnect"}:
            yield Breach(work.where, f"{work.kind!r} at meter {work.meter!r} beside its contrary")
        before.add(work.kind)


_WORK = "<MeterServiceWork><kind>{}</kind><Meter><mRID>{}</mRID></Meter></MeterServiceWork>"
_FIRST = _WORK.format("disconnect", "M-1")

RULE = Rule(
    id="SR-08",
    requires="one order at most of a kind for a meter in a message, and none beside its contrary",
    source="IEC 61968-9, MeterServiceRequests.MeterServiceWork",
    severity=Severity.WARNING,
    works_on=ServiceRequestsView,
    check=check,
    passes=(_FIRST + _WORK.format("disconnect", "M-2"), _FIRST + _WORK.format("inspection", "M-1")),
    fails=(_FIRST + _WORK.format("disconnect", "M-1"), _FIRST + _WORK.format("reconnect", "M-1")),
    why="Two fitters stand before one door, or one of them switches on what the other has switched off.",
    mend="Send each order once, and orders that follow each other in messages that follow each other.",
)
