"""The readings of a message as columns: a rule asks numpy once instead of visiting ten thousand elements."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from ami.findings import Where
from ami.messages import Span
from ami.reading_type import ReadingType
from conformance.moments import EPOCH, MICROSECONDS, Flags, Integers, MomentColumn, as_datetime, moments
from conformance.quantities import QuantityColumn, decimal, quantities
from conformance.rule import Breach
from conformance.views.cells import Indexes, Member, ReadingCells
from conformance.views.delivered import Delivered
from conformance.views.marks import category, rows_with
from conformance.views.offsets import Offsets, offsets
from conformance.views.singles import Pairs, said_twice
from conformance.views.spacing import Spacing
from conformance.views.spans import Periods, Spans, covered, named_by_beginning, periods

Rows = NDArray[np.intp]


class ReadingColumns:
    """All readings of one message. Rows up to `interval_count` are intervals, block by block; the rest are single readings.

    Moments are microseconds since 1970 UTC, values millionths of their unit. Columns that only some rules need are made when
    the first of them asks. said_at: its Header.Timestamp, where that names its offset. verb: of MeterReadings, what the header says
    is done with them; elsewhere it is done with something else.
    """

    def __init__(self, taken: ReadingCells, said_at: datetime | None = None, verb: str = "") -> None:
        self.cells = taken
        self.interval_count = taken.interval_count
        self.types = taken.types
        self.said_at = said_at
        self.verb = verb

    def __len__(self) -> int:
        return len(self.cells.member)

    @property
    def members(self) -> tuple[Member, ...]:
        """The MeterReading elements."""
        return self.cells.members

    @cached_property
    def made_at(self) -> Integers | None:
        """When the message of each row was made, in microseconds; None where it does not say."""
        if self.said_at is None:
            return None
        return np.full(len(self), round((self.said_at - EPOCH).total_seconds()) * MICROSECONDS, np.int64)

    def made(self, row: int) -> datetime:
        """When the message of a row was made, where `made_at` is known."""
        return self.said_at or as_datetime(self.made_at[row] if self.made_at is not None else 0)

    @cached_property
    def moments(self) -> MomentColumn:
        """The timeStamp of each row."""
        return moments(self.cells.stamps)

    @cached_property
    def has_stamp(self) -> Flags:
        """Whether a row has a timeStamp with anything in it."""
        has_text: Flags = self.cells.stamps != b""
        return self.moments.known | has_text

    @property
    def at(self) -> Integers:
        """When, in microseconds; for an interval, when it ended."""
        return self.moments.at

    @cached_property
    def quantities(self) -> QuantityColumn:
        """The value of each row."""
        return quantities(self.cells.values)

    @property
    def micro(self) -> Integers:
        """The value in millionths."""
        return self.quantities.micro

    @cached_property
    def parsed_types(self) -> tuple[ReadingType | None, ...]:
        """Each of `types`, where it is eighteen whole numbers."""
        return tuple(map(parsed_type, self.types))

    @cached_property
    def spacing(self) -> Spacing:
        """How the intervals follow one another."""
        return Spacing(self.cells, self.moments, self.parsed_types)

    @cached_property
    def spans(self) -> Spans:
        """What each member claims to cover."""
        return covered(self.cells)

    @cached_property
    def named_by_beginning(self) -> Flags:
        """Of each block whether its intervals are named by their beginnings."""
        return named_by_beginning(self.cells, self.spans, self.spacing)

    @cached_property
    def meter_index(self) -> Indexes:
        """For each member a number that is the same for the same meter; members without a meter are each their own."""
        numbers: dict[str, int] = {}
        return np.array(
            [numbers.setdefault(member.meter or f"\0{place}", len(numbers)) for place, member in enumerate(self.members)], np.int32
        )

    def types_where(self, asked: Callable[[ReadingType], bool]) -> Flags:
        """For each of `types` whether it is eighteen numbers of which `asked` is true."""
        return np.array([each is not None and asked(each) for each in self.parsed_types], np.bool_)

    def rows_of(self, types: Flags) -> Rows:
        """The rows of some types. types: a flag for each of `types`; nothing is looked at where none is set."""
        return np.flatnonzero(types[self.cells.type_index]) if types.any() else np.zeros(0, np.intp)

    @cached_property
    def offsets(self) -> Offsets | None:
        """What the timestamps say after their seconds; None where all are in UTC, written Z."""
        return offsets(self.cells.stamps)

    @cached_property
    def named_periods(self) -> Periods:
        """The spans that readings name for themselves."""
        return periods(self.cells)

    @cached_property
    def said_twice(self) -> Pairs:
        """Single readings of one meter, type and moment, each with the next such one."""
        return said_twice(self.cells, self.at, self.moments.known & self.quantities.known, self.meter_index)

    def meters_with_readings(self, types: Collection[str] = ()) -> set[str]:
        """The meters that the message holds any reading of, by all their names. types: of any of these, where there are some."""
        wanted = [index for index, text in enumerate(self.types) if text in types]
        member = self.cells.member[np.isin(self.cells.type_index, wanted)] if types else self.cells.member
        held = [self.members[each] for each in set(member.tolist())]
        return {each.meter for each in held}.union(*(each.also for each in held))

    def has_quality(self, categories: frozenset[int]) -> Flags:
        """Whether a row carries a quality of one of these categories."""
        return rows_with(self.cells, lambda text: category(text) in categories)

    def is_marked(self, mark: str) -> Flags:
        """Whether a row carries a quality of any system with this category and index. mark: such as `4.8`."""
        return rows_with(self.cells, lambda text: text.partition(".")[2] == mark)

    def type_text(self, row: int) -> str:
        """The reading type of a row as the message writes it."""
        return self.types[int(self.cells.type_index[row])]

    def meter(self, row: int) -> str:
        """What the meter of a row is called; empty where the message does not say."""
        return self.members[int(self.cells.member[row])].meter

    def stamp(self, row: int) -> str:
        """The timeStamp of a row as the message writes it."""
        return _text(self.cells.stamps[row])

    def value(self, row: int) -> str:
        """The value of a row as the message writes it."""
        return _text(self.cells.values[row])

    def where(self, row: int, part: str = "") -> Where:
        """The place of a row, or of one of its parts."""
        taken = self.cells
        if row < self.interval_count:
            block = int(taken.block[row])
            own = f"{self._path_of_block(block)}/IntervalReadings[{row - int(taken.block_first[block]) + 1}]"
        else:
            member = int(taken.member[row])
            first = self.interval_count + int(np.searchsorted(taken.member[self.interval_count :], member))
            own = f"{self.members[member].path}/Readings[{row - first + 1}]"
        return Where(f"{own}/{part}" if part else own, taken.line_of(row, part))

    def where_block(self, block: int) -> Where:
        """The place of an interval block."""
        return Where(self._path_of_block(block), self.cells.block_line(block))

    def where_member(self, member: int, part: str = "") -> Where:
        """The place of a MeterReading, or of one of its parts. Where it stands inside its meter, that is around it."""
        path = self.members[member].path
        if part == "Meter" and self.is_inside_its_meter(member):
            return Where(path.rpartition("/")[0], self.cells.member_line(member))
        return Where(f"{path}/{part}" if part else path, self.cells.member_line(member))

    def is_inside_its_meter(self, member: int) -> bool:
        """Whether the readings stand in the Meter that they are of, as in a MeterServiceWork, where several of them may."""
        return self.members[member].path.rpartition("/")[2].startswith("MeterReadings")

    def _path_of_block(self, block: int) -> str:
        member = int(self.cells.block_member[block])
        number = block - int(np.searchsorted(self.cells.block_member, member)) + 1
        return f"{self.members[member].path}/IntervalBlocks[{number}]"

    def where_type(self, index: int) -> Where:
        """The first place that names a reading type. index: into `types`."""
        rows = np.flatnonzero(self.cells.type_index == index)
        if not len(rows):
            return self.where_block(int(np.flatnonzero(self.cells.block_type == index)[0]))
        row = int(rows[0])
        place = self.where(row) if row >= self.interval_count else self.where_block(int(self.cells.block[row]))
        return Where(f"{place.path}/ReadingType", place.line)

    def where_quality(self, index: int) -> Where:
        """The first reading that carries a quality. index: into `cells.qualities`."""
        row = self.cells.quality_row[np.flatnonzero(self.cells.quality_index == index)[0]]
        return self.where(int(row), "ReadingQualities/ReadingQualityType")

    def breach(self, row: int, part: str, found: str = "") -> Breach:
        """A breach at a part of a row. found: where it is more than the text of the part."""
        text = self.stamp(row) if part == "timeStamp" else self.value(row) if part == "value" else self.type_text(row)
        return Breach(self.where(row, part), found or repr(text))

    def delivered(self) -> Iterator[Delivered]:
        """Every value that has a number and a moment, intervals first."""
        taken = self.cells
        qualities: dict[int, list[str]] = {}
        for row, index in zip(taken.quality_row.tolist(), taken.quality_index.tolist(), strict=True):
            qualities.setdefault(row, []).append(taken.qualities[index])
        periods = dict(zip(taken.period_row.tolist(), self.periods(), strict=True))
        for row in np.flatnonzero(self.moments.known).tolist():
            value = decimal(self.value(row))
            if value is not None:
                yield Delivered(
                    self.meter(row),
                    self.type_text(row),
                    as_datetime(self.at[row]),
                    value,
                    tuple(qualities.get(row, ())),
                    periods.get(row),
                    taken.line_of(row, "value"),
                )

    def periods(self) -> list[Span | None]:
        """The period that each of the rows in `cells.period_row` names for itself."""
        spans = self.named_periods
        return [
            Span(as_datetime(start), as_datetime(end)) if known else None
            for start, end, known in zip(spans.start, spans.end, spans.known, strict=True)
        ]


@lru_cache(maxsize=1024)
def parsed_type(text: str) -> ReadingType | None:
    """The reading type that a text writes; None where it is not eighteen whole numbers."""
    try:
        return ReadingType.parse(text)
    except ValueError:
        return None


def _text(cell: bytes) -> str:
    return str(cell, "utf-8", "replace").strip()
