"""The time of a landscape: a value that the harness moves, or the time of the world."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from ami.errors import NotTestedError

DAY = timedelta(days=1)


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


class RealClock:
    """The time of the world: it cannot be moved ahead."""

    def now(self) -> datetime:
        """The moment that it is."""
        return datetime.now(UTC)

    def start(self, at: datetime) -> None:
        """Refuse to begin a story on another day than this one: what should take a day would be over at once, or never come."""
        if not timedelta(0) <= self.now() - at < DAY:
            raise NotTestedError(f"the scenario is told at {at:%Y-%m-%d}, and a real clock cannot be moved there")

    def move(self, to: datetime) -> None:
        """Refuse to go ahead of the world."""
        if to > self.now():
            raise NotTestedError(f"the scenario lets time pass until {to:%Y-%m-%d %H:%M}, and a real clock cannot be moved")
