"""Single values as the wire writes them."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache


@lru_cache(maxsize=65536)
def moment(at: datetime) -> str:
    """An xs:dateTime in UTC with its offset named. Raises ValueError for a moment without an offset."""
    if at.tzinfo is None:
        raise ValueError(f"{at} names no offset from UTC")
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def number(value: Decimal) -> str:
    """A Decimal without an exponent. `str` is three times faster than formatting and right for all but tiny numbers."""
    text = str(value)
    return f"{value:f}" if "E" in text else text


@lru_cache(maxsize=65536)
def parsed_moment(text: str) -> datetime:
    """The UTC moment that an xs:dateTime names. Raises ValueError where it names no offset."""
    at = datetime.fromisoformat(text.strip())
    if at.tzinfo is None:
        raise ValueError(f"{text!r} names no offset from UTC")
    return at.astimezone(UTC)
