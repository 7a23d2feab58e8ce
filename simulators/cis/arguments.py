"""The arguments of a control command: JSON, looked at before anything believes it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from ami.days import moment
from ami.ports import Json


class Arguments:
    """What a command was given. zone: of dates without a time, which mean local midnight.

    Every getter raises ValueError, naming the argument, where it is missing or of the wrong kind.
    """

    def __init__(self, given: Mapping[str, Json], zone: ZoneInfo) -> None:
        self._given = given
        self._zone = zone

    def allow(self, *names: str) -> None:
        """Refuse every argument that is not one of `names`."""
        strange = sorted(set(self._given) - set(names))
        if strange:
            raise ValueError(f"no argument {', '.join(strange)}; there are {', '.join(names) or 'none'}")

    def text(self, name: str) -> str:
        """A text that is not empty."""
        value = self.optional_text(name)
        if value is None:
            raise ValueError(f"{name} is missing")
        return value

    def optional_text(self, name: str) -> str | None:
        """A text that is not empty, or None."""
        value = self._given.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"{name} is a text that is not empty, not {value!r}")
        return value

    def flag(self, name: str) -> bool:
        """True or false; false where absent."""
        value = self._given.get(name, False)
        if not isinstance(value, bool):
            raise ValueError(f"{name} is true or false, not {value!r}")
        return value

    def kwh(self, name: str) -> Decimal | None:
        """A number of kWh, written as text or as a whole number, or None."""
        value = self._given.get(name)
        if value is None:
            return None
        try:
            number = Decimal(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else Decimal("nan")
        except InvalidOperation:
            number = Decimal("nan")
        if not number.is_finite() or number < 0:
            raise ValueError(f"{name} is kWh as text, such as '12.345', not {value!r}")
        return number

    def at(self, name: str, otherwise: datetime | None = None) -> datetime:
        """A moment with its offset, to the second, or a date: its local midnight."""
        value = self._given.get(name)
        if value is None and otherwise is not None:
            return otherwise.replace(microsecond=0)
        try:
            if isinstance(value, str) and len(value) == len("2026-03-01"):
                return moment(date.fromisoformat(value), time(), self._zone)
            given = datetime.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            raise ValueError(f"{name} is a moment such as 2026-03-01T00:00:00Z, not {value!r}") from None
        if given.tzinfo is None:
            raise ValueError(f"{name} names no offset from UTC: {value!r}")
        return given.astimezone(UTC).replace(microsecond=0)
