"""A client that knows nothing of a system but the address of its WSDL: zeep, as any integrator would use it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

import zeep
from requests import HTTPError, Session
from requests.auth import AuthBase
from zeep.exceptions import Error as ZeepError
from zeep.transports import Transport

from ami import names
from ami.dialect import CORRELATION_ID
from ami.event_types import LAST_GASP
from ami.identifiers import derived_id
from ami.messages import Span
from ami.services import SERVICES
from ami.wsdl import operations
from harness.landscape import Landscape

ANYTHING = "_value_1"
"""What zeep calls the place of a message in which anything may stand."""


class _Credentials(AuthBase):
    def __init__(self, authorization: str) -> None:
        self._authorization = authorization

    def __call__(self, request: Any) -> Any:
        request.headers["authorization"] = self._authorization
        return request


class Stranger:
    """A zeep client of one system, made from its WSDL; it calls the system on the tester's wire."""

    def __init__(self, landscape: Landscape, target: str) -> None:
        self._landscape = landscape
        self._target = target
        self._count = 0

    @cached_property
    def _client(self) -> zeep.Client:
        session = Session()
        session.trust_env = False
        session.auth = _Credentials(self._landscape.authorization(names.TESTER))
        address = self._landscape.wire_address(names.TESTER, self._target)
        return zeep.Client(f"{address}?wsdl", transport=Transport(session=session, timeout=30))

    def operations(self) -> set[tuple[str, str]]:
        """The services and operations that the WSDL tells of."""
        with _spoken():
            services = self._client.wsdl.services.values()
        return {(service.name, name) for service in services for port in service.ports.values() for name in port.binding._operations}

    def expected_operations(self) -> set[tuple[str, str]]:
        """The services and operations that the system must offer."""
        assert self._target in SERVICES
        return {(operation.service, operation.name) for operation in operations(self._target, self._landscape.dialect_with(self._target))}

    def call(self, service: str, operation: str, header: dict[str, Any], part: str, payload: str, content: dict[str, Any]) -> Any:
        """What the system answers to an operation. part, payload: where `content` goes, as in Request and GetMeterReadings.

        Raises AssertionError where zeep cannot make sense of WSDL or answer.
        """
        self._landscape.last_asked = self._target
        with _spoken():
            binding = next(iter(self._client.wsdl.services[service].ports.values())).binding.name
            proxy = self._client.create_service(str(binding), self._landscape.wire_address(names.TESTER, self._target))
            taken = proxy._binding.get(operation).input.body.type
            answer = proxy[operation](Header=header, **{part: self._holding(dict(taken.elements)[part], payload, content)})
        self._landscape.settle()
        return answer

    def _holding(self, part: Any, payload: str, content: dict[str, Any]) -> dict[str, Any]:
        """A part of a message with a payload in it: under its name where the WSDL declares it there, else where anything may stand."""
        if payload in dict(part.type.elements):
            return {payload: content}
        space = self._landscape.dialect_with(self._target).payload(payload)
        declared = self._client.get_element(f"{{{space}}}{payload}")
        return {ANYTHING: [zeep.xsd.AnyObject(declared, declared(**content))]}

    def header(self, verb: str, noun: str) -> dict[str, Any]:
        """The header of a message of the stranger's."""
        self._count += 1
        message_id = derived_id(self._landscape.story, "stranger", self._target, str(self._count))
        correlation = {CORRELATION_ID: message_id} if self._landscape.dialect_with(self._target).always_correlates else {}
        return {
            "Verb": verb,
            "Noun": noun,
            "Timestamp": self._landscape.stamp(),
            "Source": names.TESTER,
            "MessageID": message_id,
        } | correlation

    def _readings(self, query: dict[str, Any]) -> Any:
        """The first MeterReading of the answer to a query."""
        header = self.header(names.GET, names.METER_READINGS)
        part = "Request" if self._landscape.dialect_with(self._target).query_inside_request else "Payload"
        answer = self.call("GetMeterReadings", "GetMeterReadings", header, part, names.GET_METER_READINGS, query)
        with _spoken():
            return _held(answer.Payload, names.METER_READINGS).MeterReading[0]

    def read(self, meter: str) -> Decimal:
        """The register of a meter, now."""
        query = {"EndDevice": [{"Names": [{"name": meter}]}]}
        return Decimal(str(self._readings(query).Readings[0].value)).quantize(Decimal("0.001"))

    def intervals(self, meter: str, span: Span) -> dict[datetime, int]:
        """The intervals of a meter within a span: end -> Wh."""
        query = {
            "EndDevice": [{"Names": [{"name": meter}]}],
            "TimeSchedule": [{"scheduleInterval": {"start": span.start, "end": span.end}}],
        }
        blocks = self._readings(query).IntervalBlocks
        return {reading.timeStamp: round(reading.value * 1000) for block in blocks for reading in block.IntervalReadings}

    def control(self, meter: str, control_type: str) -> str:
        """The result of a command to a meter."""
        control = {
            "EndDeviceControlType": {"ref": control_type},
            "EndDevices": [{"Names": [{"name": meter}]}],
        }
        answer = self.call(
            "RequestEndDeviceControls",
            "CreateEndDeviceControls",
            self.header("create", names.END_DEVICE_CONTROLS),
            "Payload",
            names.END_DEVICE_CONTROLS,
            {"EndDeviceControl": [control]},
        )
        return str(answer.Reply.Result)

    def tell_last_gasp(self, meter: str) -> str:
        """The result of telling that a meter has lost its supply, now."""
        event = {
            "createdDateTime": self._landscape.clock.now(),
            "EndDeviceEventType": {"ref": LAST_GASP},
            "Assets": {"Names": [{"name": meter}]},
        }
        answer = self.call(
            "ReceiveEndDeviceEvents",
            "CreatedEndDeviceEvents",
            self.header("created", names.END_DEVICE_EVENTS),
            "Payload",
            names.END_DEVICE_EVENTS,
            {"EndDeviceEvent": [event]},
        )
        return str(answer.Reply.Result)


def _held(part: Any, payload: str) -> Any:
    """The payload that came in a part, by its name or as the one thing that may be anything."""
    found = getattr(part, payload, None)
    return found if found is not None else getattr(part, ANYTHING)[0]


@contextmanager
def _spoken() -> Iterator[None]:
    """Make a failure of zeep's a failure of the system whose WSDL and answers it tried to understand."""
    try:
        yield
    except (ZeepError, HTTPError) as error:
        raise AssertionError(f"a client made from the WSDL gives up: {type(error).__name__}: {error}") from error
