"""The billing as zeep makes it, from nothing but served WSDLs: it reads, cuts off, tells an event, and makes a mistake."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import zeep
from requests import Session
from zeep.transports import Transport

PAYLOADS = "{{http://iec.ch/TC57/2011/{0}#}}{0}"
METER = {"Names": [{"name": "M-1"}]}


class Billing:
    """Calls head-end and MDMS as a generated client does. told: as `Stage.told`."""

    def __init__(self, told: dict[str, str]) -> None:
        self._at = told["AT"]
        self._listens_at = told["LISTENS_AT"]
        self._hes = _client(told["HES_WSDL"], told["CIS_AUTHORIZATION"])
        self._mdms = _client(told["MDMS_WSDL"], told["CIS_AUTHORIZATION"])
        self._events = _client(told["EVENTS_WSDL"], told["TESTER_AUTHORIZATION"])

    def exchanges(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each exchange by its name, with what came of it."""
        query = {"EndDevice": [METER]}
        read = self._call(self._hes, "GetMeterReadings", self._header("get", "MeterReadings"), "Request", "GetMeterReadings", query)
        reading = _held(read.Payload, "MeterReadings").MeterReading[0].Readings[0]
        yield "read", {"result": read.Reply.Result, "value": str(reading.value)}

        later = self._header("get", "MeterReadings") | {"AsyncReplyFlag": True, "ReplyAddress": self._listens_at}
        accepted = self._call(self._hes, "GetMeterReadings", later, "Request", "GetMeterReadings", query)
        yield "later", {"result": accepted.Reply.Result, "payload": accepted.Payload is not None, "message": later["MessageID"]}

        order = self._header("create", "MeterServiceRequests")
        work = {"kind": "disconnect", "requestDateTime": self._at, "Meter": METER}
        content = {"Header": {"Verb": "create", "Noun": "MeterServiceRequests"}, "MeterServiceWork": [work]}
        ordered = self._call(self._mdms, "CreateMeterServiceRequests", order, "Payload", "MeterServiceRequests", content)
        yield "disconnect", {"result": ordered.Reply.Result, "message": order["MessageID"]}

        event = {"createdDateTime": self._at, "Assets": METER, "EndDeviceEventType": {"ref": "3.12.0.257"}}
        told = self._header("created", "EndDeviceEvents") | {"Source": "tester"}
        heard = self._call(self._events, "CreatedEndDeviceEvents", told, "Payload", "EndDeviceEvents", {"EndDeviceEvent": [event]})
        yield "event", {"result": heard.Reply.Result}

        nameless = self._header("get", "MeterReadings")
        del nameless["MessageID"]
        try:
            self._call(self._hes, "GetMeterReadings", nameless, "Request", "GetMeterReadings", query)
        except zeep.exceptions.Fault as fault:
            yield "fault", {"code": fault.code, "reason": fault.message}

    def _header(self, verb: str, noun: str) -> dict[str, Any]:
        return {"Verb": verb, "Noun": noun, "Timestamp": self._at, "Source": "cis", "MessageID": str(uuid4())}

    def _call(self, client: zeep.Client, operation: str, header: dict[str, Any], part: str, payload: str, content: dict[str, Any]) -> Any:
        """What an operation comes to, whichever service has it; a payload goes by its name, or where anything may stand."""
        service = next(
            client.bind(service.name, port.name)
            for service in client.wsdl.services.values()
            for port in service.ports.values()
            if operation in port.binding._operations
        )
        declared = dict(service._binding.get(operation).input.body.type.elements)[part]
        if payload in dict(declared.type.elements):
            return service[operation](Header=header, **{part: {payload: content}})
        element = client.get_element(PAYLOADS.format(payload))
        return service[operation](Header=header, **{part: {"_value_1": [zeep.xsd.AnyObject(element, element(**content))]}})


def _client(wsdl: str, authorization: str) -> zeep.Client:
    session = Session()
    session.trust_env = False
    session.headers["authorization"] = authorization
    return zeep.Client(wsdl, transport=Transport(session=session, timeout=20, operation_timeout=20))


def _held(part: Any, payload: str) -> Any:
    found = getattr(part, payload, None)
    return found if found is not None else part._value_1[0]
