"""Queries: `get MeterReadings` for a span, answered from the store, each meter and usage point for itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from ami import reply_codes
from ami.messages import GetMeterReadings, MeterReading, MeterReadings, Reading, Reply, ReplyError, Series, Span
from ami.quality import VALID
from ami.reading_type import interval_kwh, register_kwh
from ami.time_of_use import TimeOfUse
from simulators.mdms import access, linkage, reading_types
from simulators.mdms.billing_determinants import NotFinalError, Stay, determinants, kwh
from simulators.mdms.book import REGISTER, Book
from simulators.mdms.conversation import OK
from simulators.mdms.grid import moment, seconds
from simulators.mdms.linkage import Part
from simulators.mdms.page import Channel
from simulators.mdms.reading_types import Billed, Interval, Known, Register
from simulators.mdms.registers import face
from simulators.mdms.vee.limits import Limits

MOST_OBJECTS = 10_000
USAGE_POINT, METER = "UsagePoint", "Meter"


class RefusedError(ValueError):
    """What is asked of one object cannot be answered; carries the error that the reply names."""

    def __init__(self, code: str, reason: str, object_id: str, object_type: str) -> None:
        super().__init__(reason)
        self.error = ReplyError(code, "FATAL", reason, object_id, object_type)


def result(has_answers: bool, errors: Sequence[ReplyError]) -> Reply:
    """OK, PARTIAL or FAILED."""
    return Reply("PARTIAL" if has_answers else "FAILED", tuple(errors)) if errors else OK


def permitted(
    connection: Connection, query: GetMeterReadings, organization: str | None
) -> Iterator[tuple[str, str, list[Part]] | ReplyError]:
    """Each asked object (id, type) with all its parts, or why it may not be asked about.

    A third party hears the same of what does not exist as of what it may not see.
    """
    for usage_point in dict.fromkeys(query.usage_points):
        if not access.has_consent(connection, organization, usage_point):
            yield ReplyError(reply_codes.NOT_AUTHORIZED, "FATAL", "the customer has not consented", usage_point, USAGE_POINT)
        elif not linkage.is_usage_point(connection, usage_point):
            yield ReplyError(reply_codes.INVALID_USAGE_POINT, "FATAL", "the usage point is unknown", usage_point, USAGE_POINT)
        else:
            yield usage_point, USAGE_POINT, linkage.parts_of_usage_point(connection, usage_point)
    for meter in dict.fromkeys(query.meters):
        parts = linkage.parts_of_meters(connection, {meter}).get(meter, [])
        visible = [part for part in parts if access.has_consent(connection, organization, part.usage_point)]
        if not visible and access.is_third_party(organization):
            yield ReplyError(reply_codes.NOT_AUTHORIZED, "FATAL", "the customer has not consented", meter, METER)
        elif not parts:
            yield ReplyError(reply_codes.INVALID_METER, "FATAL", "the meter is linked to no usage point", meter, METER)
        else:
            yield meter, METER, visible


class Queries:
    """The answers that the store can give."""

    def __init__(self, calendar: TimeOfUse, limits: Limits) -> None:
        self._calendar = calendar
        self._limits = limits

    def refusal(self, query: GetMeterReadings) -> Reply | None:
        """Why the query as a whole is refused, or None."""
        if len(query.meters) + len(query.usage_points) > MOST_OBJECTS:
            reason = f"no more than {MOST_OBJECTS} objects at once"
            return Reply("FAILED", (ReplyError(reply_codes.TOO_MANY_ITEMS, "FATAL", reason),))
        unknown = [text for text in query.reading_types if not self._is_known(reading_types.known(text))]
        if unknown:
            errors = (ReplyError(reply_codes.INVALID_READING_TYPE, "FATAL", "not kept here", text, "ReadingType") for text in unknown)
            return Reply("FAILED", tuple(errors))
        if not query.meters and not query.usage_points:
            reason = "neither a meter nor a usage point is named"
            return Reply("FAILED", (ReplyError(reply_codes.INVALID_METER, "FATAL", reason),))
        if query.span is not None and query.span.start >= query.span.end:
            return Reply("FAILED", (ReplyError(reply_codes.DATA_UNAVAILABLE, "FATAL", "the span holds no time"),))
        return None

    def _is_known(self, asked: Known | None) -> bool:
        return asked is not None and (not isinstance(asked, Billed) or asked.tou == 0 or asked.tou in self._calendar.periods)

    def answer(self, book: Book, query: GetMeterReadings, span: Span, organization: str | None) -> tuple[Reply, MeterReadings | None]:
        """The reply to a query for `span`, which `refusal` has nothing against, with its readings."""
        errors: list[ReplyError] = []
        readings: list[MeterReading] = []
        for one in permitted(book.connection, query, organization):
            if isinstance(one, ReplyError):
                errors.append(one)
                continue
            object_id, object_type, parts = one
            try:
                stays = self._stays(parts, span)
                if not stays:
                    raise RefusedError(reply_codes.DATA_UNAVAILABLE, "no meter was there in the span", object_id, object_type)
                readings += [self._stay(book, stay, query) for stay in stays]
            except NotFinalError as not_final:
                errors.append(ReplyError(reply_codes.DATA_UNAVAILABLE, "FATAL", str(not_final), object_id, object_type))
            except RefusedError as refused:
                errors.append(replace(refused.error, object_id=object_id, object_type=object_type))
        return result(bool(readings), errors), MeterReadings(tuple(readings)) if readings else None

    @staticmethod
    def _stays(parts: Sequence[Part], span: Span) -> list[Stay]:
        start, end = seconds(span.start), seconds(span.end)
        clipped = [(part, part.clipped(start, end)) for part in parts]
        return [Stay(part.meter, part.usage_point, *cut, part.end == cut[1]) for part, cut in clipped if cut]

    def _stay(self, book: Book, stay: Stay, query: GetMeterReadings) -> MeterReading:
        """What one meter has to say of a stay. Raises NotFinalError or RefusedError."""
        channels = book.channels({stay.meter}).get(stay.meter, [])
        asked = [kind for text in query.reading_types if (kind := reading_types.known(text)) is not None]
        if not asked:
            asked = [*(Interval(one.flow, one.minutes) for one in channels), *(Register(one.flow) for one in channels)]
        billed = [one for one in asked if isinstance(one, Billed)]
        readings = determinants(book, self._calendar, channels, stay, billed) if billed else []
        for one in asked:
            if isinstance(one, Register):
                readings += self._register(book, stay, one, channels, edges_only=bool(billed))
        intervals = [self._interval(book, stay, one, channels) for one in asked if isinstance(one, Interval)]
        if not readings and not intervals:
            raise RefusedError(reply_codes.DATA_UNAVAILABLE, "nothing was measured in the span", stay.meter, METER)
        return MeterReading(stay.meter, stay.usage_point, tuple(intervals), tuple(readings), stay.span)

    @staticmethod
    def _interval(book: Book, stay: Stay, asked: Interval, channels: Sequence[Channel]) -> Series:
        """The intervals of a stay as they stand, with their qualities; gaps stay gaps."""
        channel = Channel(stay.meter, asked.flow, asked.minutes)
        if channels and channel not in channels:
            raise RefusedError(reply_codes.INVALID_READING_TYPE, "the meter has no such intervals", stay.meter, METER)
        values = book.currents(channel, stay.start + 1, stay.last_end(asked.minutes))
        if not values:
            raise RefusedError(reply_codes.DATA_UNAVAILABLE, "no interval of the span is there", stay.meter, METER)
        readings = tuple(Reading(moment(at), kwh(value.wh), (value.quality or VALID,)) for at, value in values.items())
        return Series(str(interval_kwh(asked.minutes, asked.flow)), readings)

    def _register(self, book: Book, stay: Stay, asked: Register, channels: Sequence[Channel], *, edges_only: bool) -> list[Series]:
        """The register's readings in a stay; for a bill its start and its end, worked out where nobody read it."""
        looks = book.currents(Channel(stay.meter, asked.flow, REGISTER), stay.start, stay.end)
        faces = {at: (version.wh, version.quality) for at, version in looks.items() if not version.doubt}
        if edges_only:
            beside = next((channel for channel in channels if channel.flow == asked.flow), None)
            edges = (stay.start, stay.end) if beside else ()
            shown = {at: face(book, beside, at, self._limits.register_digits) for at in edges if beside}
            faces = {at: (one.wh, one.quality) for at, one in shown.items() if one is not None}
        readings = tuple(Reading(moment(at), kwh(wh), (quality,)) for at, (wh, quality) in faces.items())
        return [Series(str(register_kwh(asked.flow)), readings)] if readings else []
