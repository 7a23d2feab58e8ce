"""How much, and for how long, a server puts up with a client."""

from dataclasses import dataclass
from typing import Final

LIMIT_BYTES: Final = 16 * 1024 * 1024
"""The largest body that a server takes unless told otherwise."""

DRAIN_FACTOR: Final = 4
"""How many times the limit is still read and thrown away, so that the refusal reaches a client that is still writing."""


@dataclass(frozen=True, slots=True)
class Limits:
    """One server's limits.

    body_bytes: of a body. head_bytes: of the request line and all header fields. head_s: from the first byte of a request
    to the last of its head. body_s: from there to its end. idle_s: between two requests, and for an answer to be taken.
    linger_s: for a client that is refused to stop writing. waiting: requests of one client that are read ahead of the
    answer to the first. connections: at once.
    """

    body_bytes: int = LIMIT_BYTES
    head_bytes: int = 32 * 1024
    head_s: float = 10.0
    body_s: float = 60.0
    idle_s: float = 60.0
    linger_s: float = 2.0
    waiting: int = 8
    connections: int = 1024

    @property
    def drained_bytes(self) -> int:
        """So much of a body is read at most, kept or not."""
        return self.body_bytes * DRAIN_FACTOR
