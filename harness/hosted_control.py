"""The control port of a hosted stand-in: the key to it, its commands, and what they answer."""

import hmac
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus

from ami.errors import WrongStateError
from ami.ports import Json
from harness import neighbourhood
from harness.at_work import AtWork
from transports.http_server import HttpRequest, HttpResponse

CONTROL_PATH = "/control/"


class HostedControl:
    """The control port of one stand-in.

    advance: lets it do what is due and send what it has to send. token: what opens the port. led: is told whether a run leads it.
    """

    def __init__(self, at_work: AtWork, advance: Callable[[], Json], token: str) -> None:
        self.led: Callable[[bool], None] = lambda _: None
        self._at_work = at_work
        self._advance = advance
        self.token = token

    def answer(self, request: HttpRequest) -> HttpResponse:
        """What a request below `CONTROL_PATH` is answered."""
        offered = request.headers.get("authorization", "")
        if not hmac.compare_digest(offered.encode("latin-1"), f"Bearer {self.token}".encode("latin-1")):
            return _json(HTTPStatus.UNAUTHORIZED, {"error": "the control port needs its token"})
        command = request.path.removeprefix(CONTROL_PATH)
        if request.method != "POST" or not command.isidentifier():
            return _json(HTTPStatus.NOT_FOUND, {"error": "a control command is POST /control/<name>"})
        try:
            arguments = json.loads(request.body or b"{}")
        except ValueError as error:
            return _json(HTTPStatus.BAD_REQUEST, {"error": f"not JSON: {error}"})
        if not isinstance(arguments, dict):
            return _json(HTTPStatus.BAD_REQUEST, {"error": "the arguments of a command are one JSON object"})
        return self._told(command, arguments)

    def _told(self, command: str, arguments: dict[str, Json]) -> HttpResponse:
        try:
            result = self._result(command, arguments)
        except LookupError as error:
            return _json(HTTPStatus.NOT_FOUND, {"error": f"{command}: unknown {error}"})
        except WrongStateError as error:
            return _json(HTTPStatus.CONFLICT, {"error": f"{command}: {error}"})
        except (ValueError, TypeError) as error:
            return _json(HTTPStatus.BAD_REQUEST, {"error": f"{command}: {error}"})
        return _json(HTTPStatus.OK, result)

    def _result(self, command: str, arguments: dict[str, Json]) -> Json:
        if command == "reset":
            return self._reset(arguments)
        if command == "advance":
            return self._advance()
        if command == neighbourhood.COMMAND:
            return self._lead(arguments)
        with self._at_work.logic:
            answered = self._at_work.stand_in.control(command, arguments, self._at_work.now)
            self._at_work.outbox.extend(answered.sends)
        return answered.result

    def _reset(self, arguments: Mapping[str, Json]) -> Json:
        at_work = self._at_work
        with at_work.logic:
            at_work.seed = str(arguments["seed"])
            at_work.clock.start(_moment(arguments["now"]))
            at_work.outbox.clear()
            at_work.stand_in.reset(at_work.seed, at_work.now)
        return {}

    def _lead(self, arguments: Mapping[str, Json]) -> Json:
        """Do as a run says from now on, and send where it says; without arguments, no longer."""
        with self._at_work.logic:
            self._at_work.led_by = neighbourhood.told(arguments)
            self._at_work.outbox.clear()
            self.led(self._at_work.led_by is not None)
        return {"system": self._at_work.name, "takes_the_time": True}


def _moment(text: Json) -> datetime:
    moment = datetime.fromisoformat(str(text))
    if moment.tzinfo is None:
        raise ValueError(f"{text} names no offset from UTC")
    return moment.astimezone(UTC)


def _json(status: int, value: Json) -> HttpResponse:
    return HttpResponse(status, json.dumps(value).encode(), "application/json")
