"""The head-end's control port: what only a stand-in can do, to the meters and to itself."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from ami import event_types
from ami.messages import Message
from ami.ports import Answered, Json
from simulators.hes.arguments import Arguments, spelled
from simulators.hes.delivery import Habits
from simulators.hes.installation import order, profile
from simulators.hes.outbox import Returned, meters_in
from simulators.hes.parts import Parts
from simulators.meter.misread import Misread
from simulators.profiles import Profile

ORDERS = ("normal", "reversed")


class ControlPort:
    """One head-end's commands. profiles: those loaded, which outlive a reset."""

    def __init__(self, parts: Parts, profiles: dict[str, Profile], seed: str) -> None:
        self._parts = parts
        self._profiles = profiles
        self._seed = seed

    def answer(self, command: str, told: Mapping[str, Json], now: datetime) -> Answered:
        """What a command comes to. Raises LookupError for an unknown command or meter, ValueError for senseless arguments."""
        act = COMMANDS.get(command)
        if act is None:
            raise LookupError(f"command {command!r}: choose one of {', '.join(COMMANDS)}")
        return act(self, Arguments(told, now), now)

    def load_profiles(self, told: Arguments, _now: datetime) -> Answered:
        """Learn named profiles."""
        loaded = [profile(asked) for asked in told.each("profiles")]
        self._profiles.update((each.name, each) for each in loaded)
        return Answered({"profiles": [each.name for each in loaded]})

    def install(self, told: Arguments, _now: datetime) -> Answered:
        """Put meters in the field; none of them, if one cannot be."""
        orders = [order(asked, self._profiles, self._seed) for asked in told.each("meters")]
        self._parts.network.install(orders)
        return Answered({"meters": [each.meter for each in orders]})

    def remove(self, told: Arguments, _now: datetime) -> Answered:
        """Take a meter out of the field."""
        self._parts.network.find(told.text("meter")).remove(told.moment("at"))
        return Answered({})

    def set_register(self, told: Arguments, now: datetime) -> Answered:
        """Let the forward register of a meter that has not counted yet stand elsewhere."""
        self._parts.network.find(told.text("meter")).set_register(told.natural("wh"), now)
        return Answered({})

    def silence(self, told: Arguments, _now: datetime) -> Answered:
        """Let a meter not answer for a while."""
        self._parts.network.silence(told.text("meter"), told.span())
        return Answered({})

    def misread(self, told: Arguments, _now: datetime) -> Answered:
        """Let a meter tell wrongly what it has measured rightly."""
        misread = Misread(*told.span(), told.text("kind"), told.whole_or_none("wh"))
        self._parts.network.misread(told.text("meter"), misread)
        return Answered({})

    def clock(self, told: Arguments, now: datetime) -> Answered:
        """Put a meter's clock wrong."""
        meter = self._parts.network.in_the_field(told.text("meter"), now)
        meter.set_clock(told.whole("offset_s"), now)
        return Answered({"clock_at": spelled(meter.clock_at(now))})

    def supply(self, told: Arguments, now: datetime) -> Answered:
        """Cut or restore the supply of some meters; those that it does not change are left alone."""
        on = told.flag("on")
        meters = [self._parts.network.in_the_field(meter, now) for meter in dict.fromkeys(told.texts("meters"))]
        changed = [meter for meter in meters if meter.state.supplied is not on]
        if on:
            for meter in changed:
                meter.restore_supply(now)
            speaking = changed
        else:
            speaking = [meter for meter in changed if meter.lose_supply(now)]
        event_type = event_types.POWER_RESTORED if on else event_types.LAST_GASP
        sends = self._parts.events.happened(event_type, [meter.order.meter for meter in speaking], now)
        return self._answered({"changed": [meter.order.meter for meter in changed]}, sends)

    def press(self, told: Arguments, now: datetime) -> Answered:
        """Press the button of an armed switch."""
        meter = told.text("meter")
        sends = self._parts.commands.press(meter, now)
        return self._answered({"switch": self._parts.network.find(meter).state.switch.value}, sends)

    def tamper(self, told: Arguments, now: datetime) -> Answered:
        """Tamper with a meter."""
        meter = told.text("meter")
        self._parts.network.in_the_field(meter, now).note("tampered with", event_types.TAMPER, now)
        return self._answered({}, self._parts.events.happened(event_types.TAMPER, [meter], now))

    def delivery(self, told: Arguments, now: datetime) -> Answered:
        """Change the habits of delivery; what is not told is normal again."""
        asked = told.text("order") if told.has("order") else "normal"
        if asked not in ORDERS:
            raise ValueError(f"order is one of {', '.join(ORDERS)}, not {asked!r}")
        repeat = told.whole("repeat", 1)
        if repeat < 1:
            raise ValueError(f"repeat is how often each batch is sent, at least 1, not {repeat}")
        hold_until = told.moment("hold_until") if told.has("hold_until") else None
        self._parts.delivery.habits = Habits(asked == "reversed", repeat, hold_until)
        return self._answered({}, self._parts.delivery.release(now))

    def collect(self, _told: Arguments, now: datetime) -> Answered:
        """Collect now what is due: all complete days that are not collected yet."""
        collected = self._parts.collection.collect(now, list(self._parts.registry))
        result = {"answered": collected.answered, "unanswered": collected.unanswered}
        return self._answered(result, self._parts.brought_in(collected, now))

    def face(self, told: Arguments, now: datetime) -> Answered:
        """What stands on a meter's face and in its log."""
        meter = self._parts.network.find(told.text("meter"))
        registers = {flow.flow: flow.registers[0][1] for flow in self._parts.network.read_now(meter.order.meter, now).flows}
        forward_wh, *reverse_wh = registers.values()
        return Answered(
            {
                "register_wh": forward_wh,
                "reverse_register_wh": reverse_wh[0] if reverse_wh else None,
                "register_digits": meter.order.register_digits,
                "switch": meter.state.switch.value,
                "supplied": meter.state.supplied,
                "clock_at": spelled(meter.clock_at(now)),
                "log": [{"at": spelled(entry.at), "text": entry.text, "event_type": entry.event_type} for entry in meter.log(now)],
            }
        )

    def truth(self, _told: Arguments, now: datetime) -> Answered:
        """What every meter really measured."""
        return Answered({"meters": {meter: self._truth_of(meter, now) for meter in self._parts.network.meters}})

    def holdings(self, _told: Arguments, _now: datetime) -> Answered:
        """What the head-end holds, and what became of what it has sent."""
        holdings, outbox = self._parts.holdings, self._parts.outbox
        meters = {
            meter: {"intervals": [[spelled(end), wh, flow] for end, wh, flow in holdings.intervals(meter)]} for meter in holdings.meters()
        }
        refused = [
            {"message_id": refused.message.header.message_id, "object": refused.error.object_id, "code": refused.error.code}
            for refused in outbox.refused
        ]
        return Answered(
            {
                "meters": meters,
                "waiting": [_letter(returned) for returned in outbox.waiting],
                "dead_letters": [_letter(returned) for returned in outbox.dead_letters],
                "refused": refused,
                "kept_back": self._parts.delivery.kept_back(),
            }
        )

    def _truth_of(self, number: str, now: datetime) -> Json:
        truth = self._parts.network.truth(number, now)
        collection = self._parts.collection
        return {
            "interval_minutes": truth.minutes,
            "first_end": spelled(truth.first_end),
            "wh": truth.wh,
            "reverse_wh": truth.reverse_wh,
            "register_wh_at_start": truth.register_wh_at_start,
            "register_digits": truth.register_digits,
            "disturbed": [
                {"start": spelled(disturbance.start), "end": spelled(disturbance.end), "kind": disturbance.kind}
                for disturbance in truth.disturbed
            ],
            "collected_from": spelled(collection.collected_from.get(number)),
            "collected_until": spelled(collection.collected_until.get(number)),
        }

    def _answered(self, result: Json, sends: Sequence[Message]) -> Answered:
        return Answered(result, tuple(self._parts.outbox.post(sends)))


def _letter(returned: Returned) -> Json:
    message = returned.message
    return {
        "message_id": message.header.message_id,
        "to": message.to,
        "reason": returned.reason,
        "meters": meters_in(message),
        "attempts": returned.attempts,
    }


COMMANDS: Final[dict[str, Callable[[ControlPort, Arguments, datetime], Answered]]] = {
    "load_profiles": ControlPort.load_profiles,
    "install": ControlPort.install,
    "remove": ControlPort.remove,
    "set_register": ControlPort.set_register,
    "silence": ControlPort.silence,
    "misread": ControlPort.misread,
    "clock": ControlPort.clock,
    "supply": ControlPort.supply,
    "press": ControlPort.press,
    "tamper": ControlPort.tamper,
    "delivery": ControlPort.delivery,
    "collect": ControlPort.collect,
    "face": ControlPort.face,
    "truth": ControlPort.truth,
    "holdings": ControlPort.holdings,
}
