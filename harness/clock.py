"""The time of a story: a value that the harness moves."""

from datetime import datetime
from typing import Protocol

from ami.errors import NotTestedError
from harness.host_clock import world


class Clock(Protocol):
    """What tells the time of a landscape."""

    def now(self) -> datetime:
        """The moment that it is, UTC."""

    def start(self, at: datetime) -> None:
        """Begin a new story at `at`. Raises NotTestedError where nobody can."""

    def move(self, to: datetime) -> None:
        """Let it be `to`. Raises NotTestedError where nobody can."""


class VirtualClock:
    """A clock that stands until it is moved, and never goes back but by `start`."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """The moment that it was last moved to."""
        return self._now

    def start(self, at: datetime) -> None:
        """Begin a new story at `at`."""
        self._now = at

    def move(self, to: datetime) -> None:
        """Let it be `to`, unless it is later already."""
        self._now = max(self._now, to)


class PastClock(VirtualClock):
    """The time of a story where the world's clock rules: moved like a virtual one, through days that are over, and never beyond now."""

    def start(self, at: datetime) -> None:
        """Begin a new story at `at`. Raises NotTestedError where that is still to come."""
        if at > world():
            raise NotTestedError(f"the scenario is told at {at:%Y-%m-%d}, and a real clock cannot be moved there")
        super().start(at)

    def move(self, to: datetime) -> None:
        """Let it be `to`. Raises NotTestedError where that is still to come."""
        if to > world():
            raise NotTestedError(f"the scenario lets time pass until {to:%Y-%m-%d %H:%M}, and a real clock cannot be moved")
        super().move(to)
