"""GM-05: whom a question is about is said once."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.orders import QueryView


def check(query: QueryView) -> Iterator[Breach]:
    """A device, a usage point or a reading type that a query names a second time."""
    seen: set[tuple[str, str]] = set()
    for kind, name, where in (*query.asked, *(("ReadingType", each.text, each.where) for each in query.types)):
        if name and (kind, name) in seen:
            yield Breach(where, f"{kind} {name!r} again")
        seen.add((kind, name))


_QUERY = "<GetMeterReadings><EndDevice><mRID>M-1</mRID></EndDevice><EndDevice><mRID>{}</mRID></EndDevice></GetMeterReadings>"

RULE = Rule(
    id="GM-05",
    requires="each device, usage point and reading type once in a query",
    source="IEC 61968-9, GetMeterReadings.EndDevice",
    severity=Severity.WARNING,
    works_on=QueryView,
    check=check,
    passes=(_QUERY.format("M-2"),),
    fails=(_QUERY.format("M-1"),),
    why="The meter is read twice, and an answer with it twice is refused or billed twice.",
    mend="Name each meter and each reading type once.",
)
