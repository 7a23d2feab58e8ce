"""The negative check: a delta of energy in one direction is never below zero."""

from collections.abc import Mapping


def negatives(values: Mapping[int, int]) -> tuple[int, ...]:
    """The places with a value below zero."""
    return tuple(place for place, wh in values.items() if wh < 0)
