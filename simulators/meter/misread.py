"""Misreadings: what a meter tells wrongly for some of its intervals, while it measures rightly."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

SPIKE_WH = 50_000
NEGATIVE_WH = 1_000


class Misread(NamedTuple):
    """A stretch whose intervals are told wrongly. kind: one of KINDS; wh: how much, where the kind has a use for it."""

    start: datetime
    end: datetime
    kind: str
    wh: int | None = None


def _spike(wh: int, _before: int, asked: int | None) -> int:
    return wh + SPIKE_WH if asked is None else asked


def _negative(wh: int, _before: int, asked: int | None) -> int:
    return -abs(wh or NEGATIVE_WH) if asked is None else -abs(asked)


def _zero(_wh: int, _before: int, _asked: int | None) -> int:
    return 0


def _stuck(_wh: int, before: int, asked: int | None) -> int:
    return before if asked is None else asked


def _missing(_wh: int, _before: int, _asked: int | None) -> None:
    return None


KINDS: dict[str, Callable[[int, int, int | None], int | None]] = {
    "spike": _spike,
    "negative": _negative,
    "zero": _zero,
    "stuck": _stuck,
    "missing": _missing,
}
"""kind -> what is told, from what was measured, what was measured in the interval before the stretch, and what was asked for."""
