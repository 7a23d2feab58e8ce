"""What a control command was told: JSON in, values out; a ValueError names what makes no sense."""

from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction

from ami.messages import Span
from ami.ports import Json


class Arguments:
    """The arguments of one command. now: what a moment is that was not told."""

    def __init__(self, told: Mapping[str, Json], now: datetime) -> None:
        self._told = told
        self._now = now

    def has(self, name: str) -> bool:
        """Whether there is such an argument, and it is not null."""
        return self._told.get(name) is not None

    def text(self, name: str) -> str:
        """A text that is not empty."""
        value = self._told.get(name)
        if not isinstance(value, str) or not value:
            raise ValueError(f"{name} is a text, not {value!r}")
        return value

    def whole(self, name: str, default: int | None = None) -> int:
        """A whole number."""
        value = self._told.get(name, default)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError(f"{name} is a whole number, not {value!r}")
        return value

    def natural(self, name: str, default: int | None = None) -> int:
        """A whole number from 0."""
        value = self.whole(name, default)
        if value < 0:
            raise ValueError(f"{name} is not negative, as {value} is")
        return value

    def whole_or_none(self, name: str) -> int | None:
        """A whole number, if told."""
        return self.whole(name) if self.has(name) else None

    def ratio(self, name: str) -> Fraction:
        """A number from 0; 1 if not told. A decimal fraction is taken as it is written."""
        value = self._told.get(name, 1)
        if not isinstance(value, int | float | str) or isinstance(value, bool):
            raise ValueError(f"{name} is a number, not {value!r}")
        try:
            ratio = Fraction(str(value))
        except (ValueError, ZeroDivisionError):
            raise ValueError(f"{name} is a number, not {value!r}") from None
        if ratio < 0:
            raise ValueError(f"{name} is not negative, as {value} is")
        return ratio

    def flag(self, name: str) -> bool:
        """True or false."""
        value = self._told.get(name)
        if not isinstance(value, bool):
            raise ValueError(f"{name} is true or false, not {value!r}")
        return value

    def moment(self, name: str) -> datetime:
        """A moment in UTC; now, if not told."""
        value = self._told.get(name)
        if value is None:
            return self._now
        try:
            at = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            raise ValueError(f"{name} is a time like 2026-03-01T00:00:00Z, not {value!r}") from None
        if at.tzinfo is None:
            raise ValueError(f"{name} names no offset from UTC: {value!r}")
        return at.astimezone(UTC)

    def span(self) -> Span:
        """From `start` to `end`, both told."""
        if not (self.has("start") and self.has("end")):
            raise ValueError("start and end are both needed")
        span = Span(self.moment("start"), self.moment("end"))
        if span.end <= span.start:
            raise ValueError("start is not before end")
        return span

    def texts(self, name: str) -> list[str]:
        """A list of texts."""
        value = self._told.get(name)
        if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
            raise ValueError(f"{name} is a list of texts, not {value!r}")
        return value

    def wholes(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        value = self._told.get(name)
        if not isinstance(value, list) or not all(type(entry) is int for entry in value):
            raise ValueError(f"{name} is a list of whole numbers")
        return tuple(value)

    def each(self, name: str) -> list["Arguments"]:
        """A list of objects, each with arguments of its own."""
        value = self._told.get(name)
        if not isinstance(value, list) or not all(isinstance(entry, Mapping) for entry in value):
            raise ValueError(f"{name} is a list of objects")
        return [Arguments(entry, self._now) for entry in value]

    def part(self, name: str) -> "Arguments":
        """An object with arguments of its own."""
        value = self._told.get(name)
        if not isinstance(value, Mapping):
            raise ValueError(f"{name} is an object, not {value!r}")
        return Arguments(value, self._now)


def spelled(at: datetime | None) -> str | None:
    """A moment as JSON tells it: ISO 8601 with Z."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")
