"""The time of a hosted stand-in: what it is told, and, while nobody tells it anything, the world's or that of its messages."""

from collections.abc import Callable
from datetime import UTC, datetime

Tell = Callable[[], datetime]


def world() -> datetime:
    """The moment that it is for everybody."""
    return datetime.now(UTC)


class HostClock:
    """A clock that is told the time and never goes back but by `start`."""

    def __init__(self, now: datetime | None = None) -> None:
        self._now = now or datetime.min.replace(tzinfo=UTC)

    def now(self) -> datetime:
        """The latest moment that it was told."""
        return self._now

    def start(self, at: datetime) -> None:
        """Let it be `at`."""
        self._now = at

    def tell(self, at: datetime) -> None:
        """Learn that it is `at`, unless it is later already."""
        self._now = max(self._now, at)

    def hear(self, stamped_at: datetime) -> None:
        """Hear a message that was stamped at a moment: no reason to believe it."""


class ClockOfItsOwn(HostClock):
    """The clock of a system that nobody leads: the world's, or that of the latest message; led, it does as it is told.

    world: tells the time of the world; None for a clock that follows its messages. moved: is told when a message has moved it.
    """

    def __init__(self, now: datetime, world_time: Tell | None, moved: Callable[[], None] = lambda: None) -> None:
        super().__init__(now)
        self._world = world_time
        self._moved = moved
        self.is_led = False

    def now(self) -> datetime:
        """The moment that it is."""
        return super().now() if self.is_led or self._world is None else self._world()

    def hear(self, stamped_at: datetime) -> None:
        """Take the time from a message, be it earlier: another story has begun."""
        if not self.is_led and self._world is None:
            self.start(stamped_at)
            self._moved()
