"""A stand-in at work: its clock, those it knows, who leads it, what it has still to send, and one thread at a time with it."""

import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from ami.messages import Message
from ami.ports import StandIn
from harness.host_clock import HostClock, world
from harness.neighbourhood import Neighbourhood


class AtWork:
    """One stand-in with all that its network sides share.

    passwords: by which its neighbours are known. neighbours: those of its own, to be filled in once all of them stand;
    led_by: those that a run has made known, while one leads it. seed: what the ids of its replies derive from. outbox: what it
    has still to send. logic: held by whoever is with the stand-in.
    """

    def __init__(self, stand_in: StandIn, passwords: Mapping[str, str]) -> None:
        self.stand_in = stand_in
        self.neighbours = Neighbourhood(passwords=passwords)
        self.led_by: Neighbourhood | None = None
        self.clock = HostClock()
        self.seed = ""
        self.outbox: deque[Message] = deque()
        # Entered again by its own thread: what answers quickly holds it for the whole of a request.
        self.logic = threading.RLock()

    @property
    def name(self) -> str:
        """The system that it plays."""
        return self.stand_in.name

    @property
    def now(self) -> datetime:
        """The moment that it is for the stand-in."""
        return self.clock.now()

    @property
    def known(self) -> Neighbourhood:
        """Those that a run has made known, or else its own."""
        return self.led_by or self.neighbours

    def stamped(self, message: Message) -> Message:
        """The message as it goes out: where the story tells of another day than today, with the time of the world."""
        if not self.known.in_world_time:
            return message
        return replace(message, header=replace(message.header, timestamp=world()))
