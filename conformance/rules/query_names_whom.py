"""GM-02: a question about everybody is hardly ever meant."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.orders import QueryView


def check(query: QueryView) -> Iterator[Breach]:
    """A query for no meter, usage point or group in particular."""
    if not query.targets:
        yield Breach(query.where, "a query for nobody in particular")


_QUERY = (
    "<GetMeterReadings>{}<TimeSchedule><scheduleInterval><end>2026-03-01T00:00:00Z</end><start>2026-02-28T00:00:00Z</start>"
    "</scheduleInterval></TimeSchedule></GetMeterReadings>"
)

RULE = Rule(
    id="GM-02",
    requires="a query to name a meter, a usage point or a group",
    source="IEC 61968-9, GetMeterReadings.EndDevice and UsagePoint",
    severity=Severity.WARNING,
    works_on=QueryView,
    check=check,
    passes=(_QUERY.format("<EndDevice><mRID>M-1</mRID></EndDevice>"),),
    fails=(_QUERY.format(""), _QUERY.format("<EndDevice/>")),
    why="The answer is the readings of a million meters, or an empty one, and the bill waits for either.",
    mend="Write the mRID or name of each meter into an EndDevice.",
)
