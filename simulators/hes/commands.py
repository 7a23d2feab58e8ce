"""Commands to meters: what each control type does, and which event tells that it was done."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from ami import event_types, reply_codes
from ami.errors import WrongStateError
from ami.messages import EndDeviceControls, Message, Reply, ReplyError
from simulators.hes.events import Events
from simulators.hes.letters import meter_error, outcome
from simulators.hes.registry import Registry
from simulators.meter import Meter, MeterNetwork


class Command(NamedTuple):
    """What a control type does to a meter. event_type: what tells that it was done."""

    act: Callable[[Meter, datetime], None]
    event_type: str


def _switch(command: str, event_type: str) -> Command:
    return Command(lambda meter, now: meter.tell(command, event_type, now), event_type)


COMMANDS = {
    event_types.OPEN_SWITCH: _switch("disconnect", event_types.SWITCH_OPENED),
    event_types.CLOSE_SWITCH: _switch("connect", event_types.SWITCH_CLOSED),
    event_types.ARM_SWITCH: _switch("arm", event_types.SWITCH_ARMED),
    event_types.SET_CLOCK: Command(lambda meter, now: meter.set_clock(0, now), event_types.CLOCK_SET),
}


class Commands:
    """Passes commands on to meters and answers for them."""

    def __init__(self, registry: Registry, network: MeterNetwork, events: Events) -> None:
        self._registry = registry
        self._network = network
        self._events = events
        self._tracking_ids: dict[str, str | None] = {}

    def carry_out(self, payload: EndDeviceControls, now: datetime) -> tuple[Reply, list[Message]]:
        """Try every control on every meter that it names; the reply, and the events about those that obeyed."""
        errors: list[ReplyError] = []
        told: list[Message] = []
        done = False
        for control in payload.controls:
            if not control.meters:
                errors.append(ReplyError(reply_codes.INVALID_METER, "FATAL", "the control names no meter"))
            obeyed = []
            for meter in control.meters:
                error = self._try(control.control_type, meter, now)
                if error is None:
                    obeyed.append(meter)
                    self._tracking_ids[meter] = control.tracking_id
                else:
                    errors.append(error)
            if obeyed:
                done = True
                told += self._events.happened(COMMANDS[control.control_type].event_type, obeyed, now, control.tracking_id)
        if not payload.controls:
            errors.append(ReplyError(reply_codes.NOT_ATTEMPTED, "FATAL", "there is no control in the request"))
        return outcome(errors, some_done=done), told

    def press(self, meter: str, now: datetime) -> list[Message]:
        """Press the button of an armed switch; its event carries the tracking id of the command that armed it.

        Raises LookupError for an unknown meter, ValueError where it is not in the field, without power or not armed.
        """
        found = self._network.in_the_field(meter, now)
        if not found.state.supplied:
            raise WrongStateError("cannot press while the supply is lost")
        found.tell("press", event_types.SWITCH_CLOSED, now)
        return self._events.happened(event_types.SWITCH_CLOSED, [meter], now, self._tracking_ids.get(meter))

    def _try(self, control_type: str, meter: str, now: datetime) -> ReplyError | None:
        """Let one meter do what it is told; why it did not, if so."""
        command = COMMANDS.get(control_type)
        if command is None:
            return meter_error(reply_codes.NOT_ATTEMPTED, f"control type {control_type} is none that this head-end performs", meter)
        if meter not in self._registry:
            return meter_error(reply_codes.INVALID_METER, "not in the registry", meter)
        if not self._network.answers(meter, now):
            return meter_error(reply_codes.TIMED_OUT, "the meter does not answer", meter)
        try:
            command.act(self._network.find(meter), now)
        except WrongStateError as error:
            return meter_error(reply_codes.ATTEMPTED_AND_FAILED, str(error), meter)
        return None
