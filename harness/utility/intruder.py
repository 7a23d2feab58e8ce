"""Somebody who does what no neighbour should: without credentials, with broken bytes, in the name of others."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from ami import names
from ami.messages import GetMeterReadings, Header, Kind, Message, MeterReading, MeterReadings, Payload, Reading, Reply, Series, Span
from ami.ports import Json
from ami.reading_type import interval_kwh, register_kwh
from harness import attacks
from harness.landscape import Landscape
from harness.tester import Answer, Tester
from transports import http_client
from transports.http_client import HttpReply
from transports.security.envelope import bare

WRONG_PASSWORD = http_client.basic(names.HES, "wrong")


class Intruder:
    """Sends on the tester's wire; what it breaks on purpose is not judged, what comes back is."""

    def __init__(self, landscape: Landscape, tester: Tester) -> None:
        self._landscape = landscape
        self._tester = tester

    def send(self, target: str, message: Message, authorization: str | None) -> Answer:
        """Send a proper message with credentials that are none."""
        answer = self._tester.send(target, message, is_deliberate=True, authorization=authorization)
        self._landscape.settle()
        return answer

    def replay(self, body: bytes, target: str, action: str) -> Answer:
        """Send a recorded message again, with credentials of today: it is the message that shall not count twice."""
        answer = self._tester.send_bytes(target, bare(body), action)
        self._landscape.settle()
        return answer

    def _proper(self, target: str) -> tuple[str, str, Payload]:
        if target == names.HES:
            return "get", names.METER_READINGS, GetMeterReadings(meters=(self._landscape.called("M-1"),))
        return "created", names.METER_READINGS, MeterReadings(())

    def send_broken(self, target: str, what: str) -> Answer:
        """Send one of `attacks.BODIES`."""
        proper = self._tester.message(*self._proper(target))
        verb = attacks.UNKNOWN_VERB if what == attacks.UNKNOWN_ACTION else proper.header.verb
        action = self._landscape.dialect_with(target).action(verb, proper.header.noun)
        return self._tester.send_bytes(target, attacks.BODIES[what](self._tester.written(proper, target)), action)

    def send_proper(self, target: str) -> Answer:
        """Send a proper message after all."""
        answer = self._tester.send(target, self._tester.message(*self._proper(target)))
        self._landscape.settle()
        return answer

    def deliver_as(self, source: str, meter: str, minutes: int) -> Answer:
        """Deliver a reading to the MDMS with the tester's credentials and another's name."""
        end = self._landscape.clock.now()
        span = Span(end - timedelta(minutes=minutes), end)
        series = Series(str(interval_kwh(minutes)), (Reading(end, Decimal("0.5")),))
        message = self._tester.message(
            "created", names.METER_READINGS, MeterReadings((MeterReading(meter, None, (series,), (), span),)), source=source
        )
        return self.send(names.MDMS, message, "")

    def answer_in_anothers_place(self, request: Header, kwh: Decimal, meter: str, authorization: str | None) -> Answer:
        """Answer a request that was put to somebody else."""
        reading = MeterReading(meter, None, readings=(Series(str(register_kwh()), (Reading(self._landscape.clock.now(), kwh),)),))
        spoofed = self._tester.message(names.REPLY, names.METER_READINGS, MeterReadings((reading,)), correlation_id=request.message_id)
        assert spoofed.kind is Kind.RESPONSE
        return self.send(names.CIS, replace(spoofed, reply=Reply("OK")), authorization)

    def ask_control_port(self, target: str, path: str, *, with_key: bool) -> HttpReply:
        """Ask for something at a control port, with its key or without."""
        return self._landscape.knock(target, path, with_key=with_key)


def told(reply: HttpReply) -> Json:
    """What a control port said, as text."""
    return reply.body.decode("utf-8", "replace")
