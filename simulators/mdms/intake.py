"""Intake: delivered MeterReadings become versions in the store; what nobody can place yet is set aside, never dropped."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from sqlalchemy import Connection, delete, insert, select

from ami import reply_codes
from ami.messages import MeterReading, MeterReadings, ReplyError, Series
from ami.quality import CLOCK_CHANGED, QUESTIONABLE, VALID
from simulators.mdms import exceptions, linkage, reading_types, store
from simulators.mdms.delivery import Delivery, take
from simulators.mdms.exceptions import Found
from simulators.mdms.grid import Grid
from simulators.mdms.reading_types import Billed, Interval
from simulators.mdms.schema import SET_ASIDE
from simulators.mdms.store import REGISTER, Channel, Value
from simulators.mdms.vee import clock, duplicate

LARGEST_WH: Final = 10**15
"""Beyond this no meter counts; a database's whole numbers end soon after."""

FIRST_MOMENT, LAST_MOMENT = 631_152_000, 7_258_118_400
"""1990 and 2200: no smart meter measured before, and calendars end some time after."""

Told = list[tuple[int, Value]]
Wanted = dict[Channel, set[date]]


class Outcome(NamedTuple):
    """What became of a message: errors for its reply, and the days that have to be looked at again."""

    errors: list[ReplyError]
    touched: Wanted


class UnusableError(ValueError):
    """A series that cannot be kept; `code` is what a reply says about it."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


def error(code: str, reason: str, meter: str) -> ReplyError:
    """What a reply says about a meter."""
    return ReplyError(code, "FATAL", reason, meter, "Meter")


def told(series: Series, minutes: int, grid: Grid) -> Told:
    """The values of a series in whole watt-hours. minutes: 0 for a register. Raises UnusableError for what no meter measures."""
    values: Told = []
    step = minutes * 60
    day_start = day_end = 0
    for at, kwh, qualities, _, _ in series.readings:
        moment = int(at.timestamp())
        wh = round(kwh * 1000)
        if not FIRST_MOMENT < moment < LAST_MOMENT or not -LARGEST_WH < wh < LARGEST_WH:
            raise UnusableError(reply_codes.SCHEMA_INVALID, f"{kwh} kWh at {at} is beyond all measure")
        quality, doubt = (qualities[0] if qualities else VALID), ""
        if step:
            if not day_start < moment <= day_end:
                day_start, day_end = grid.bounds(grid.day_ending(moment))
            if at.microsecond or clock.is_off_grid(moment, day_start, minutes):
                quality, doubt = QUESTIONABLE, clock.OFF_GRID
            elif qualities and clock.says_clock_changed(qualities):
                quality, doubt = CLOCK_CHANGED, clock.DOUBT
        values.append((moment, Value(wh, quality, doubt)))
    return values


def delivery(channel: Channel, values: Told) -> Delivery:
    """All that one message told of a channel; what it told twice with two values is in doubt."""
    by_moment = dict(reversed(values))
    if len(by_moment) == len(values):
        return Delivery(channel, dict(values))
    rivals: Told = []
    for moment, (first, *others) in duplicate.rivals((at, value.wh) for at, value in values).items():
        by_moment[moment] = Value(first, QUESTIONABLE, duplicate.DOUBT)
        rivals += [(moment, Value(wh, QUESTIONABLE, duplicate.DOUBT)) for wh in others]
    return Delivery(channel, by_moment, rivals)


class Intake:
    """The way in for readings."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid

    def accept(self, connection: Connection, payload: MeterReadings, message_id: str, source: str, now: int) -> Outcome:
        """Take what a message delivers. source: the system that sent it."""
        meters = dict.fromkeys(reading.meter for reading in payload.meter_readings)
        known = linkage.linked(connection, meters)
        reason = "the meter is linked to no usage point; its readings are set aside"
        errors = [error(reply_codes.INVALID_METER, reason, meter) for meter in meters if meter not in known]
        lengths = self._lengths(connection, known)
        values: dict[Channel, Told] = {}
        for reading in payload.meter_readings:
            for series in (*reading.intervals, *reading.readings):
                try:
                    channel, more = self._series(reading, series, lengths)
                except UnusableError as unusable:
                    errors.append(error(unusable.code, str(unusable), reading.meter))
                else:
                    values.setdefault(channel, []).extend(more)
        aside = {channel: values.pop(channel) for channel in list(values) if channel.meter not in known}
        rows = [
            {**channel._asdict(), **value._asdict(), "at": at, "message_id": message_id, "source": source, "received_at": now}
            for channel, more in aside.items()
            for at, value in more
        ]
        if rows:
            connection.execute(insert(SET_ASIDE), rows)
        return Outcome(errors, self._keep(connection, values, source, now))

    def _series(self, reading: MeterReading, series: Series, lengths: dict[tuple[str, int], int]) -> tuple[Channel, Told]:
        """The channel of a series and its values. Raises UnusableError."""
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
        return Channel(reading.meter, asked.flow, minutes), told(series, minutes, self._grid)

    @staticmethod
    def _lengths(connection: Connection, meters: Iterable[str]) -> dict[tuple[str, int], int]:
        known = store.channels(connection, set(meters))
        return {(channel.meter, channel.flow): channel.minutes for channels in known.values() for channel in channels}

    def _keep(self, connection: Connection, values: Mapping[Channel, Told], source: str, now: int) -> Wanted:
        """Store what was told. Returns the days that it touches, by interval channel."""
        meters = {channel.meter for channel in values}
        known = self._lengths(connection, meters)
        store.open_channels(connection, [one for one in values if one.minutes and (one.meter, one.flow) not in known])
        deliveries = [delivery(channel, more) for channel, more in values.items()]
        taken = take(connection, deliveries, source, now)
        found = [
            Found(one.meter, one.flow, "after_edit", at - one.minutes * 60, at, "measured after a person had edited the interval")
            for one, at in taken.contradicted
        ]
        found += [
            Found(one.meter, one.flow, value.doubt, at - one.minutes * 60, at, "in doubt when it was delivered")
            for one, more, _ in deliveries
            for at, value in more.items()
            if value.doubt
        ]
        exceptions.note(connection, found, now)
        return self._touched(store.channels(connection, meters), taken.new)

    def _touched(self, channels: Mapping[str, Sequence[Channel]], new: Mapping[Channel, Sequence[int]]) -> Wanted:
        """The days of new values; a register touches the days on both sides of it."""
        touched: Wanted = {}
        for channel, moments in new.items():
            days: set[date] = set()
            day_start = day_end = 0
            for at in moments:
                if not day_start < at <= day_end:
                    day = self._grid.day_ending(at)
                    day_start, day_end = self._grid.bounds(day)
                    days.add(day)
                if not channel.minutes and at == day_end:
                    days.add(self._grid.day(at))
            for one in channels.get(channel.meter, ()):
                if one.flow == channel.flow:
                    touched.setdefault(one, set()).update(days)
        return touched

    def linked(self, connection: Connection, meter: str) -> Wanted:
        """Take in what was set aside for a meter that is linked now, message by message as they came."""
        columns = SET_ASIDE.c
        lengths = self._lengths(connection, {meter})
        touched: Wanted = {}
        rows = connection.execute(select(SET_ASIDE).where(columns.meter == meter).order_by(columns.number)).all()
        for _, group in groupby(rows, key=lambda row: row.message_id):
            message = list(group)
            values: dict[Channel, Told] = {}
            unusable: list[Found] = []
            for row in message:
                if row.minutes and lengths.setdefault((meter, row.flow), row.minutes) != row.minutes:
                    start, text = row.at - row.minutes * 60, f"{row.wh} Wh in an interval of {row.minutes} minutes"
                    unusable.append(Found(meter, row.flow, "interval_length", start, row.at, text))
                    continue
                channel = Channel(meter, row.flow, row.minutes)
                values.setdefault(channel, []).append((row.at, Value(row.wh, row.quality, row.doubt)))
            exceptions.note(connection, unusable, message[0].received_at)
            for channel, days in self._keep(connection, values, message[0].source, message[0].received_at).items():
                touched.setdefault(channel, set()).update(days)
            connection.execute(delete(SET_ASIDE).where(columns.number.in_([row.number for row in message])))
        return touched
