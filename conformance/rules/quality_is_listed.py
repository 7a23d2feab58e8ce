"""QU-02: each part of a quality is a number of its own table."""

from collections.abc import Iterator

from ami import codes
from ami.findings import Severity
from conformance.quantities import whole
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A system, a category or an index that the tables do not list."""
    for index, text in enumerate(readings.cells.qualities):
        parts = text.split(".")
        if len(parts) != 3 or not all(part.isdecimal() for part in parts):
            continue
        system, category, number = map(whole, parts)
        if system not in codes.table(codes.QUALITY_TABLES["system"]):
            yield Breach(readings.where_quality(index), f"system {system} in {text!r}")
        elif category not in codes.table(codes.QUALITY_TABLES["category"]):
            yield Breach(readings.where_quality(index), f"category {category} in {text!r}")
        elif (category, number) not in codes.quality_indexes():
            yield Breach(readings.where_quality(index), f"index {number} of category {category} in {text!r}")


_QUALITY = '<ReadingQualities><ReadingQualityType ref="{}"/></ReadingQualities>'

RULE = Rule(
    id="QU-02",
    requires="every part of a ReadingQualityType to be listed in its table",
    source="IEC 61968-9, ReadingQualityType tables",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(_QUALITY.format("3.8.0"), _QUALITY.format("1.2.32")),
    fails=(_QUALITY.format("9.8.0"), _QUALITY.format("3.88.0"), _QUALITY.format("3.8.77")),
    why="A receiver that does not know the quality may bill a value that it should not.",
    mend="Look the three fields up in the tables of Part 9.",
)
