"""RT-02: each field of a reading type is a number of its own table."""

from collections.abc import Iterator
from typing import Final

from ami import codes
from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns

TABLES: Final = {field: name for field, name in codes.READING_TYPE_TABLES.items() if field != "currency"}
"""Field -> its table. Of currencies only the usual ones are known."""

_COUNTED: Final = ("tou", "cpp", "consumption_tier")


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A field whose number its table does not list, or a count below zero."""
    for index, reading_type in enumerate(readings.parsed_types):
        if reading_type is None:
            continue
        for field, table in TABLES.items():
            number = getattr(reading_type, field)
            if number not in codes.table(table):
                yield Breach(readings.where_type(index), f"{field} {number} in {readings.types[index]!r}")
        for field in _COUNTED:
            if getattr(reading_type, field) < 0:
                yield Breach(readings.where_type(index), f"{field} {getattr(reading_type, field)} in {readings.types[index]!r}")


RULE = Rule(
    id="RT-02",
    requires="every field of a ReadingType to be listed in its table",
    source="IEC 61968-9, Annex C, ReadingType tables",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=('<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>',),
    fails=(
        '<ReadingType ref="0.0.2.4.99.1.12.0.0.0.0.0.0.0.0.3.72.0"/>',
        '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.4.72.0"/>',
        '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.-1.0.0.0.3.72.0"/>',
    ),
    why="A receiver that does not know the code sets the readings aside.",
    mend="Look the field up in Annex C; a code of your own has no place there.",
)
