"""MR-12: xs:float allows NaN and INF; no meter has ever measured them."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A value that the schema allows and nobody can add up."""
    for row in places(readings.quantities.not_finite):
        yield readings.breach(row, "value")


RULE = Rule(
    id="MR-12",
    requires="every value to be a finite number",
    source="IEC 61968-9, Reading.value",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=("<value>0.250</value>", "<value>2.5E-1</value>"),
    fails=("<value>NaN</value>", "<value>INF</value>", "<value>-INF</value>"),
    why="One such value makes the sum of the whole month worthless.",
    mend="Leave the value out, and add a quality that says why.",
)
