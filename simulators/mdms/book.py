"""The book of readings: pages of intervals and rows of registers, read when they are needed and written at once."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, insert, select, update

from ami.quality import QUESTIONABLE
from simulators.mdms.grid import Grid
from simulators.mdms.page import Channel, History, Page, Plain, Version, Words, current_of
from simulators.mdms.schema import CHANNELS, PAGES, REGISTERS, WORDS

REGISTER: Final = 0

_IS_PAGE: Final = (
    (PAGES.c.meter == bindparam("of_meter"))
    & (PAGES.c.flow == bindparam("of_flow"))
    & (PAGES.c.minutes == bindparam("of_minutes"))
    & (PAGES.c.day_start == bindparam("of_day"))
)
_IS_REGISTER: Final = (
    (REGISTERS.c.meter == bindparam("of_meter"))
    & (REGISTERS.c.flow == bindparam("of_flow"))
    & (REGISTERS.c.at == bindparam("of_at"))
    & (REGISTERS.c.version == bindparam("of_version"))
)


class Book:
    """The readings of one transaction; nothing is in the database before `write`.

    What was not loaded does not exist for it: `load` comes before `versions`, `put` and `page`.
    """

    def __init__(self, connection: Connection, grid: Grid) -> None:
        self.connection = connection
        self.grid = grid
        self._words = Words(connection.scalars(select(WORDS.c.word).order_by(WORDS.c.code)).all())
        self._words_known = len(self._words.words)
        self._pages: defaultdict[Channel, dict[int, Page]] = defaultdict(dict)
        self._registers: dict[Channel, History] = {}
        self._channels: dict[str, list[Channel]] = {}
        self._loaded: list[tuple[frozenset[str], int, int]] = []
        self._last_day = (0, 0)
        self._new: dict[tuple[Channel, int, int], Version] = {}
        self._changed: dict[tuple[Channel, int, int], Version] = {}

    def load(self, meters: Collection[str], first: int, last: int) -> None:
        """Load what the meters have from the local day of `first` to that of `last`, where it is not open already."""
        start, end = self.grid.bounds(self.grid.day(first))[0], self.grid.bounds(self.grid.day(last))[1]
        if any(start >= earlier and end <= later and known.issuperset(meters) for known, earlier, later in self._loaded):
            return
        self._loaded.append((frozenset(meters), start, end))
        pages = select(PAGES).where(PAGES.c.meter.in_(meters), PAGES.c.day_start >= start, PAGES.c.day_start < end)
        for meter, flow, minutes, day_start, content, total_wh in self.connection.execute(pages):
            of_channel = self._pages[Channel(meter, flow, minutes)]
            if day_start not in of_channel:
                of_channel[day_start] = Page(content, total_wh=total_wh)
        self.load_registers(meters, start, end)

    def load_registers(self, meters: Collection[str], first: int, last: int) -> None:
        """Load what the meters' registers showed from `first` to `last`, both included."""
        columns = REGISTERS.c
        looks = select(REGISTERS).where(columns.meter.in_(meters), columns.at.between(first, last))
        for meter, flow, at, *version in self.connection.execute(looks.order_by(columns.meter, columns.at, columns.version)):
            one = Version._make(version)
            versions = self._registers.setdefault(Channel(meter, flow, REGISTER), {}).setdefault(at, [])
            if one.version > len(versions):
                versions.append(one)

    def page(self, channel: Channel, day_start: int) -> Page | None:
        """The page of a local day, if there is one."""
        return self._pages[channel].get(day_start)

    def open_plain(self, channel: Channel, day_start: int, plain: Plain) -> None:
        """Begin the page of a day that has none."""
        self._pages[channel][day_start] = Page(plain=plain)

    def finish(self, channel: Channel, day_start: int, total_wh: int | None) -> None:
        """Note what a validated day came to, or that it is not validated."""
        page = self.page(channel, day_start)
        if page is not None:
            page.set_total(total_wh)

    def _day_of(self, end: int) -> int:
        """The start of the local day of the interval that ends then."""
        start, beyond = self._last_day
        if not start < end <= beyond:
            self._last_day = self.grid.bounds(self.grid.day_ending(end))
        return self._last_day[0]

    def versions(self, channel: Channel, at: int) -> Sequence[Version]:
        """All versions of one value, in the order in which they came."""
        if channel.minutes == REGISTER:
            return self._registers.get(channel, {}).get(at, ())
        page = self.page(channel, self._day_of(at))
        return () if page is None else page.history(self._words).get(at, ())

    def history(self, channel: Channel, day_start: int) -> History:
        """All versions of all intervals of a day."""
        page = self.page(channel, day_start)
        return {} if page is None else page.history(self._words)

    def put(self, channel: Channel, at: int, version: Version) -> None:
        """Write a version: a new one, or another opinion of one that is there. A version's value never changes."""
        if channel.minutes != REGISTER:
            day_start = self._day_of(at)
            page = self._pages[channel].get(day_start)
            if page is None:
                page = self._pages[channel][day_start] = Page()
            page.put(at, version, self._words)
            return
        versions = self._registers.setdefault(channel, {}).setdefault(at, [])
        one = (channel, at, version.version)
        (self._new if version.version > len(versions) or one in self._new else self._changed)[one] = version
        versions[version.version - 1 :] = [version, *versions[version.version :]]

    def currents(self, channel: Channel, first: int, last: int) -> dict[int, Version]:
        """The current value of each moment from `first` to `last`, both included, in order; loads what it needs."""
        self.load({channel.meter}, first - 1, last)
        found = ((at, current_of(versions)) for at, versions in self._moments(channel) if first <= at <= last)
        return dict(sorted((at, version) for at, version in found if version is not None))

    def _moments(self, channel: Channel) -> Iterator[tuple[int, list[Version]]]:
        if channel.minutes == REGISTER:
            yield from self._registers.get(channel, {}).items()
            return
        for page in self._pages[channel].values():
            yield from page.history(self._words).items()

    def meters(self) -> list[str]:
        """All meters of which anything is kept."""
        return sorted({*self.connection.scalars(select(CHANNELS.c.meter)), *self.connection.scalars(select(REGISTERS.c.meter).distinct())})

    def all_currents(self) -> Iterator[tuple[Channel, int, Version]]:
        """The current value of all that is loaded, by channel and moment."""
        for channel in sorted({*self._pages, *self._registers}):
            for at, versions in sorted(self._moments(channel)):
                standing = current_of(versions)
                if standing is not None:
                    yield channel, at, standing

    def looks(self, channel: Channel) -> list[tuple[int, int]]:
        """The loaded readings of a register that nobody doubts, (moment, Wh), in order."""
        currents = ((at, current_of(versions)) for at, versions in self._registers.get(channel, {}).items())
        return sorted((at, one.wh) for at, one in currents if one is not None and not one.doubt)

    def write(self) -> None:
        """Write what has changed."""
        pages = {
            (channel, day_start): page
            for channel, of_channel in self._pages.items()
            for day_start, page in of_channel.items()
            if page.is_changed
        }
        new = [
            {**channel._asdict(), "day_start": day_start, "content": page.content(self._words), "total_wh": page.total_wh}
            for (channel, day_start), page in pages.items()
            if page.is_new
        ]
        changed = [
            {
                "of_meter": channel.meter,
                "of_flow": channel.flow,
                "of_minutes": channel.minutes,
                "of_day": day_start,
                "to_content": page.content(self._words),
                "to_total": page.total_wh,
            }
            for (channel, day_start), page in pages.items()
            if not page.is_new
        ]
        words = [{"code": code, "word": word} for code, word in enumerate(self._words.words) if code >= self._words_known]
        self._execute(insert(WORDS), words)
        self._execute(insert(PAGES), new)
        self._execute(update(PAGES).where(_IS_PAGE).values(content=bindparam("to_content"), total_wh=bindparam("to_total")), changed)
        self._execute(
            insert(REGISTERS),
            [{"meter": one.meter, "flow": one.flow, "at": at, **version._asdict()} for (one, at, _), version in self._new.items()],
        )
        self._execute(
            update(REGISTERS).where(_IS_REGISTER).values(quality=bindparam("to_quality"), current=bindparam("to_current")),
            [
                {
                    "of_meter": channel.meter,
                    "of_flow": channel.flow,
                    "of_at": at,
                    "of_version": number,
                    "to_quality": version.quality,
                    "to_current": version.current,
                }
                for (channel, at, number), version in self._changed.items()
            ],
        )
        self._words_known = len(self._words.words)
        self._new.clear()
        self._changed.clear()
        for page in pages.values():
            page.is_new = page.is_changed = False

    def _execute(self, statement: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.connection.execute(statement, rows)

    def channels(self, meters: Collection[str] | None = None) -> dict[str, list[Channel]]:
        """The interval channels of each of the meters (all, if None), as far as they have delivered."""
        if meters is None:
            self._channels = {}
            self._read_channels(select(CHANNELS))
            return {meter: sorted(self._channels[meter]) for meter in sorted(self._channels)}
        asked = {meter for meter in meters if meter not in self._channels}
        if asked:
            self._channels |= {meter: [] for meter in asked}
            self._read_channels(select(CHANNELS).where(CHANNELS.c.meter.in_(asked)))
        return {meter: sorted(self._channels[meter]) for meter in sorted(meters) if self._channels[meter]}

    def _read_channels(self, query: Select[Any]) -> None:
        for meter, flow, minutes in self.connection.execute(query):
            self._channels.setdefault(meter, []).append(Channel(meter, flow, minutes))

    def open_channels(self, new: Collection[Channel]) -> None:
        """Note channels that delivered for the first time."""
        self._execute(insert(CHANNELS), [channel._asdict() for channel in new])
        for channel in new:
            self._channels.setdefault(channel.meter, []).append(channel)


def is_billable(version: Version) -> bool:
    """Whether the value may be billed: it passed, or it was estimated or edited."""
    return version.quality != QUESTIONABLE and (not version.doubt or not version.is_measured)
