"""Commands: service requests of the CIS, passed on to the head-end step by step, and told back when they are done."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import Connection

from ami import names, reply_codes
from ami.messages import (
    EndDeviceControl,
    EndDeviceControls,
    GetMeterReadings,
    Kind,
    Message,
    MeterReadings,
    MeterServiceRequests,
    MeterServiceWork,
    Reply,
    ReplyError,
)
from ami.reading_type import register_kwh
from simulators.mdms import linkage
from simulators.mdms.book import Book
from simulators.mdms.conversation import ACKNOWLEDGED, Conversation, Sent
from simulators.mdms.grid import seconds
from simulators.mdms.memory import Memory
from simulators.mdms.service_requests import FINAL, KINDS, ServiceRequest, tell

PREFIX = "service request "
_REQUEST: Final = TypeAdapter(ServiceRequest)
Keep = Callable[[Book, Message, datetime], object]


class Commands:
    """All service requests since the last reset. keep: what to do with a reading that the head-end answered with."""

    def __init__(self, conversation: Conversation, keep: Keep, memory: Memory) -> None:
        self._conversation = conversation
        self._keep = keep
        self.requests = memory.shelf("service request", _REQUEST)

    def accept(self, connection: Connection, message: Message, payload: MeterServiceRequests, now: datetime) -> list[Message]:
        """Acknowledge the work that can be done and start it; name the work that cannot."""
        errors: list[ReplyError] = []
        started: list[ServiceRequest] = []
        for number, work in enumerate(payload.works):
            placed = self._placed(connection, work, now)
            if isinstance(placed, ReplyError):
                errors.append(placed)
                continue
            task = f"{PREFIX}{message.header.message_id}/{number}"
            started.append(ServiceRequest(task, message.header.message_id, message.sender or names.CIS, placed, now))
        if not started:
            return [self._conversation.reply(message, Reply("FAILED", tuple(errors)), now)]
        answer = Reply("PARTIAL", tuple(errors)) if errors else ACKNOWLEDGED
        messages = [self._conversation.reply(message, answer, now)]
        for request in started:
            messages += self._advance(request, "start", now)
        return messages

    @staticmethod
    def _placed(connection: Connection, work: MeterServiceWork, now: datetime) -> MeterServiceWork | ReplyError:
        """The work with its meter and usage point, or what is wrong with it."""
        if work.kind not in KINDS:
            return ReplyError(reply_codes.NOT_ATTEMPTED, "FATAL", f"no work of the kind {work.kind!r} is done here", work.meter, "Meter")
        at = seconds(now)
        if work.usage_point and not linkage.is_usage_point(connection, work.usage_point):
            reason = "the usage point is unknown"
            return ReplyError(reply_codes.INVALID_USAGE_POINT, "FATAL", reason, work.usage_point, "UsagePoint")
        if work.meter:
            parts = linkage.parts_of_meters(connection, {work.meter}).get(work.meter, [])
        else:
            parts = linkage.parts_of_usage_point(connection, work.usage_point or "")
        there = [part for part in parts if part.clipped(at, at + 1)]
        if not there:
            return ReplyError(reply_codes.INVALID_METER, "FATAL", "the meter serves no usage point now", work.meter, "Meter")
        if work.usage_point and work.usage_point not in {part.usage_point for part in there}:
            reason = f"the meter does not serve usage point {work.usage_point}"
            return ReplyError(reply_codes.METER_MISMATCH, "FATAL", reason, work.meter, "Meter")
        return replace(work, meter=there[0].meter, usage_point=there[0].usage_point)

    def _advance(self, request: ServiceRequest, event: str, now: datetime) -> list[Message]:
        """Move on and say what the new state says."""
        request = self.requests[request.task] = tell(request, event)
        meters = (request.work.meter,)
        if request.state == "commanded":
            control = EndDeviceControl(request.control_type, meters, request.request, request.work.kind)
            return [self._ask("create", names.END_DEVICE_CONTROLS, EndDeviceControls((control,)), request, now)]
        if request.state == "read":
            question = GetMeterReadings(meters, reading_types=(str(register_kwh()),))
            return [self._ask("get", names.METER_READINGS, question, request, now)]
        return [self._told(request, now)] if request.state in FINAL else []

    def _ask(self, verb: str, noun: str, payload: EndDeviceControls | GetMeterReadings, request: ServiceRequest, now: datetime) -> Message:
        return self._conversation.send(names.HES, Kind.REQUEST, verb, noun, now, payload, task=request.task)

    def _told(self, request: ServiceRequest, now: datetime) -> Message:
        """What the requester is told in the end."""
        trouble = f"{request.code} {request.reason}".strip() if request.code else None
        work = replace(request.work, status=request.state, status_reason=trouble, readings=request.readings)
        return self._conversation.send(
            request.requester,
            Kind.EVENT,
            "changed",
            names.METER_SERVICE_REQUESTS,
            now,
            MeterServiceRequests((work,)),
            correlation_id=request.request,
        )

    def answered(self, book: Book, sent: Sent, response: Message, now: datetime) -> list[Message]:
        """Take the head-end's answer to what a service request asked."""
        request = self.requests[sent.task]
        reply = response.reply or Reply("FAILED")
        if request.state == "read" and isinstance(response.payload, MeterReadings):
            mine = tuple(one for one in response.payload.meter_readings if one.meter == request.work.meter)
            request = replace(request, readings=tuple(series for one in mine for series in one.readings))
            self._keep(book, replace(response, payload=MeterReadings(mine)), now)
        is_fine = reply.result == "OK" and (request.state != "read" or request.readings)
        if not is_fine:
            first = next(iter(reply.errors), ReplyError(reply_codes.ATTEMPTED_AND_FAILED, reason="the head-end gave no reason"))
            request = replace(request, code=first.code, reason=first.reason)
        return self._advance(request, "confirmed" if is_fine else "refused", now)

    def given_up(self, sent: Sent, reason: str, now: datetime) -> list[Message]:
        """Go on without the answer that a service request waited for."""
        request = replace(self.requests[sent.task], code=reply_codes.TIMED_OUT, reason=reason)
        return self._advance(request, "timed out", now)

    def listed(self) -> Sequence[ServiceRequest]:
        """All of them, in the order in which they came."""
        return tuple(self.requests.values())
