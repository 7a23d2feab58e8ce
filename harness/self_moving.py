"""A hosted stand-in that lives by itself: it sends what it has to send, and wakes when something is due, until a run leads it."""

import threading
from datetime import datetime
from typing import Self
from uuid import uuid4

from harness.host_clock import ClockOfItsOwn, Tell
from harness.hosting import Host

LONGEST_S = 60.0
"""How long it sleeps at most before it looks again at what is due."""


class SelfMoving:
    """A thread for one host; a context manager that ends it.

    now: the moment at which it begins. world: tells the time of the world; None where time is what its messages say.
    """

    def __init__(self, host: Host, now: datetime, world: Tell | None) -> None:
        self._host = host
        self._stirred = threading.Event()
        self._clock = ClockOfItsOwn(now, world, self._stirred.set)
        self._ended = False
        self._thread = threading.Thread(target=self._live, name=f"{host.at_work.stand_in.name} by itself", daemon=True)
        host.at_work.clock = self._clock
        host.control.led = self._lead
        host.stirred = self._stirred.set

    def __enter__(self) -> Self:
        now = self._clock.now()
        if not self._host.at_work.stand_in.resume(now):
            # Of its own: under the ids of an earlier process its messages would be taken for repetitions.
            self._host.at_work.stand_in.reset(f"{uuid4()}", now)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = True
        self._stirred.set()
        self._thread.join(LONGEST_S)

    def _lead(self, is_led: bool) -> None:
        self._clock.is_led = is_led

    def _live(self) -> None:
        while not self._ended:
            self._stirred.clear()
            due_at = None if self._clock.is_led else self._moved()
            self._stirred.wait(LONGEST_S if due_at is None else min(LONGEST_S, max(0.0, (due_at - self._clock.now()).total_seconds())))

    def _moved(self) -> datetime | None:
        """Do what is due and send what there is to send; when there will be something to do again."""
        due_at = self._host.sending.advance()["due_at"]
        return datetime.fromisoformat(due_at) if due_at else None
