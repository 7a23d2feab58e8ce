"""SR-10: the meter that goes is read for the last time."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.work import ServiceRequestsView

COMPLETED: Final = frozenset({"completed", "closed", "done"})
"""Words for work that was done. The standard has no list of states."""


def check(view: ServiceRequestsView) -> Iterator[Breach]:
    """An exchange that was done, without a reading of the old meter."""
    for work in view.works if view.verb == "changed" else ():
        if work.old_meter and work.status.lower() in COMPLETED and not work.has_old_readings:
            yield Breach(work.where, f"meter {work.old_meter!r} taken off without a reading")


_READING = (
    "<MeterReadings><Readings><timeStamp>2026-03-01T00:30:00Z</timeStamp><value>4100.5</value>"
    '<ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></Readings></MeterReadings>'
)
_WORK = (
    "<root>ChangedMeterServiceRequests</root><Verb>changed</Verb><MeterServiceWork><kind>meter</kind><Meter><mRID>M-2</mRID></Meter>"
    "<OldMeter><mRID>M-1</mRID>{}</OldMeter><status><value>completed</value></status></MeterServiceWork>"
)

RULE = Rule(
    id="SR-10",
    requires="an exchange that was done to bring the last reading of the old meter",
    source="IEC 61968-9, MeterServiceWork.OldMeter and its MeterReadings",
    severity=Severity.WARNING,
    works_on=ServiceRequestsView,
    check=check,
    passes=(_WORK.format(_READING),),
    fails=(_WORK.format(""),),
    why="What the old meter counted since the last bill is estimated, or given away.",
    mend="Read the old meter before it is taken off, and send the reading in OldMeter.",
)
