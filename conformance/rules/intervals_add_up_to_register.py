"""MR-18: what a register counted in a span is the sum of its intervals."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ami.findings import Severity
from ami.quality import EDITED_CATEGORY, ESTIMATED_CATEGORY
from ami.reading_type import DELTA, ReadingType
from conformance.moments import Integers
from conformance.quantities import MICRO, MICRO_DIGITS
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns
from conformance.views.registers import RegisterPairs, register_pairs

_COUNTED_OTHERWISE: Final = frozenset({EDITED_CATEGORY, ESTIMATED_CATEGORY})
_LARGEST: Final = 10**14
_MOST: Final = 2**62
_FACES: Final = tuple(10**digits * MICRO for digits in range(1, 13))


class _Scale(NamedTuple):
    """How many of the smallest unit one of the register is, and one of its intervals; for each pair, where they differ anywhere."""

    register: NDArray[np.float64] | float
    interval: NDArray[np.float64] | float

    def at(self, place: int) -> tuple[float, float]:
        """Both of one pair."""
        register, interval = np.atleast_1d(self.register), np.atleast_1d(self.interval)
        return float(register[place % len(register)]), float(interval[place % len(interval)])


class _Sums(NamedTuple):
    """Running sums over intervals in the order of series and moment; `value` and `doubtful` are one longer than the rows.

    key: series * reach + moment, in microseconds since `earliest`.
    """

    rows: NDArray[np.intp]
    key: Integers
    value: Integers | NDArray[np.float64]
    doubtful: Integers | None
    earliest: int
    reach: int


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """Two readings of a register whose difference is not the sum of all intervals between them."""
    pairs = register_pairs(readings)
    numbers = _numbers(readings.parsed_types)
    if not len(pairs.before) or (numbers < 0).all():
        return
    scales = _scales(readings.parsed_types, numbers)
    sums = _sums(readings, numbers, scales)
    if sums is None:
        return
    told: set[int] = set()
    for quantities in _alike(readings.parsed_types, numbers):
        for row, found in _differences(readings, pairs, sums, quantities, scales):
            if row not in told:
                yield readings.breach(row, "value", found)
            told.add(row)


def _differences(
    readings: ReadingColumns, pairs: RegisterPairs, sums: _Sums, quantities: Integers, scales: NDArray[np.float64] | None
) -> Iterator[tuple[int, str]]:
    """Each pair whose intervals are all there and add up to something else. quantities: which intervals, for each type of a register."""
    kind = quantities[readings.cells.type_index[pairs.before]]
    series = readings.meter_index[readings.cells.member[pairs.before]].astype(np.int64) * len(quantities) + kind
    start, end = readings.at[pairs.before] - sums.earliest, readings.at[pairs.after] - sums.earliest
    low = np.searchsorted(sums.key, series * sums.reach + np.clip(start, -1, sums.reach - 1), side="right")
    high = np.searchsorted(sums.key, series * sums.reach + np.clip(end, -1, sums.reach - 1), side="right")
    count = high - low
    first = sums.rows[np.minimum(low, len(sums.rows) - 1)]
    is_whole = (kind >= 0) & (count > 0) & (count * readings.spacing.interval_period[first] == end - start)
    if sums.doubtful is not None:
        is_whole &= sums.doubtful[high] == sums.doubtful[low]
    if readings.cells.qualities:
        is_doubtful = readings.has_quality(_COUNTED_OTHERWISE)
        is_whole &= ~(is_doubtful[pairs.before] | is_doubtful[pairs.after])
    counted: NDArray[Any] = readings.micro[pairs.after] - readings.micro[pairs.before]
    scale = _Scale(1.0, 1.0)
    if scales is not None:
        scale = _Scale(scales[readings.cells.type_index[pairs.before]], scales[readings.cells.type_index[first]])
        counted = counted * scale.register
    tolerance = _tolerance(readings, count, scale)
    off = np.abs(sums.value[high] - sums.value[low] - counted) > tolerance
    for place in np.flatnonzero(is_whole & off).tolist():
        total, moved = sums.value[high[place]] - sums.value[low[place]], counted[place]
        of_register, of_interval = scale.at(place)
        if moved < 0 and any(abs(total - moved - face * of_register) <= tolerance[place] for face in _FACES):
            continue
        row, interval = int(pairs.after[place]), int(first[place])
        summed, shown = _units(total / of_interval), _units(moved / of_register)
        if of_register != of_interval:
            summed, shown = f"{summed} under {readings.type_text(interval)}", f"{shown} under {readings.type_text(row)}"
        yield row, f"{summed} in {count[place]} intervals, {shown} on the register of meter {readings.meter(row)!r}"


def _numbers(types: tuple[ReadingType | None, ...]) -> Integers:
    """For each type of intervals a number that is the same for one quantity under one multiplier; -1 for all else."""
    numbers: dict[ReadingType, int] = {}
    is_delta = (each is not None and each.accumulation == DELTA for each in types)
    found = [numbers.setdefault(_what(each), len(numbers)) if delta and each else -1 for each, delta in zip(types, is_delta, strict=True)]
    return np.array(found, np.int64)


def _alike(types: tuple[ReadingType | None, ...], numbers: Integers) -> Iterator[Integers]:
    """For each type the number of intervals of its quantity, under one multiplier after the other; -1 where there are no more."""
    scaled: dict[ReadingType, list[int]] = {}
    for each, number in zip(types, numbers.tolist(), strict=True):
        if each is not None and number >= 0:
            known = scaled.setdefault(_quantity(each), [])
            known += [number] if number not in known else []
    alike = [scaled.get(_quantity(each), []) if each is not None else [] for each in types]
    for turn in range(max(map(len, scaled.values()), default=0)):
        yield np.array([found[turn] if turn < len(found) else -1 for found in alike], np.int64)


def _what(reading_type: ReadingType) -> ReadingType:
    return reading_type._replace(macro_period=0, aggregate=0, measuring_period=0, accumulation=0)


def _quantity(reading_type: ReadingType) -> ReadingType:
    """What is counted, whatever the multiplier; one that cannot be meant stays as it is."""
    what = _what(reading_type)
    return what._replace(multiplier=0) if abs(what.multiplier) <= MICRO_DIGITS else what


def _scales(types: tuple[ReadingType | None, ...], numbers: Integers) -> NDArray[np.float64] | None:
    """How many of the smallest unit one of each type is; None where all types of a quantity that has intervals have the same."""
    whats = {_quantity(each) for each, number in zip(types, numbers.tolist(), strict=True) if each and number >= 0}
    alike = [each for each in types if each is not None and _quantity(each) in whats]
    multipliers = {each.multiplier for each in alike if abs(each.multiplier) <= MICRO_DIGITS}
    if len(multipliers) <= 1:
        return None
    least = min(multipliers)
    return np.array([10.0 ** (each.multiplier - least) if each is not None and each in alike else 1.0 for each in types])


def _sums(readings: ReadingColumns, numbers: Integers, scales: NDArray[np.float64] | None) -> _Sums | None:
    """The running sums of all intervals that have a length; None where there is nothing to add, or too much to be true."""
    count, taken = readings.interval_count, readings.cells
    is_delta = np.array([each is not None and each.accumulation == DELTA for each in readings.parsed_types], np.bool_)
    is_added = is_delta & (readings.spacing.period_of_type > 0)
    rows = np.flatnonzero(is_added[taken.type_index[:count]] & readings.moments.known[:count])
    if not len(rows):
        return None
    at, micro = readings.at[rows], readings.micro[rows]
    series = (readings.meter_index[taken.block_member].astype(np.int64) * len(numbers) + numbers[taken.block_type])[taken.block[rows]]
    earliest = int(at.min())
    reach = int(at.max()) - earliest + 1
    if max(int(micro.max()), -int(micro.min())) > _LARGEST or (int(series.max()) + 1) * reach > _MOST:
        return None
    key = series * reach + (at - earliest)
    if not (key[1:] >= key[:-1]).all():
        order = np.argsort(key, kind="stable")
        rows, key, micro = rows[order], key[order], micro[order]
    if scales is None:
        return _Sums(rows, key, _running(micro), _doubts(readings, rows), earliest, reach)
    scaled = np.concatenate((np.zeros(1), np.cumsum(micro * scales[taken.type_index[rows]])))
    return _Sums(rows, key, scaled, _doubts(readings, rows), earliest, reach)


def _running(column: Integers) -> Integers:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(column)))


def _doubts(readings: ReadingColumns, rows: NDArray[np.intp]) -> Integers | None:
    """The running count of intervals that were edited or estimated, or have no value; None where there is none."""
    doubtful = ~readings.quantities.known
    if readings.cells.qualities:
        doubtful |= readings.has_quality(_COUNTED_OTHERWISE)
    return _running(doubtful[rows].astype(np.int64)) if doubtful.any() else None


def _tolerance(readings: ReadingColumns, count: Integers, scale: _Scale) -> NDArray[np.float64]:
    """What rounding may make of it: one last place of the register, and half a last place of each interval."""
    places, first = readings.quantities.places, readings.interval_count
    register, interval = (10.0 ** (MICRO_DIGITS - int(column.max())) for column in (places[first:], places[:first]))
    return register * scale.register + count * (interval * scale.interval) / 2


def _units(micro: float) -> str:
    return f"{micro / MICRO:g}"


_AT = "<IntervalReadings><timeStamp>2026-03-01T00:{}:00Z</timeStamp><value>{}</value></IntervalReadings>"
_REGISTER = (
    "<Readings><timeStamp>2026-03-01T00:{}:00Z</timeStamp><value>{}</value>"
    '<ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></Readings>'
)
_IN_WH = '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.0.72.0"/>'
_INTERVALS = _AT.format(15, "0.250") + _AT.format(30, "0.300")

RULE = Rule(
    id="MR-18",
    requires="intervals to add up to what the register counted meanwhile",
    source="IEC 61968-9, MeterReading.IntervalBlocks and MeterReading.Readings",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(
        _INTERVALS + _REGISTER.format("00", "100.000") + _REGISTER.format(30, "100.550"),
        _INTERVALS + _REGISTER.format("00", "99999.900") + _REGISTER.format(30, "0.450"),
        _INTERVALS + _REGISTER.format("00", "100.000") + _REGISTER.format(45, "101.550"),
        _INTERVALS + _REGISTER.format("00", "100") + _REGISTER.format(30, "101"),
        _AT.format(15, 250) + _AT.format(30, 300) + _IN_WH + _REGISTER.format("00", "100.000") + _REGISTER.format(30, "100.550"),
    ),
    fails=(
        _INTERVALS + _REGISTER.format("00", "100.000") + _REGISTER.format(30, "100.650"),
        _AT.format(15, "0.350") + _AT.format(30, "0.300") + _REGISTER.format("00", "100.000") + _REGISTER.format(30, "100.550"),
        _AT.format(15, "0.250") + _AT.format(30, 300) + _IN_WH + _REGISTER.format("00", "100.000") + _REGISTER.format(30, "100.550"),
    ),
    why="Either the hours or the total on the bill are wrong, and the customer can read it off the meter.",
    mend="Look for an interval that was changed on the way, and for a multiplier that one of the two has and the other has not.",
)
