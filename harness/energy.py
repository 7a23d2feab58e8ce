"""What a value on a wire comes to in watt-hours."""

from decimal import Decimal
from functools import lru_cache

from ami.reading_type import WATT_HOUR, ReadingType

MOST_DIGITS = 38
"""The powers of ten that an xs:float reaches: what is beyond is no energy of any meter, and too long to reckon with."""


def energy(reading_type: str, value: Decimal) -> tuple[ReadingType, int] | None:
    """The type of a value and its watt-hours; None where it is no energy, which is for the judge to say and not for the truth."""
    kind = _kind(reading_type)
    if kind is None or kind.unit != WATT_HOUR or max(abs(kind.multiplier), abs(value.adjusted())) > MOST_DIGITS:
        return None
    return kind, int(value.scaleb(kind.multiplier))


@lru_cache(maxsize=1024)
def _kind(text: str) -> ReadingType | None:
    try:
        return ReadingType.parse(text)
    except ValueError:
        return None
