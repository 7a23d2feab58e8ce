"""The control port: what a person at the system's own screen can see and do, as JSON commands."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select

from ami.ports import Json
from ami.reading_type import FORWARD
from simulators.mdms import access, editing, linkage
from simulators.mdms.book import REGISTER, Book
from simulators.mdms.commands import Commands
from simulators.mdms.conversation import Conversation
from simulators.mdms.grid import moment, seconds
from simulators.mdms.intake import Wanted
from simulators.mdms.page import Channel, Version
from simulators.mdms.schema import AUDIT, EXCEPTIONS, SET_ASIDE
from simulators.mdms.telling import FIRST_MOMENT, LARGEST_WH, LAST_MOMENT

Arguments = Mapping[str, Json]
Command = Callable[[Book, Arguments, datetime], Json]


def said(at: datetime | int) -> str:
    """A moment as the control port writes it."""
    return (moment(at) if isinstance(at, int) else at).isoformat().replace("+00:00", "Z")


def text(arguments: Arguments, name: str) -> str:
    """A text argument. Raises ValueError where there is none."""
    value = arguments.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} must be a text, not {value!r}")
    return value


def at(arguments: Arguments, name: str) -> int:
    """A moment among the arguments. Raises ValueError where it is none or names no offset."""
    value = datetime.fromisoformat(text(arguments, name))
    if value.tzinfo is None:
        raise ValueError(f"{name} must name its offset from UTC")
    return seconds(value)


def whole(arguments: Arguments, name: str) -> int:
    """A whole number from zero on among the arguments. Raises ValueError."""
    value = arguments.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < LARGEST_WH:
        raise ValueError(f"{name} must be a whole number from 0 on, not {value!r}")
    return value


def _version(version: Version) -> dict[str, Json]:
    return {"wh": version.wh, "quality": version.quality, "source": version.source, "version": version.version}


class ControlPort:
    """The commands that MeterDataManagement answers on its control port.

    validate: has all complete days before a moment judged. judge: has certain days judged again.
    """

    def __init__(
        self,
        commands: Commands,
        conversation: Conversation,
        validate: Callable[[Book, datetime], None],
        judge: Callable[[Book, Wanted, datetime], None],
    ) -> None:
        self._requests = commands
        self._conversation = conversation
        self._validate = validate
        self._judge = judge
        self.commands: dict[str, Command] = {
            "holdings": self._holdings,
            "versions": self._versions,
            "edit": self._edit,
            "audit": self._audit,
            "exceptions": self._exceptions,
            "validate": self._run_validation,
            "unknown": self._unknown,
            "requests": self._service_requests,
            "consent": self._consent,
            "history": self._history,
        }

    @staticmethod
    def _holdings(book: Book, arguments: Arguments, _: datetime) -> Json:
        start = at(arguments, "start") if arguments.get("start") is not None else None
        end = at(arguments, "end") if arguments.get("end") is not None else None
        meters = arguments.get("meters")
        asked = [str(meter) for meter in meters] if meters is not None else book.meters()
        book.load(asked, start or FIRST_MOMENT, end or LAST_MOMENT)
        found: dict[str, dict[str, list[Json]]] = {meter: {"intervals": [], "registers": []} for meter in asked}
        for channel, moment_s, version in book.all_currents():
            is_later = start is None or moment_s > start or (moment_s == start and channel.minutes == REGISTER)
            if channel.meter in found and is_later and (end is None or moment_s <= end):
                kind, name = ("intervals", "end") if channel.minutes else ("registers", "at")
                found[channel.meter][kind].append({name: said(moment_s), "flow": channel.flow, **_version(version)})
        return {"meters": found}

    def _channel(self, book: Book, arguments: Arguments) -> Channel:
        """The interval channel that the arguments name. Raises LookupError."""
        meter, flow = text(arguments, "meter"), arguments.get("flow", FORWARD)
        for channel in book.channels({meter}).get(meter, []):
            if channel.flow == flow:
                return channel
        raise LookupError(f"meter {meter} has not delivered intervals in direction {flow}")

    def _versions(self, book: Book, arguments: Arguments, _: datetime) -> Json:
        channel, end = self._channel(book, arguments), at(arguments, "end")
        book.load({channel.meter}, end - 1, end)
        versions = book.versions(channel, end)
        if not versions:
            raise LookupError(f"meter {channel.meter} has no interval that ends at {said(end)}")
        return [_version(version) | {"received_at": said(version.received_at), "current": bool(version.current)} for version in versions]

    def _edit(self, book: Book, arguments: Arguments, now: datetime) -> Json:
        channel, end, wh = self._channel(book, arguments), at(arguments, "end"), whole(arguments, "wh")
        if not book.grid.is_edge(end, channel.minutes):
            raise ValueError(f"no interval of {channel.minutes} minutes ends at {said(end)}")
        editing.edit(book, channel, end, wh, text(arguments, "user"), text(arguments, "reason"), seconds(now))
        self._judge(book, {channel: {book.grid.day_ending(end)}}, now)
        return {"meter": channel.meter, "end": said(end), "wh": wh}

    @staticmethod
    def _listed(book: Book, table: Table, arguments: Arguments) -> list[dict[str, Any]]:
        query = select(table).order_by(*table.primary_key.columns)
        if arguments.get("meter") is not None:
            query = query.where(table.c.meter == text(arguments, "meter"))
        return [dict(row._mapping) for row in book.connection.execute(query)]

    def _audit(self, book: Book, arguments: Arguments, _: datetime) -> Json:
        return [
            {
                "meter": row["meter"],
                "flow": row["flow"],
                "end": said(row["at"]),
                "user": row["edited_by"],
                "reason": row["reason"],
                "before": row["before_wh"],
                "after": row["after_wh"],
                "at": said(row["edited_at"]),
            }
            for row in self._listed(book, AUDIT, arguments)
        ]

    def _exceptions(self, book: Book, arguments: Arguments, _: datetime) -> Json:
        return [
            {
                "meter": row["meter"],
                "flow": row["flow"],
                "check": row["rule"],
                "start": said(row["start_at"]),
                "end": said(row["end_at"]),
                "text": row["explanation"],
                "found_at": said(row["found_at"]),
            }
            for row in self._listed(book, EXCEPTIONS, arguments)
        ]

    def _run_validation(self, book: Book, _: Arguments, now: datetime) -> Json:
        self._validate(book, now)
        return {}

    def _unknown(self, book: Book, arguments: Arguments, _: datetime) -> Json:
        found: dict[str, dict[str, list[Json]]] = {}
        for row in self._listed(book, SET_ASIDE, arguments):
            held = found.setdefault(row["meter"], {"intervals": [], "registers": []})
            kind, name = ("intervals", "end") if row["minutes"] else ("registers", "at")
            held[kind].append({name: said(row["at"]), "wh": row["wh"], "flow": row["flow"], "source": row["source"]})
        return {"meters": found}

    def _service_requests(self, _book: Book, _: Arguments, _now: datetime) -> Json:
        return {
            "requests": [
                {
                    "request": one.request,
                    "kind": one.work.kind,
                    "meter": one.work.meter,
                    "usage_point": one.work.usage_point,
                    "state": one.state,
                    "code": one.code,
                    "reason": one.reason,
                    "requested_at": said(one.requested_at),
                }
                for one in self._requests.listed()
            ],
            "dead_letters": [
                {
                    "message_id": one.message.header.message_id,
                    "to": one.message.to,
                    "verb": one.message.header.verb,
                    "noun": one.message.header.noun,
                    "reason": one.reason,
                    "attempts": one.attempts,
                    "given_up_at": said(one.given_up_at),
                }
                for one in self._conversation.dead_letters
            ],
        }

    @staticmethod
    def _consent(book: Book, arguments: Arguments, _: datetime) -> Json:
        granted = arguments.get("granted")
        if not isinstance(granted, bool):
            raise ValueError(f"granted must be true or false, not {granted!r}")
        access.set_consent(book.connection, text(arguments, "organization"), text(arguments, "usage_point"), granted)
        return {"granted": granted}

    @staticmethod
    def _history(book: Book, arguments: Arguments, _: datetime) -> Json:
        usage_point = text(arguments, "usage_point")
        if not linkage.is_usage_point(book.connection, usage_point):
            raise LookupError(f"there is no usage point {usage_point}")
        parts = linkage.parts_of_usage_point(book.connection, usage_point)
        return [{"meter": part.meter, "start": said(part.start), "end": None if part.end is None else said(part.end)} for part in parts]
