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
from ami.event_types import LAST_GASP
from ami.identifiers import derived_id
from ami.messages import Span
from ami.services import SERVICES
from ami.wsdl import operations
from harness.landscape import Landscape


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
        return {(operation.service, operation.name) for operation in operations(self._target, self._landscape.dialect)}

    def call(self, service: str, operation: str, **parts: Any) -> Any:
        """What the system answers to an operation. Raises AssertionError where zeep cannot make sense of WSDL or answer."""
        self._landscape.last_asked = self._target
        with _spoken():
            binding = next(iter(self._client.wsdl.services[service].ports.values())).binding.name
            proxy = self._client.create_service(str(binding), self._landscape.wire_address(names.TESTER, self._target))
            answer = proxy[operation](**parts)
        self._landscape.settle()
        return answer

    def header(self, verb: str, noun: str) -> dict[str, Any]:
        """The header of a message of the stranger's."""
        self._count += 1
        return {
            "Verb": verb,
            "Noun": noun,
            "Timestamp": self._landscape.clock.now(),
            "Source": names.TESTER,
            "MessageID": derived_id(self._landscape.story, "stranger", self._target, str(self._count)),
        }

    def read(self, meter: str) -> Decimal:
        """The register of a meter, now."""
        query = {"EndDevice": [{"Names": [{"name": meter}]}]}
        answer = self.call(
            "GetMeterReadings", "GetMeterReadings", Header=self.header("get", names.METER_READINGS), Request={"GetMeterReadings": query}
        )
        return Decimal(str(answer.Payload.MeterReadings.MeterReading[0].Readings[0].value)).quantize(Decimal("0.001"))

    def intervals(self, meter: str, span: Span) -> dict[datetime, int]:
        """The intervals of a meter within a span: end -> Wh."""
        query = {
            "EndDevice": [{"Names": [{"name": meter}]}],
            "TimeSchedule": [{"scheduleInterval": {"start": span.start, "end": span.end}}],
        }
        answer = self.call(
            "GetMeterReadings", "GetMeterReadings", Header=self.header("get", names.METER_READINGS), Request={"GetMeterReadings": query}
        )
        blocks = answer.Payload.MeterReadings.MeterReading[0].IntervalBlocks
        return {reading.timeStamp: round(reading.value * 1000) for block in blocks for reading in block.IntervalReadings}

    def control(self, meter: str, control_type: str) -> str:
        """The result of a command to a meter."""
        control = {
            "EndDeviceControlType": {"ref": control_type},
            "EndDevices": [{"Names": [{"name": meter}]}],
            "PanDemandResponse": {},
            "PanDisplay": {},
            "PanPricing": {},
        }
        answer = self.call(
            "RequestEndDeviceControls",
            "CreateEndDeviceControls",
            Header=self.header("create", names.END_DEVICE_CONTROLS),
            Payload={"EndDeviceControls": {"EndDeviceControl": [control]}},
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
            Header=self.header("created", names.END_DEVICE_EVENTS),
            Payload={"EndDeviceEvents": {"EndDeviceEvent": [event]}},
        )
        return str(answer.Reply.Result)


@contextmanager
def _spoken() -> Iterator[None]:
    """Make a failure of zeep's a failure of the system whose WSDL and answers it tried to understand."""
    try:
        yield
    except (ZeepError, HTTPError) as error:
        raise AssertionError(f"a client made from the WSDL gives up: {type(error).__name__}: {error}") from error
