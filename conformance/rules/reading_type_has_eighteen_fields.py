"""RT-01: a reading type is eighteen whole numbers, or it says nothing."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A reference that is not eighteen whole numbers with dots between."""
    for index, text in enumerate(readings.types):
        if readings.parsed_types[index] is None:
            yield Breach(readings.where_type(index), repr(text))


RULE = Rule(
    id="RT-01",
    requires="a ReadingType of eighteen whole numbers",
    source="IEC 61968-9, Annex C, ReadingType",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=('<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>', '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.-3.72.0"/>'),
    fails=(
        '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72"/>',
        '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.k.72.0"/>',
        '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.+3.7_2. 0"/>',
        '<ReadingType ref=""/>',
    ),
    why="Nobody can tell whether these are kilowatt-hours used, kilowatt-hours fed in, or volts.",
    mend="Write all eighteen fields, 0 where one does not apply.",
)
