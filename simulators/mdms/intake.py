"""Intake: delivered MeterReadings become versions in the book; what nobody can place yet is set aside, never dropped."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import delete, insert, select

from ami import reply_codes
from ami.messages import MeterReading, MeterReadings, ReplyError, Series
from simulators.mdms import exceptions, linkage, reading_types
from simulators.mdms.book import REGISTER, Book
from simulators.mdms.delivery import Delivery, Mark, settle_rivals, take
from simulators.mdms.exceptions import Found
from simulators.mdms.grid import Grid
from simulators.mdms.page import Channel
from simulators.mdms.reading_types import Billed, Interval
from simulators.mdms.schema import SET_ASIDE
from simulators.mdms.telling import Telling, UnusableError, together, told

Wanted = dict[Channel, set[date]]


class Outcome(NamedTuple):
    """What became of a message: errors for its reply, and the days that have to be looked at again."""

    errors: list[ReplyError]
    touched: Wanted


def error(code: str, reason: str, meter: str) -> ReplyError:
    """What a reply says about a meter."""
    return ReplyError(code, "FATAL", reason, meter, "Meter")


class Intake:
    """The way in for readings."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid

    def accept(self, book: Book, payload: MeterReadings, message_id: str, source: str, now: int) -> Outcome:
        """Take what a message delivers. source: the system that sent it."""
        meters = dict.fromkeys(reading.meter for reading in payload.meter_readings)
        known = linkage.linked(book.connection, meters)
        reason = "the meter is linked to no usage point; its readings are set aside"
        errors = [error(reply_codes.INVALID_METER, reason, meter) for meter in meters if meter not in known]
        lengths = self._lengths(book, known)
        tellings: dict[Channel, Telling] = {}
        last: dict[int, Telling] = {}
        for reading in payload.meter_readings:
            for series in (*reading.intervals, *reading.readings):
                try:
                    channel, telling = self._series(reading, series, lengths, last)
                except UnusableError as unusable:
                    errors.append(error(unusable.code, str(unusable), reading.meter))
                else:
                    tellings[channel] = together(tellings[channel], telling) if channel in tellings else telling
        aside = {channel: tellings.pop(channel) for channel in list(tellings) if channel.meter not in known}
        rows = [
            {
                **channel._asdict(),
                **telling.marks.get(place, Mark())._asdict(),
                "at": at,
                "wh": wh,
                "message_id": message_id,
                "source": source,
                "received_at": now,
            }
            for channel, telling in aside.items()
            for place, (at, wh) in enumerate(zip(telling.moments, telling.wh, strict=True))
        ]
        if rows:
            book.connection.execute(insert(SET_ASIDE), rows)
        return Outcome(errors, self._keep(book, tellings, source, now))

    def _series(
        self, reading: MeterReading, series: Series, lengths: dict[tuple[str, int], int], last: dict[int, Telling]
    ) -> tuple[Channel, Telling]:
        """The channel of a series and what it tells. last: the latest telling of each length. Raises UnusableError."""
        asked = reading_types.known(series.reading_type)
        if asked is None or isinstance(asked, Billed):
            raise UnusableError(reply_codes.INVALID_READING_TYPE, f"reading type {series.reading_type} is not kept here")
        minutes = REGISTER
        if isinstance(asked, Interval):
            minutes = asked.minutes
            usual = lengths.setdefault((reading.meter, asked.flow), minutes)
            if usual != minutes:
                text = f"the meter's intervals are of {usual} minutes, not of {minutes}"
                raise UnusableError(reply_codes.INVALID_READING_TYPE, text)
        telling = last[minutes] = told(series, minutes, self._grid, last.get(minutes))
        return Channel(reading.meter, asked.flow, minutes), telling

    @staticmethod
    def _lengths(book: Book, meters: Iterable[str]) -> dict[tuple[str, int], int]:
        known = book.channels(set(meters))
        return {(channel.meter, channel.flow): channel.minutes for channels in known.values() for channel in channels}

    def _keep(self, book: Book, tellings: Mapping[Channel, Telling], source: str, now: int) -> Wanted:
        """Store what was told. Returns the days that it touches, by interval channel."""
        moments = [telling.moments for telling in tellings.values() if telling.moments]
        if not moments:
            return {}
        meters = {channel.meter for channel in tellings}
        known = self._lengths(book, meters)
        book.open_channels([one for one in tellings if one.minutes and (one.meter, one.flow) not in known])
        book.load(meters, min(min(one) for one in moments) - 1, max(max(one) for one in moments))
        deliveries = [
            settle_rivals(Delivery(channel, telling.moments, telling.wh, telling.days, telling.marks))
            for channel, telling in tellings.items()
        ]
        taken = take(book, deliveries, source, now)
        found = [
            Found(one.meter, one.flow, "after_edit", at - one.minutes * 60, at, "measured after a person had edited the interval")
            for one, at in taken.contradicted
        ]
        for one in deliveries:
            found += [
                Found(one.channel.meter, one.channel.flow, mark.doubt, at - one.channel.minutes * 60, at, "in doubt when it came")
                for at, mark in ((one.moments[place], mark) for place, mark in one.marks.items())
                if mark.doubt
            ]
        exceptions.note(book.connection, found, now)
        return self._touched(book, book.channels(meters), taken.new)

    def _touched(self, book: Book, channels: Mapping[str, Sequence[Channel]], new: Mapping[Channel, Sequence[int]]) -> Wanted:
        """The days of new values; a register touches the day that ends with it, and the next one if anything came of it."""
        touched: Wanted = {}
        days_of = cache(self._days)
        for channel, moments in new.items():
            days, next_days = days_of(tuple(moments))
            for one in channels.get(channel.meter, ()):
                if one.flow == channel.flow:
                    of_channel = touched.setdefault(one, set())
                    of_channel.update(days)
                    if channel.minutes == REGISTER:
                        of_channel.update(day for day, start in next_days if book.page(one, start) is not None)
        return touched

    def _days(self, moments: Sequence[int]) -> tuple[set[date], set[tuple[date, int]]]:
        """The days of intervals that end then, and the days that start then, with their start."""
        days: set[date] = set()
        next_days: set[tuple[date, int]] = set()
        day_start = day_end = 0
        for at in moments:
            if not day_start < at <= day_end:
                day = self._grid.day_ending(at)
                day_start, day_end = self._grid.bounds(day)
                days.add(day)
            if at == day_end:
                next_days.add((self._grid.day(at), at))
        return days, next_days

    def linked(self, book: Book, meter: str) -> Wanted:
        """Take in what was set aside for a meter that is linked now, message by message as they came."""
        columns = SET_ASIDE.c
        touched: Wanted = {}
        rows = book.connection.execute(select(SET_ASIDE).where(columns.meter == meter).order_by(columns.number)).all()
        lengths = self._lengths(book, {meter}) if rows else {}
        for _, group in groupby(rows, key=lambda row: row.message_id):
            message = list(group)
            tellings: dict[Channel, Telling] = {}
            unusable: list[Found] = []
            for row in message:
                if row.minutes and lengths.setdefault((meter, row.flow), row.minutes) != row.minutes:
                    start, text = row.at - row.minutes * 60, f"{row.wh} Wh in an interval of {row.minutes} minutes"
                    unusable.append(Found(meter, row.flow, "interval_length", start, row.at, text))
                    continue
                channel, mark = Channel(meter, row.flow, row.minutes), Mark(row.quality, row.doubt)
                one = Telling((), (row.at,), (row.wh,), (), {} if mark == Mark() else {0: mark})
                tellings[channel] = together(tellings[channel], one) if channel in tellings else one
            exceptions.note(book.connection, unusable, message[0].received_at)
            for channel, days in self._keep(book, tellings, message[0].source, message[0].received_at).items():
                touched.setdefault(channel, set()).update(days)
            book.connection.execute(delete(SET_ASIDE).where(columns.number.in_([row.number for row in message])))
        return touched
