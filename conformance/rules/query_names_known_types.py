"""GM-03: what is asked for is named by eighteen numbers."""

import re
from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.orders import QueryView

EIGHTEEN_NUMBERS: Final = re.compile(r"-?[0-9]+(\.-?[0-9]+){17}", re.ASCII)


def check(query: QueryView) -> Iterator[Breach]:
    """A reading type whose name is not eighteen whole numbers."""
    for each in query.types:
        if not EIGHTEEN_NUMBERS.fullmatch(each.text):
            yield Breach(each.where, repr(each.text))


_QUERY = (
    "<GetMeterReadings><EndDevice><mRID>M-1</mRID></EndDevice><ReadingType><Names><name>{}</name></Names></ReadingType></GetMeterReadings>"
)

RULE = Rule(
    id="GM-03",
    requires="reading types of eighteen whole numbers in a query",
    source="IEC 61968-9, GetMeterReadings.ReadingType; Annex C",
    severity=Severity.WARNING,
    works_on=QueryView,
    check=check,
    passes=(_QUERY.format("0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),),
    fails=(_QUERY.format("0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72"), _QUERY.format("kWh")),
    why="The answer holds another register than the one that the customer service looks at.",
    mend="Write all eighteen fields as the name of the reading type.",
)
