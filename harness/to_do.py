"""What the systems of a landscape have still to do: who may have something to send now, and when each has something to do next."""

from collections.abc import Iterable
from datetime import datetime

from ami.errors import HarnessError
from ami.ports import Json


class ToDo:
    """Kept by the name of a system, from what it heard, was told and said itself."""

    def __init__(self) -> None:
        self._stirred: set[str] = set()
        self._due_at: dict[str, datetime | None] = {}

    def begin(self) -> None:
        """Forget when anything was due: another story has begun."""
        self._due_at.clear()

    def stir(self, *systems: str) -> None:
        """Learn that systems heard something or were told something."""
        self._stirred.update(systems)

    def at(self, now: datetime, systems: Iterable[str]) -> list[str]:
        """Those of some systems that may have something to send: they were stirred, or something is due."""
        return [name for name in systems if name in self._stirred or ((due := self._due_at.get(name)) is not None and due <= now)]

    def after(self, now: datetime) -> datetime | None:
        """The earliest later moment at which a system has something to do."""
        return min((due for due in self._due_at.values() if due is not None and due > now), default=None)

    def learn(self, name: str, advanced: Json, now: datetime) -> None:
        """Learn from what a system answered to `advance`. Raises HarnessError where it does nothing about what is due."""
        self._stirred.discard(name)
        due_at = datetime.fromisoformat(advanced["due_at"]) if advanced["due_at"] else None
        if due_at is not None and due_at <= now and not advanced["sent"]:
            raise HarnessError(f"{name} says that something is due at {due_at}, and does nothing about it at {now}")
        self._due_at[name] = due_at
