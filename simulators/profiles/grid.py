"""One meter's rows laid on a grid of intervals: what does not fit is named, what is missing is filled."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import NamedTuple

from simulators.profiles.profile import DAY_S, INTERVAL_MINUTES, Profile

LONGEST_GAP_S = 366 * DAY_S


class RowRemark(NamedTuple):
    """One thing to know about a row. row: counted as in the file, the header is 1; kept: whether its value is in a profile.

    rows: how many rows the remark is about (0: what is not there at all).
    """

    row: int
    found: str
    done: str
    kept: bool
    rows: int = 1

    def __str__(self) -> str:
        return f"row {self.row}: {self.found}; {self.done}"


class Row(NamedTuple):
    """One usable row. start_s: in seconds of the epoch; rounded: whether its value had more digits than a Wh."""

    number: int
    start_s: int
    wh: int
    rounded: bool


class Gridded(NamedTuple):
    """What one meter's rows came to. kept: how many of them the profile holds."""

    profile: Profile | None
    remarks: tuple[RowRemark, ...]
    kept: int


def profile_of(meter: str, rows: Sequence[Row]) -> Gridded:
    """The profile in the rows of one meter, given in the order of the file."""
    remarks: list[RowRemark] = []
    distinct = sorted(_first_of_each(rows, remarks), key=lambda row: row.start_s)
    minutes = _commonest_spacing(distinct)
    if minutes is None:
        remarks.append(_left_out(distinct, f"the rows of {meter!r} are not 15, 30 or 60 minutes apart"))
        return Gridded(None, tuple(remarks), 0)
    step_s = minutes * 60
    fitting = list(_largest_run(_on_grid(distinct, minutes, remarks), remarks))
    if not fitting:
        return Gridded(None, tuple(remarks), 0)
    wh = _filled(fitting, step_s, remarks)
    rounded = [row.number for row in fitting if row.rounded]
    if rounded:
        found = f"{len(rounded)} values of {meter!r} have digits below the watt-hour, this is the first"
        remarks.append(RowRemark(min(rounded), found, "rounded", kept=True, rows=len(rounded)))
    return Gridded(Profile(meter, minutes, _moment(fitting[0].start_s), wh), tuple(remarks), len(fitting))


def _first_of_each(rows: Iterable[Row], remarks: list[RowRemark]) -> Iterator[Row]:
    """The rows without those that repeat a timestamp; those out of order are named and kept."""
    row_of: dict[int, int] = {}
    latest_s: int | None = None
    for row in rows:
        if row.start_s in row_of:
            found = f"start {_shown(row.start_s)} stands in row {row_of[row.start_s]} already"
            remarks.append(RowRemark(row.number, found, "left out", kept=False))
            continue
        if latest_s is not None and row.start_s < latest_s:
            found = f"start {_shown(row.start_s)} is out of order"
            remarks.append(RowRemark(row.number, found, "taken to its place", kept=True))
        row_of[row.start_s] = row.number
        latest_s = row.start_s if latest_s is None else max(latest_s, row.start_s)
        yield row


def _commonest_spacing(rows: Sequence[Row]) -> int | None:
    """The minutes that most often lie between two rows, if meters store intervals of that length; of equals the shortest."""
    spacings = Counter(later.start_s - earlier.start_s for earlier, later in pairwise(rows))
    commonest_s = min(spacings, key=lambda spacing_s: (-spacings[spacing_s], spacing_s), default=0)
    return next((minutes for minutes in INTERVAL_MINUTES if minutes * 60 == commonest_s), None)


def _on_grid(rows: Iterable[Row], minutes: int, remarks: list[RowRemark]) -> Iterator[Row]:
    for row in rows:
        if row.start_s % (minutes * 60):
            found = f"start {_shown(row.start_s)} is off the grid of {minutes} minutes"
            remarks.append(RowRemark(row.number, found, "left out", kept=False))
        else:
            yield row


def _largest_run(rows: Iterable[Row], remarks: list[RowRemark]) -> Sequence[Row]:
    """The most rows that stand within a year of each other: a mistyped year must not be filled up with invented days."""
    runs: list[list[Row]] = []
    for row in rows:
        if runs and row.start_s - runs[-1][-1].start_s <= LONGEST_GAP_S:
            runs[-1].append(row)
        else:
            runs.append([row])
    largest: list[Row] = max(runs, key=len, default=[])
    remarks.extend(_left_out(run, "stands more than a year away from most others") for run in runs if run is not largest)
    return largest


def _filled(rows: Sequence[Row], step_s: int, remarks: list[RowRemark]) -> tuple[int, ...]:
    """Wh of every interval from the first row on, up to whole days; one remark for each gap."""
    per_day = DAY_S // step_s
    first_s = rows[0].start_s
    known = {(row.start_s - first_s) // step_s: row for row in rows}
    length = -(-(max(known) + 1) // per_day) * per_day
    wh = [known[index].wh if index in known else 0 for index in range(length)]
    index = 0
    while index < length:
        if index in known:
            index += 1
            continue
        gap_start = index
        ways: dict[str, None] = {}
        while index < length and index not in known:
            wh[index], way = _stand_in(wh, index, per_day, known)
            ways[way] = None
            index += 1
        row = known[index].number if index < length else known[gap_start - 1].number
        missing = "1 reading is" if index - gap_start == 1 else f"{index - gap_start} readings are"
        found = f"{missing} missing from {_shown(first_s + gap_start * step_s)} on"
        remarks.append(RowRemark(row, found, f"filled with {' and '.join(ways)}", kept=True, rows=0))
    return tuple(wh)


def _stand_in(wh: Sequence[int], index: int, per_day: int, known: dict[int, Row]) -> tuple[int, str]:
    """What fills a missing interval, and the words for it; the days before it are filled already."""
    if index >= per_day:
        return wh[index - per_day], "the same time of the day before"
    later = next((ahead for ahead in range(index + per_day, len(wh), per_day) if ahead in known), None)
    if later is not None:
        return wh[later], "the same time of a later day"
    return wh[index - 1], "the reading before"


def _left_out(rows: Sequence[Row], found: str) -> RowRemark:
    """One remark on rows that are left out together."""
    first = min(row.number for row in rows)
    which = "" if len(rows) == 1 else f" ({len(rows)} rows, this is the first)"
    return RowRemark(first, found + which, "left out", kept=False, rows=len(rows))


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def _shown(second: int) -> str:
    return f"{_moment(second):%Y-%m-%dT%H:%MZ}"
