"""Validation: has what is known of meters' days judged, segment by segment, and keeps what came of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache

from sqlalchemy import Connection, delete, insert

from ami.quality import POWER_FAIL, QUESTIONABLE
from simulators.mdms import exceptions, store
from simulators.mdms.exceptions import Found
from simulators.mdms.grid import Grid, moment
from simulators.mdms.loading import DAY_S, Known, load, totals
from simulators.mdms.schema import VALIDATED_DAYS
from simulators.mdms.segments import Segment
from simulators.mdms.settling import Settling, measured
from simulators.mdms.store import Channel
from simulators.mdms.vee.estimate import Almanac
from simulators.mdms.vee.like_days import like_before
from simulators.mdms.vee.limits import Limits
from simulators.mdms.vee.power import unpowered
from simulators.mdms.vee.stretch import Stretch
from simulators.mdms.vee.verdict import judge


class Validation:
    """Validation and estimation under one utility's calendar and limits."""

    def __init__(self, grid: Grid, almanac: Almanac, limits: Limits) -> None:
        self._grid = grid
        self._almanac = almanac
        self._limits = limits
        self._like_starts = cache(self._starts_of_like_days)

    def run(self, connection: Connection, wanted: Mapping[Channel, Collection[date]], settled: date, now: int) -> None:
        """Judge the wanted days: those before `settled` also if they have gaps, others only if they are complete."""
        wanted = {channel: days for channel, days in wanted.items() if days}
        if not wanted:
            return
        loaded = list(load(connection, self._grid, wanted, self._limits.register_digits))
        if not loaded:
            return
        first = min(known.segments[0].start for known in loaded) - (self._limits.like_weeks * 7 + 1) * DAY_S
        last = max(known.segments[-1].end for known in loaded)
        known_totals = totals(connection, {known.channel.meter for known in loaded}, first, last)
        settling = Settling(now)
        found: list[Found] = []
        marks = Marks()
        for known in loaded:
            channel = known.channel
            day_totals = known_totals[channel.meter, channel.flow]
            touched = set(wanted[channel])
            for segment, days in self._ready(known, wanted[channel], settled):
                ends = self._grid.ends(segment.start, segment.end, channel.minutes)
                if not ends:
                    continue
                stretch = self._stretch(connection, known, segment, ends, days, day_totals)
                verdict = judge(stretch, self._almanac, self._limits)
                settling.settle(channel, ends, known.history, stretch, verdict)
                touched.update(days)
                found += [
                    Found(channel.meter, channel.flow, check, ends[places[0]] - channel.minutes * 60, ends[places[-1]], text)
                    for check, places, text in verdict.failures
                ]
            for day in sorted(touched):
                marks.mark(channel, self._grid.bounds(day)[0], self._total(known, day), day_totals)
        settling.write(connection)
        marks.write(connection)
        exceptions.note(connection, found, now)

    def _ready(self, known: Known, wanted: Collection[date], settled: date) -> Iterator[tuple[Segment, list[date]]]:
        """What can be judged now: whole segments that registers bind, else the wanted days alone."""
        for segment in known.segments:
            days = self._grid.days(segment.start, segment.end)
            if not any(day in wanted for day in days):
                continue
            ready = [day for day in days if day < settled or self._is_complete(known, segment, day)]
            if segment.advance is not None and len(ready) == len(days):
                yield segment, days
                continue
            for day in ready:
                if day in wanted:
                    start, end = self._grid.bounds(day)
                    whole = (max(start, segment.start), min(end, segment.end))
                    advance = segment.advance if whole == (segment.start, segment.end) else None
                    yield Segment(*whole, advance), [day]

    def _is_complete(self, known: Known, segment: Segment, day: date) -> bool:
        """Whether all intervals of the day in the segment were measured or edited, or had no power."""
        start, end = self._grid.bounds(day)
        ends = self._grid.ends(max(start, segment.start), min(end, segment.end), known.channel.minutes)
        values = [self._given(known, at) for at in ends]
        if None not in values or not ends:
            return True
        dark = unpowered(moment(ends[0] - known.channel.minutes * 60), known.channel.minutes, values, known.outages)
        return all(wh is not None or place in dark for place, wh in enumerate(values))

    @staticmethod
    def _given(known: Known, at: int) -> int | None:
        """What was measured or edited for the interval that ends then."""
        versions = known.history.get(at)
        if not versions:
            return None
        standing = store.current_of(versions)
        if standing is not None and standing.source == store.EDITOR:
            return standing.wh
        raw = measured(versions)
        return None if raw is None else raw.wh

    def _stretch(
        self,
        connection: Connection,
        known: Known,
        segment: Segment,
        ends: Sequence[int],
        days: Sequence[date],
        day_totals: Mapping[int, int],
    ) -> Stretch:
        """A segment as the checks want to see it."""
        channel, history = known.channel, known.history
        step = channel.minutes * 60
        start = ends[0] - step
        values = tuple(self._given(known, at) for at in ends)
        edited: set[int] = set()
        doubted: set[int] = set()
        for place, at in enumerate(ends):
            for version in history.get(at, ()):
                if version.source == store.EDITOR and version.current:
                    edited.add(place)
            raw = measured(history.get(at, ()))
            if raw is not None and raw.doubt:
                doubted.add(place)
        bounds = [self._grid.bounds(day) for day in days]
        before, after = (store.current_of(history.get(at, ())) for at in (start, ends[-1] + step))
        return Stretch(
            start=moment(start),
            minutes=channel.minutes,
            wh=values,
            days=tuple(range(max(0, (first - start) // step), min(len(ends), (beyond - start) // step)) for first, beyond in bounds),
            edited=frozenset(edited),
            doubted=frozenset(doubted),
            unpowered=unpowered(moment(start), channel.minutes, values, known.outages) if known.outages else frozenset(),
            advance=segment.advance,
            before=before.wh if before else None,
            after=after.wh if after else None,
            like_totals=tuple(
                tuple(day_totals[like] for like in self._like_starts(day) if like in day_totals)
                if (first, beyond) == (max(first, start), min(beyond, ends[-1]))
                else ()
                for day, (first, beyond) in zip(days, bounds, strict=True)
            ),
            past=cache(lambda: self._past(connection, channel, start)),
        )

    def _starts_of_like_days(self, day: date) -> tuple[int, ...]:
        like = like_before(day, self._almanac.holidays, self._limits.like_weeks)
        return tuple(self._grid.bounds(one)[0] for one in like)

    def _past(self, connection: Connection, channel: Channel, start: int) -> dict[datetime, int]:
        """What was really measured in the weeks before, by the interval's start."""
        step = channel.minutes * 60
        current = store.currents(connection, channel, start - self._limits.like_weeks * 7 * DAY_S - DAY_S, start)
        return {
            moment(at - step): version.wh
            for at, version in current.items()
            if version.source != store.VEE and not version.doubt and version.quality not in (QUESTIONABLE, POWER_FAIL)
        }

    def _total(self, known: Known, day: date) -> int | None:
        """The day's total, or None while an interval of it is missing or questionable."""
        day_start, day_end = self._grid.bounds(day)
        total, count = 0, 0
        for stay_start, stay_end in known.stays:
            for at in self._grid.ends(max(day_start, stay_start), min(day_end, stay_end), known.channel.minutes):
                standing = store.current_of(known.history.get(at, ()))
                if standing is None or not store.is_billable(standing):
                    return None
                total, count = total + standing.wh, count + 1
        return total if count else None


class Marks:
    """Which days are validated, and with what total: changes, gathered so that they are written at once."""

    def __init__(self) -> None:
        self._outdated: list[tuple[Channel, int]] = []
        self._finished: dict[tuple[Channel, int], int] = {}

    def mark(self, channel: Channel, day_start: int, total: int | None, known: dict[int, int]) -> None:
        """Note what a day came to; None: it is not finished. known: the channel's totals, kept up to date here."""
        if known.get(day_start) == total:
            return
        if known.pop(day_start, None) is not None:
            self._outdated.append((channel, day_start))
        if total is not None:
            known[day_start] = self._finished[channel, day_start] = total

    def write(self, connection: Connection) -> None:
        """Write it down."""
        columns = VALIDATED_DAYS.c
        for channel, day_start in self._outdated:
            of_meter = (columns.meter == channel.meter) & (columns.flow == channel.flow)
            connection.execute(delete(VALIDATED_DAYS).where(of_meter, columns.day_start == day_start))
        rows = [
            {"meter": channel.meter, "flow": channel.flow, "day_start": day_start, "total_wh": total}
            for (channel, day_start), total in self._finished.items()
        ]
        if rows:
            connection.execute(insert(VALIDATED_DAYS), rows)
