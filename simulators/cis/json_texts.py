"""How values of this system stand in JSON: moments in UTC with a Z, numbers as text, so that no digit is lost."""

from datetime import UTC, datetime
from decimal import Decimal


def at_text(at: datetime | None) -> str | None:
    """A moment, or null."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at is not None else None


def number_text(number: Decimal | None) -> str | None:
    """A number with all its digits, or null."""
    return f"{number:f}" if number is not None else None
