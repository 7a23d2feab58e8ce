"""What happens at meters, as events for those who must know."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from ami import event_types, names
from ami.messages import EndDeviceEvent, EndDeviceEvents, Message
from simulators.hes.letters import Letters
from simulators.hes.registry import Registry
from simulators.meter import MeterNetwork

WHO_MUST_KNOW = {
    event_types.LAST_GASP: (names.MDMS, names.OMS),
    event_types.POWER_RESTORED: (names.MDMS, names.OMS),
    event_types.TAMPER: (names.MDMS,),
    event_types.SWITCH_OPENED: (names.MDMS,),
    event_types.SWITCH_CLOSED: (names.MDMS,),
    event_types.SWITCH_ARMED: (names.MDMS,),
    event_types.CLOCK_SET: (names.MDMS,),
}


class Events:
    """Tells events on, as soon as the head-end hears of them.

    What a silent meter has to tell waits in it until it is heard again; a last gasp does not wait. Meters that the head-end
    was never told of are not heard.
    """

    def __init__(self, registry: Registry, network: MeterNetwork, letters: Letters, batch: int) -> None:
        self._registry = registry
        self._network = network
        self._letters = letters
        self._batch = batch
        self._untold: dict[str, list[EndDeviceEvent]] = {}

    def happened(self, event_type: str, meters: Iterable[str], now: datetime, tracking_id: str | None = None) -> list[Message]:
        """The messages about one kind of event at some meters, now."""
        heard: list[EndDeviceEvent] = []
        for meter in meters:
            event = EndDeviceEvent(
                event_type,
                meter,
                now,
                mrid=self._letters.fresh_id(),
                usage_point=self._registry.usage_point(meter, now),
                tracking_id=tracking_id,
            )
            if meter in self._registry and self._can_speak(meter, event_type, now):
                heard.append(event)
            elif event_type != event_types.LAST_GASP:
                self._untold.setdefault(meter, []).append(event)
        return list(self._messages(heard, now))

    def heard_again(self, meters: Iterable[str], now: datetime) -> list[Message]:
        """The messages about what has waited in meters that now answer."""
        events = [event for meter in meters for event in self._untold.pop(meter, ())]
        kinds = dict.fromkeys(event.event_type for event in events)
        return [message for kind in kinds for message in self._messages([event for event in events if event.event_type == kind], now)]

    def _can_speak(self, meter: str, event_type: str, now: datetime) -> bool:
        """Whether a meter is heard now: for a last gasp its capacitor is enough."""
        if event_type == event_types.LAST_GASP:
            return not self._network.is_silent(meter, now)
        return self._network.answers(meter, now)

    def _messages(self, events: Sequence[EndDeviceEvent], now: datetime) -> Iterator[Message]:
        """Batches of events of one kind, a message to each who must know."""
        for first in range(0, len(events), self._batch):
            payload = EndDeviceEvents(tuple(events[first : first + self._batch]))
            for system in WHO_MUST_KNOW[payload.events[0].event_type]:
                yield self._letters.event(names.END_DEVICE_EVENTS, payload, system, now)
