"""The parts of one head-end, put together; a reset makes new ones."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from ami import event_types
from ami.messages import Message
from simulators.hes.collection import Collected, Collection
from simulators.hes.commands import Commands
from simulators.hes.delivery import Delivery
from simulators.hes.events import Events
from simulators.hes.holdings import Holdings
from simulators.hes.letters import Letters
from simulators.hes.on_demand import OnDemand
from simulators.hes.outbox import Outbox
from simulators.hes.read_schedules import ReadSchedules
from simulators.hes.registry import Registry
from simulators.meter import MeterNetwork


class Parts:
    """What a head-end consists of. batch: how many meters one message carries."""

    def __init__(self, zone: ZoneInfo, batch: int, collect_at: time, seed: str, now: datetime) -> None:
        self.letters = Letters(seed)
        self.network = MeterNetwork()
        self.registry = Registry()
        self.holdings = Holdings()
        self.outbox = Outbox()
        self.delivery = Delivery(zone, batch, self.letters)
        self.events = Events(self.registry, self.network, self.letters, batch)
        self.commands = Commands(self.registry, self.network, self.events)
        self.on_demand = OnDemand(self.registry, self.network, self.holdings)
        self.collection = Collection(zone, collect_at, self.registry, self.network, self.holdings, now)
        self.read_schedules = ReadSchedules(zone, self.registry, self.network, self.on_demand)

    def brought_in(self, collected: Collected, now: datetime) -> list[Message]:
        """What a round of collection gives to send: what meters had to tell, the clocks that were set, and the readings."""
        told = self.events.heard_again(collected.answered, now)
        told += self.events.happened(event_types.CLOCK_SET, collected.clocks_set, now)
        self.delivery.add(collected.readings)
        return told + self.delivery.release(now)
