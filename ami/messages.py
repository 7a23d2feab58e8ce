"""Messages as values: what a system says, before it is bytes and after. Moments are UTC and aware; energy is Decimal."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The four wrappings of IEC 61968-100: they differ in which parts a message has."""

    REQUEST = "request"
    RESPONSE = "response"
    EVENT = "event"
    FAULT = "fault"


class Span(NamedTuple):
    """A half-open stretch of time, [start, end)."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Header:
    """Who says what about which noun. `organization` is User.Organization, `user` User.UserID."""

    verb: str
    noun: str
    message_id: str
    timestamp: datetime
    source: str
    correlation_id: str | None = None
    async_reply: bool = False
    reply_address: str | None = None
    user: str | None = None
    organization: str | None = None
    revision: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class ReplyError:
    """One Reply.Error; `object_id` names the meter or other object that it is about."""

    code: str
    level: str = "FATAL"
    reason: str = ""
    object_id: str | None = None
    object_type: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """OK, PARTIAL or FAILED, and why."""

    result: str
    errors: tuple[ReplyError, ...] = ()


class Reading(NamedTuple):
    """One value. at: for an interval its end (CIM counts intervals by their end), for a register the moment of reading.

    value: in the unit and multiplier of its reading type. period: what a billing determinant sums over.
    """

    at: datetime
    value: Decimal
    qualities: tuple[str, ...] = ()
    period: Span | None = None
    reason: str | None = None


class Series(NamedTuple):
    """Readings of one reading type (its eighteen numbers as text), in the order of the wire."""

    reading_type: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class MeterReading:
    """What one meter says in one message: interval blocks, single readings, and the span that both claim to cover."""

    meter: str
    usage_point: str | None = None
    intervals: tuple[Series, ...] = ()
    readings: tuple[Series, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class MeterReadings:
    """Payload of the noun MeterReadings."""

    meter_readings: tuple[MeterReading, ...]


@dataclass(frozen=True, slots=True)
class GetMeterReadings:
    """A query. Empty `reading_types`: all that there are; no `span`: the values of now."""

    meters: tuple[str, ...] = ()
    usage_points: tuple[str, ...] = ()
    reading_types: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class MeterReadSchedule:
    """Asks for the delivery of readings of `meters` for `span`; `recurrence_s`: again every so many seconds."""

    meters: tuple[str, ...]
    reading_types: tuple[str, ...]
    span: Span
    recurrence_s: int | None = None


@dataclass(frozen=True, slots=True)
class EndDeviceControl:
    """One command to one or more meters; `tracking_id` is issuerTrackingID, by which its events are known."""

    control_type: str
    meters: tuple[str, ...]
    tracking_id: str | None = None
    reason: str | None = None
    issuer_id: str | None = None


@dataclass(frozen=True, slots=True)
class EndDeviceControls:
    """Payload of the noun EndDeviceControls."""

    controls: tuple[EndDeviceControl, ...]


@dataclass(frozen=True, slots=True)
class EndDeviceEvent:
    """Something that happened at a meter."""

    event_type: str
    meter: str
    created_at: datetime
    mrid: str | None = None
    usage_point: str | None = None
    tracking_id: str | None = None
    reason: str | None = None
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EndDeviceEvents:
    """Payload of the noun EndDeviceEvents."""

    events: tuple[EndDeviceEvent, ...]


@dataclass(frozen=True, slots=True)
class MeterServiceWork:
    """One piece of work at a meter. kind: disconnect, reconnect, meter …; status: what became of it (changed only)."""

    kind: str
    meter: str
    usage_point: str | None = None
    old_meter: str | None = None
    requested_at: datetime | None = None
    priority: str | None = None
    status: str | None = None
    status_reason: str | None = None
    readings: tuple[Series, ...] = ()


@dataclass(frozen=True, slots=True)
class MeterServiceRequests:
    """Payload of the noun MeterServiceRequests."""

    works: tuple[MeterServiceWork, ...]


@dataclass(frozen=True, slots=True)
class Linkage:
    """Who is supplied where through which meter, from a moment on. An empty part is not linked (any more)."""

    usage_point: str
    effective_at: datetime
    meter: str | None = None
    account: str | None = None
    agreement: str | None = None
    customer: str | None = None
    service_location: str | None = None
    pricing_structure: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class MasterDataLinkageConfig:
    """Payload of the noun MasterDataLinkageConfig."""

    linkages: tuple[Linkage, ...]


Payload = (
    MeterReadings
    | GetMeterReadings
    | MeterReadSchedule
    | EndDeviceControls
    | EndDeviceEvents
    | MeterServiceRequests
    | MasterDataLinkageConfig
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `to` names the neighbour of an outgoing one (None: the reply to what came in).

    `sender` is the neighbour that an incoming one was authenticated as.
    """

    kind: Kind
    header: Header
    reply: Reply | None = None
    payload: Payload | None = None
    to: str | None = None
    sender: str | None = None
