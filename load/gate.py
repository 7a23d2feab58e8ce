"""The gate: whether what a crowd measured is good enough, and whether enough was measured to say so."""

from collections.abc import Sequence
from dataclasses import dataclass

from ami.outcomes import Outcome, overall


@dataclass(frozen=True, slots=True)
class Measured:
    """What a crowd came to. Latencies count from the moment at which a request was due, not from when it was sent."""

    requests: int
    failures: int
    p95_ms: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What is asked of a crowd. most_failed: a share, 0 to 1."""

    least_requests: int
    most_failed: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class Line:
    """One demand of the gate, what was measured, and what it came to."""

    demand: str
    measured: str
    outcome: Outcome


def judge(measured: Measured, limits: Limits) -> Sequence[Line]:
    """A line for each demand; too few requests make the others inconclusive, for nothing can be said from a handful."""
    enough = measured.requests >= limits.least_requests
    share = measured.failures / measured.requests if measured.requests else 0.0

    def outcome(holds: bool) -> Outcome:
        if not holds:
            return Outcome.FAILED
        return Outcome.PASSED if enough else Outcome.INCONCLUSIVE

    return (
        Line(f"at least {limits.least_requests} requests", str(measured.requests), Outcome.PASSED if enough else Outcome.INCONCLUSIVE),
        Line(f"at most {limits.most_failed:.2%} failed", f"{share:.2%} ({measured.failures})", outcome(share <= limits.most_failed)),
        Line(f"95 % within {limits.p95_ms:.0f} ms", f"{measured.p95_ms:.0f} ms", outcome(measured.p95_ms <= limits.p95_ms)),
    )


def verdict(lines: Sequence[Line]) -> Outcome:
    """What the lines come to together."""
    return overall(line.outcome for line in lines)
