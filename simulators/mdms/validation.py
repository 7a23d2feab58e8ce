"""Validation: has what is known of meters' days judged, segment by segment, and keeps what came of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from ami.quality import POWER_FAIL, QUESTIONABLE
from simulators.mdms import exceptions
from simulators.mdms.book import Book, is_billable
from simulators.mdms.exceptions import Found
from simulators.mdms.grid import Grid, moment
from simulators.mdms.loading import DAY_S, Known, load, totals
from simulators.mdms.page import EDITOR, VEE, Channel, History, current_of
from simulators.mdms.segments import Segment
from simulators.mdms.settling import measured, settle
from simulators.mdms.vee.estimate import Almanac
from simulators.mdms.vee.like_days import like_before
from simulators.mdms.vee.limits import Limits
from simulators.mdms.vee.power import unpowered
from simulators.mdms.vee.stretch import Stretch
from simulators.mdms.vee.verdict import judge


class Given(NamedTuple):
    """What was measured or edited for the places of a segment, None where nothing was."""

    wh: tuple[int | None, ...]
    edited: frozenset[int] = frozenset()
    doubted: frozenset[int] = frozenset()


class Validation:
    """Validation and estimation under one utility's calendar and limits."""

    def __init__(self, grid: Grid, almanac: Almanac, limits: Limits) -> None:
        self._grid = grid
        self._almanac = almanac
        self._limits = limits
        self._like_starts = cache(self._starts_of_like_days)

    def run(self, book: Book, wanted: Mapping[Channel, Collection[date]], settled: date, now: int) -> None:
        """Judge the wanted days: those before `settled` also if they have gaps, others only if they are complete."""
        wanted = {channel: days for channel, days in wanted.items() if days}
        if not wanted:
            return
        loaded = load(book, wanted, self._limits.register_digits)
        like = {start for days in wanted.values() for day in days for start in self._like_starts(day)}
        known_totals = totals(book, {known.channel.meter for known in loaded}, like)
        found: list[Found] = []
        for known in loaded:
            channel = known.channel
            day_totals = known_totals[channel.meter, channel.flow]
            touched = set(wanted[channel])
            for segment, days in self._ready(book, known, wanted[channel], settled):
                ends = self._grid.ends(segment.start, segment.end, channel.minutes)
                if not ends:
                    continue
                stretch = self._stretch(book, known, segment, ends, days, day_totals)
                verdict = judge(stretch, self._almanac, self._limits)
                touched.update(days)
                found += [
                    Found(channel.meter, channel.flow, check, ends[places[0]] - channel.minutes * 60, ends[places[-1]], text)
                    for check, places, text in verdict.failures
                ]
                if verdict.estimates or verdict.questionable or stretch.unpowered or self._plain(book, channel, ends) is None:
                    settle(book, channel, ends, stretch, verdict, now)
            for day in sorted(touched):
                day_start, total = self._grid.bounds(day)[0], self._total(book, known, day)
                book.finish(channel, day_start, total)
                if total is not None:
                    day_totals[day_start] = total
        exceptions.note(book.connection, found, now)

    def _ready(self, book: Book, known: Known, wanted: Collection[date], settled: date) -> Iterator[tuple[Segment, list[date]]]:
        """What can be judged now: whole segments that registers bind, else the wanted days alone."""
        for segment in known.segments:
            days = self._grid.days(segment.start, segment.end)
            if not any(day in wanted for day in days):
                continue
            ready = [day for day in days if day < settled or self._is_complete(book, known, segment, day)]
            if segment.advance is not None and len(ready) == len(days):
                yield segment, days
                continue
            for day in ready:
                if day in wanted:
                    start, end = self._grid.bounds(day)
                    yield Segment(max(start, segment.start), min(end, segment.end), None), [day]

    def _is_complete(self, book: Book, known: Known, segment: Segment, day: date) -> bool:
        """Whether all intervals of the day in the segment were measured or edited, or had no power."""
        start, end = self._grid.bounds(day)
        channel = known.channel
        ends = self._grid.ends(max(start, segment.start), min(end, segment.end), channel.minutes)
        values = self._given(book, channel, ends).wh
        if None not in values or not ends:
            return True
        dark = unpowered(moment(ends[0] - channel.minutes * 60), channel.minutes, values, known.outages)
        return all(wh is not None or place in dark for place, wh in enumerate(values))

    def _plain(self, book: Book, channel: Channel, ends: tuple[int, ...]) -> tuple[int, ...] | None:
        """The values of a day that has just been delivered without anything remarkable, else None."""
        page = book.page(channel, self._grid.bounds(self._grid.day_ending(ends[0]))[0]) if ends else None
        return None if page is None else page.plain_wh(ends)

    def _given(self, book: Book, channel: Channel, ends: tuple[int, ...]) -> Given:
        """What was measured or edited for the intervals that end then."""
        plain = self._plain(book, channel, ends)
        if plain is not None:
            return Given(plain)
        known: History = {}
        for day in self._grid.days(ends[0] - 1, ends[-1]) if ends else ():
            known |= book.history(channel, self._grid.bounds(day)[0])
        if not known:
            return Given((None,) * len(ends))
        values: list[int | None] = []
        edited: set[int] = set()
        doubted: set[int] = set()
        for place, at in enumerate(ends):
            versions = known.get(at, ())
            standing, raw = current_of(versions), measured(versions)
            if standing is not None and standing.source == EDITOR:
                edited.add(place)
                raw = standing
            elif raw is not None and raw.doubt:
                doubted.add(place)
            values.append(None if raw is None else raw.wh)
        return Given(tuple(values), frozenset(edited), frozenset(doubted))

    def _stretch(
        self,
        book: Book,
        known: Known,
        segment: Segment,
        ends: tuple[int, ...],
        days: Sequence[date],
        day_totals: Mapping[int, int],
    ) -> Stretch:
        """A segment as the checks want to see it."""
        channel = known.channel
        step = channel.minutes * 60
        start = ends[0] - step
        given = self._given(book, channel, ends)
        bounds = [self._grid.bounds(day) for day in days]

        def adjoining() -> tuple[int | None, int | None]:
            book.load({channel.meter}, start - 1, ends[-1] + step)
            before, after = (current_of(book.versions(channel, at)) for at in (start, ends[-1] + step))
            return before.wh if before else None, after.wh if after else None

        return Stretch(
            start=moment(start),
            minutes=channel.minutes,
            wh=given.wh,
            days=tuple(range(max(0, (first - start) // step), min(len(ends), (beyond - start) // step)) for first, beyond in bounds),
            edited=given.edited,
            doubted=given.doubted,
            unpowered=unpowered(moment(start), channel.minutes, given.wh, known.outages) if known.outages else frozenset(),
            advance=segment.advance,
            like_totals=tuple(
                tuple(day_totals[like] for like in self._like_starts(day) if like in day_totals)
                if start <= first and beyond <= ends[-1]
                else ()
                for day, (first, beyond) in zip(days, bounds, strict=True)
            ),
            adjoining=cache(adjoining),
            past=cache(lambda: self._past(book, channel, start)),
        )

    def _starts_of_like_days(self, day: date) -> tuple[int, ...]:
        like = like_before(day, self._almanac.holidays, self._limits.like_weeks)
        return tuple(self._grid.bounds(one)[0] for one in like)[: self._limits.like_totals]

    def _past(self, book: Book, channel: Channel, start: int) -> dict[datetime, int]:
        """What was really measured in the weeks before, by the interval's start."""
        step = channel.minutes * 60
        current = book.currents(channel, start - (self._limits.like_weeks * 7 + 1) * DAY_S, start)
        return {
            moment(at - step): version.wh
            for at, version in current.items()
            if version.source != VEE and not version.doubt and version.quality not in (QUESTIONABLE, POWER_FAIL)
        }

    def _total(self, book: Book, known: Known, day: date) -> int | None:
        """The day's total, or None while an interval of it is missing or questionable."""
        day_start, day_end = self._grid.bounds(day)
        total, count = 0, 0
        for stay_start, stay_end in known.stays:
            ends = self._grid.ends(max(day_start, stay_start), min(day_end, stay_end), known.channel.minutes)
            plain = self._plain(book, known.channel, ends)
            if plain is not None:
                total, count = total + sum(plain), count + len(plain)
                continue
            for at in ends:
                standing = current_of(book.versions(known.channel, at))
                if standing is None or not is_billable(standing):
                    return None
                total, count = total + standing.wh, count + 1
        return total if count else None
