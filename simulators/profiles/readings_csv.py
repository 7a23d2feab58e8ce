"""Real readings out of a CSV, as profiles: every row that is not simply taken over is named."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from itertools import chain
from typing import NamedTuple

from ami.errors import ConfigurationError
from simulators.profiles.grid import Row, RowRemark, profile_of
from simulators.profiles.profile import Profile

EXPECTED = "a CSV whose first row names the columns start,value or meter,start,value (kWh per interval, comma or semicolon)"
HIGHEST_KWH = 100_000
YEARS = range(1970, 2200)


@dataclass(frozen=True, slots=True)
class ReadingsFile:
    """What a file of readings came to. rows: how many there are below the header; kept: how many of them the profiles hold."""

    profiles: tuple[Profile, ...]
    remarks: tuple[RowRemark, ...]
    rows: int
    kept: int


class Columns(NamedTuple):
    """Where a row holds what."""

    delimiter: str
    width: int
    start: int
    value: int
    meter: int | None
    unused: tuple[str, ...]


def parse(lines: Iterable[str], name: str = "readings") -> ReadingsFile:
    """The profiles in the lines of a CSV file, one for each meter that it names.

    name: of the profile, where the file has no column `meter`.
    Raises ConfigurationError where there is no usable row; its text is one line.
    """
    try:
        return _parse(iter(lines), name)
    except UnicodeDecodeError:
        raise ConfigurationError(f"expected {EXPECTED}; found bytes that are no UTF-8 text") from None


def _parse(lines: Iterator[str], name: str) -> ReadingsFile:
    header = next(lines, "")
    columns = _columns(header)
    found_unused = (f"column {unused!r} is none of meter, start, value" for unused in columns.unused)
    remarks = [RowRemark(1, unused, "not used", kept=True, rows=0) for unused in found_unused]
    rows_of: dict[str, list[Row]] = {}
    count = 0
    for number, line in enumerate(lines, 2):
        count += 1
        found = _row(number, line, columns, name)
        if isinstance(found, RowRemark):
            remarks.append(found)
        else:
            meter, row = found
            rows_of.setdefault(meter, []).append(row)
    results = [profile_of(meter, rows) for meter, rows in rows_of.items()]
    remarks.extend(chain.from_iterable(result.remarks for result in results))
    remarks.sort(key=lambda remark: remark.row)
    profiles = tuple(result.profile for result in results if result.profile is not None)
    if not profiles:
        first = f"; {remarks[0]}" if remarks else ""
        raise ConfigurationError(f"expected {EXPECTED}; found no usable row among {count}{first}")
    return ReadingsFile(profiles, tuple(remarks), count, sum(result.kept for result in results))


def _columns(header: str) -> Columns:
    for delimiter in (",", ";"):
        cells = _cells(header.removeprefix("\ufeff"), delimiter) or []
        names = [cell.strip().lower() for cell in cells]
        if all(names.count(wanted) == 1 for wanted in ("start", "value")) and names.count("meter") <= 1:
            return Columns(
                delimiter,
                width=len(names),
                start=names.index("start"),
                value=names.index("value"),
                meter=names.index("meter") if "meter" in names else None,
                unused=tuple(name for name in names if name not in ("meter", "start", "value")),
            )
    raise ConfigurationError(f"expected {EXPECTED}; found {header.strip()[:60]!r} as its first row")


def _cells(line: str, delimiter: str) -> list[str] | None:
    """The cells of one line, or None. Each line is read alone: an open quote must not swallow the rest of the file."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), None)
    except csv.Error:
        return None


def _row(number: int, line: str, columns: Columns, name: str) -> tuple[str, Row] | RowRemark:
    """The meter and the reading of one line, or why there is none."""

    def left_out(found: str) -> RowRemark:
        return RowRemark(number, found, "left out", kept=False)

    if not line.strip():
        return left_out("is empty")
    cells = _cells(line, columns.delimiter)
    if cells is None:
        return left_out("is no row of a CSV")
    if len(cells) != columns.width:
        return left_out(f"has {len(cells)} cells, the header {columns.width}")
    meter = name if columns.meter is None else cells[columns.meter].strip()
    if not meter:
        return left_out("names no meter")
    start = _moment(cells[columns.start])
    if start is None:
        return left_out(f"start {_shown(cells[columns.start])} is no timestamp")
    if start.microsecond:
        return left_out(f"start {_shown(cells[columns.start])} is no whole second")
    kwh = _kwh(cells[columns.value], columns.delimiter)
    if kwh is None:
        return left_out(f"value {_shown(cells[columns.value])} is no number")
    if kwh < 0:
        return left_out(f"value {_shown(cells[columns.value])} is negative")
    if kwh >= HIGHEST_KWH:
        return left_out(f"value {_shown(cells[columns.value])} is more than a register of five digits can count")
    exact = kwh * 1000
    rounded = exact.to_integral_value()
    return meter, Row(number, int(start.timestamp()), int(rounded), rounded != exact)


def _shown(cell: str) -> str:
    return repr(cell[:40])


def _moment(cell: str) -> datetime | None:
    """The moment in a cell, to the microsecond; without an offset it is UTC."""
    try:
        at = datetime.fromisoformat(cell.strip())
    except ValueError:
        return None
    if at.year not in YEARS:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _kwh(cell: str, delimiter: str) -> Decimal | None:
    """The number in a cell; where semicolons part the cells, a comma may be its decimal point."""
    text = cell.strip()
    try:
        kwh = Decimal(text.replace(",", ".") if delimiter == ";" else text)
    except InvalidOperation:
        return None
    return kwh if kwh.is_finite() else None
