"""How long to wait before the same thing is tried again."""

from datetime import timedelta

BACKOFF_MINUTES = (1, 5, 15, 60, 240)
"""How long after each attempt that failed; the last holds for all that follow."""


def backoff(attempts: int) -> timedelta:
    """How long to wait after that many attempts, from 1."""
    return timedelta(minutes=BACKOFF_MINUTES[min(attempts, len(BACKOFF_MINUTES)) - 1])
