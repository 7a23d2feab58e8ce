"""QU-03: a value cannot be valid and missing."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns

VALID: Final = "0"
REFUTED: Final = frozenset({("5", "259"), ("7", "3")})
"""Known missing, and rejected."""


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A reading that one system calls both valid and missing or rejected."""
    texts = readings.cells.qualities
    if len(texts) < 2:
        return
    parts = [tuple(text.split(".")) for text in texts]
    valid = {each[0] for each in parts if len(each) == 3 and each[1] == VALID}
    if not any(each[0] in valid and each[1:] in REFUTED for each in parts):
        return
    said: dict[int, list[int]] = {}
    for row, index in zip(readings.cells.quality_row.tolist(), readings.cells.quality_index.tolist(), strict=True):
        said.setdefault(row, []).append(index)
    for row, indexes in said.items():
        calls_valid = {parts[index][0] for index in indexes if len(parts[index]) == 3 and parts[index][1] == VALID}
        refuting = [texts[index] for index in indexes if parts[index][0] in calls_valid and parts[index][1:] in REFUTED]
        if refuting:
            yield readings.breach(row, "ReadingQualities", f"valid and {', '.join(refuting)} for the value of {readings.stamp(row)}")


_TWO = (
    '<ReadingQualities><ReadingQualityType ref="{}"/></ReadingQualities><ReadingQualities><ReadingQualityType ref="{}"/></ReadingQualities>'
)

RULE = Rule(
    id="QU-03",
    requires="no system to call a value valid and missing or rejected at once",
    source="IEC 61968-9, ReadingQualityType tables",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(_TWO.format("3.0.0", "1.2.32"), _TWO.format("3.0.1", "2.7.3")),
    fails=(_TWO.format("3.0.0", "3.5.259"), _TWO.format("3.0.1", "3.7.3")),
    why="Whether the quarter of an hour is billed depends on which of the two is read first.",
    mend="Let one system give a value one verdict, and take back the first when it changes its mind.",
)
