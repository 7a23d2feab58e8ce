"""How long to wait before the same thing is tried again, and when to give it up."""

from datetime import timedelta
from typing import Final

ATTEMPTS: Final = 8
"""After so many that failed, what a neighbour did not take is a dead letter; the last comes some thirteen hours after the first."""

BACKOFF_MINUTES: Final = (1, 5, 15, 60, 240)
"""How long after each attempt that failed; the last holds for all that follow."""


def backoff(attempts: int) -> timedelta:
    """How long to wait after that many attempts, from 1."""
    return timedelta(minutes=BACKOFF_MINUTES[min(attempts, len(BACKOFF_MINUTES)) - 1])
