"""The duplicate check: one interval told twice in one message, with two values."""

from collections.abc import Iterable
from typing import Final

DOUBT: Final = "duplicate"


def rivals(values: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    """The different values of every interval that has more than one. values: (end, Wh) in the order of delivery.

    The same value told twice is a repetition and no conflict.
    """
    seen: dict[int, list[int]] = {}
    for end, wh in values:
        told = seen.setdefault(end, [])
        if wh not in told:
            told.append(wh)
    return {end: tuple(told) for end, told in seen.items() if len(told) > 1}
